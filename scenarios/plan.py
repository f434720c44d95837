"""The typed facts of one adopted plan: what `plan.yaml` may say.

Every fact carries its source (section or box of the plan) and whether it is printed there
(`stated`) or read out of it (`inferred`). Unknown keys are refused.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from minequota.scenarios.facts import (
    Action,
    Attribute,
    Authority,
    Basis,
    Facts,
    Indicator,
    MineralGroup,
    Name,
    Reading,
    Scope,
    Sense,
    SizeClass,
    Sourced,
    Use,
    Years,
)
from minequota.scenarios.projects import Conversion, Exchange, Expansion
from minequota.scenarios.units import Quantity

# What facts are made of is read from here as well: a plan is where they are met.
__all__ = [
    "Action",
    "Area",
    "AreaMinimum",
    "Attribute",
    "Authority",
    "BaseCount",
    "BaseOutput",
    "Basis",
    "Cap",
    "Contradiction",
    "Count",
    "Direction",
    "Exit",
    "Facts",
    "HandedDown",
    "HolderLimit",
    "Indicator",
    "LicenceTerm",
    "Mineral",
    "MineralGroup",
    "MinimumScale",
    "MinimumScaleUse",
    "Name",
    "NamedRight",
    "NoAllotment",
    "Place",
    "Plan",
    "Printed",
    "Priority",
    "Product",
    "Ratio",
    "Reading",
    "Renewal",
    "ScaleCell",
    "Scope",
    "Sense",
    "SizeClass",
    "Sourced",
    "SpecialMinimum",
    "Use",
    "Years",
    "Zone",
    "ZoneLimit",
]


class Place(Facts):
    """A county-level place of the jurisdiction, with the other names the plan uses for it."""

    name: str
    en: str
    aliases: tuple[str, ...] = ()


class Product(Facts):
    """What demand asks for and caps limit. `unit` is its base unit inside the program."""

    name: str
    en: str
    unit: str
    basis: Basis = "ore"
    step: float = Field(gt=0, description="Rounding step of a quota, in `unit`.")
    capacity_step: float = Field(gt=0, description="Rounding step of a new right's capacity.")
    density: float | None = Field(
        default=None, gt=0, description="t/m³, used where a right states none."
    )
    density_source: str = ""
    grade: float | None = Field(
        default=None, gt=0, le=1, description="Ore grade as a share, where a right states none."
    )
    grade_source: str = ""
    recovery: float | None = Field(
        default=None,
        gt=0,
        le=1,
        description="Share of the content recovered; 1 where neither right nor product states one.",
    )
    recovery_source: str = ""
    block_yield: float | None = Field(
        default=None,
        gt=0,
        le=1,
        description="m³ of block stone per m³ of ore (荒料率), where a right states none.",
    )
    block_yield_source: str = ""


class Mineral(Facts):
    """A mineral as the register names it and the product its ore becomes."""

    name: str
    en: str
    group: MineralGroup
    product: str | None = Field(
        default=None, description="None: neither capped nor demanded, so no figure is given."
    )
    aliases: tuple[str, ...] = ()
    scale_row: str | None = Field(
        default=None, description="Key of this mineral's row in `minimum_scales`."
    )
    class_row: str | None = Field(
        default=None, description="Key of its row in mine-scale-classes.csv."
    )
    sand_stone_clay: bool = False
    strategic: bool = False


class Cap(Indicator):
    """A limit on one product's yearly output in a place and everything below it."""

    product: str
    county: str | None = Field(default=None, description="None: the whole jurisdiction.")
    amount: Quantity | None = Field(
        default=None, description="The figure; None where it is `times_base`."
    )
    times_base: float | None = Field(
        default=None,
        gt=0,
        description="The figure as a multiple of base-year output, a scenario's `base_outputs`.",
    )
    basis: Basis | None = Field(
        default=None, description="Basis of the figure; the product's own where None."
    )
    use: Use | None = Field(
        default=None, description="Main or comprehensive use only; both where None."
    )
    main_indicator: bool = Field(
        default=False, description="Stands in the plan's table of main indicators."
    )

    @model_validator(mode="after")
    def _one_figure(self) -> Cap:
        if (self.amount is None) == (self.times_base is None):
            raise ValueError("Expected exactly one of `amount` and `times_base`.")
        return self


class HandedDown(Sourced):
    """A yearly figure the plan leaves to a higher authority: no figure, no quota (待下达)."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Name
    product: str
    attribute: Attribute
    years: Years
    issuer: str = Field(description="Who hands it down, as the plan says.")


class Count(Indicator):
    """A limit on the number of rights held at the end of a year."""

    limit: int | None = Field(
        default=None,
        ge=0,
        description="None: the plan prints no figure, and the scenario's `figures` must.",
    )
    scope: Scope = Scope()
    pools: tuple[str, ...] = Field(
        default=(),
        description="Counts this one replaces where the scenario pools them (市级统筹).",
    )


class HolderLimit(Indicator):
    """A limit on how many holders (groups, 集团) hold the rights of a scope."""

    limit: int = Field(ge=1)
    scope: Scope = Scope()


class Ratio(Indicator):
    """A share of large and medium rights among all rights held."""

    share: float = Field(gt=0, le=1)
    scope: Scope = Scope()


class NoAllotment(Sourced):
    """A county the decomposition leaves blank or does not list: its allotment is zero."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    product: str
    counties: tuple[str, ...]
    attribute: Attribute
    years: Years


def _cell(given: object) -> object:
    """`×` forbids, `—` asks nothing, `/` is undecided; anything else is an amount."""
    if isinstance(given, str) and given.strip() in {"×", "—", "/"}:
        return given.strip()
    return Quantity.parse(given) if isinstance(given, str) else given


ScaleCell = Annotated[Quantity | Literal["×", "—", "/"], BeforeValidator(_cell)]


class MinimumScale(Sourced):
    """One line of the minimum-scale table; notes with other figures are lines of their own."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    mineral: str = Field(description="As the table names it.")
    minerals: tuple[str, ...] = Field(description="Minerals of this plan that follow the line.")
    method: Literal["open_pit", "underground"] | None = None
    variant: str = ""
    basis: Basis = "ore"
    large: ScaleCell
    medium: ScaleCell
    small: ScaleCell
    existing: ScaleCell | None = Field(
        default=None, description="The column for existing mines (已有矿山); None without one."
    )
    inferred: tuple[Literal["large", "medium", "small", "existing"], ...] = Field(
        default=(), description="Cells read out of the text rather than printed."
    )
    level: Literal["province", "city", "county"]


class MinimumScaleUse(Sourced):
    """To whom the minimum-scale table applies, and what its columns mean."""

    column_meaning: Literal["deposit_size", "mine_size", "single_figure"]
    applies_to: tuple[Action, ...]
    existing_by: int | None = Field(
        default=None,
        description="Year by which existing mines must meet their column; the target year if None.",
    )


class SpecialMinimum(Sourced):
    """A minimum that wins over the table for the minerals and actions it names."""

    id: str
    minerals: tuple[str, ...]
    applies_to: tuple[Action, ...]
    amounts: tuple[Quantity, ...] = Field(
        description="One per dimension: 20 万立方米, or 50 万吨 for licences in tonnes."
    )
    deposit_classes: tuple[SizeClass, ...] = Field(
        default=(), description="Deposits it speaks of; all where empty."
    )


class Renewal(Sourced):
    """How licences of some minerals that end are renewed."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    minerals: tuple[str, ...]
    kind: Literal["new_tender"] = Field(
        description="The right ends with its licence; a new one is tendered inside a zone."
    )


class Exit(Sourced):
    """Rights that must have left by a year (限期退出)."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Name
    scope: Scope = Scope()
    statuses: tuple[str, ...] = Field(
        default=(), description="Register states it speaks of, such as red_line; all where empty."
    )
    outside_zones: bool = Field(default=False, description="Only rights that lie in no zone.")
    by: int = Field(ge=1990, le=2100, description="Gone by the end of this year.")


class LicenceTerm(Sourced):
    """How long a new licence runs, in years."""

    minerals: tuple[str, ...] = Field(default=(), description="All where empty.")
    size_class: SizeClass | None = None
    least: int = Field(default=1, ge=1)
    most: int = Field(ge=1, le=50)


class AreaMinimum(Sourced):
    """New rights inside an area must be at least of this production size class."""

    area: str
    size_class: SizeClass
    attribute: Attribute
    minerals: tuple[str, ...] = Field(default=(), description="All where empty.")
    method: Literal["open_pit", "underground"] | None = Field(
        default=None, description="One way of mining only; both where None."
    )


class Zone(Sourced):
    """A mining zone or block where new rights may be issued.

    Without a mineral it is a pool of blocks the text does not describe: a scenario's
    `extra_candidates` say what stands in it.
    """

    code: str
    name: str
    county: str
    mineral: str | None = None
    kind: Literal["zone", "block"] = "zone"
    part_of: str = Field(default="", description="Name of the larger zone it belongs to.")
    area_km2: float | None = Field(default=None, gt=0)
    rights: int = Field(ge=0)
    minimum: Quantity | None = Field(
        default=None, description="The zone's own; the general tables hold where None."
    )
    maximum: Quantity | None = None
    reserves: Quantity | None = None
    deposit_class: SizeClass | None = None
    method: Literal["open_pit", "underground"] | None = None
    authority: Authority | None = None


class ZoneLimit(Indicator):
    """A ceiling or floor on the capacity or output of zones, existing rights inside included."""

    zones: tuple[str, ...] = Field(min_length=1, description="Codes.")
    minerals: tuple[str, ...] = Field(default=(), description="All where empty.")
    measure: Literal["capacity", "output"]
    amount: Quantity


class Area(Sourced):
    """A key mining area or national mining area."""

    code: str
    name: str
    kind: Literal["key_mining_area", "national_mining_area", "energy_resource_base"]
    minerals: tuple[str, ...]
    area_km2: float | None = None
    counties: tuple[str, ...]
    existing_rights: int | None = None
    planned_rights: int | None = None


class Direction(Sourced):
    """Minerals whose mining is to be encouraged, restricted or banned."""

    kind: Literal["key", "restricted", "banned"]
    names: tuple[str, ...] = Field(description="As printed.")
    minerals: tuple[str, ...] = Field(default=(), description="Their names in this plan's list.")


class Priority(Sourced):
    """A preference the plan states among otherwise equal choices."""

    id: str
    favours: Literal[
        "green", "large_medium", "key_area", "national_area", "key_mineral", "strategic"
    ]
    text: str = Field(description="What the plan asks, in short.")


class BaseCount(Sourced):
    """A published number of rights of the base year."""

    id: str
    title: Name
    number: int = Field(ge=0)
    group: MineralGroup | None = None
    groups: tuple[MineralGroup, ...] = ()
    minerals: tuple[str, ...] = ()
    zones: tuple[str, ...] = Field(default=(), description="Codes; rights inside them only.")
    size_classes: tuple[SizeClass, ...] = ()


class BaseOutput(Sourced):
    """A published output: of one mineral, of several, or of whole groups."""

    mineral: str | None = None
    minerals: tuple[str, ...] = Field(default=(), description="Their sum, where more than one.")
    groups: tuple[MineralGroup, ...] = Field(default=(), description="Their sum.")
    amount: Quantity
    basis: Basis = "ore"
    year: int
    rights: int | None = Field(default=None, ge=0, description="How many rights produced it.")


class NamedRight(Sourced):
    """A mining right the plan names, with what it prints of it."""

    name: str
    county: str
    mineral: str
    area_km2: float | None = None
    capacity: Quantity | None = None
    holder: str = ""
    method: Literal["open_pit", "underground"] | None = None
    zone: str = ""


class Contradiction(Sourced):
    """Two figures of the plan that cannot both be meant, and the rule that chose."""

    id: str
    about: str
    figures: tuple[str, ...]
    rule: Literal["stricter", "main_indicator", "reported_only", "corrected"]
    chosen: str


class Printed(Sourced):
    """A printed percentage, total or sum that the audit recomputes, with its parts."""

    id: str
    about: str
    printed: float
    computed_from: Literal["sum", "percent"]
    parts: tuple[float, ...]
    tolerance: float = 0.0


class Plan(Facts):
    """One adopted plan."""

    format: Literal["minequota-plan/1"]
    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: Name
    jurisdiction: Name
    level: Literal["city", "county"]
    document: str = Field(description="Title, status and date of the text the facts come from.")
    base_year: int
    target_year: int
    counties: tuple[Place, ...]
    products: tuple[Product, ...]
    minerals: tuple[Mineral, ...]
    caps: tuple[Cap, ...] = ()
    no_allotment: tuple[NoAllotment, ...] = ()
    handed_down: tuple[HandedDown, ...] = ()
    counts: tuple[Count, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    holder_limits: tuple[HolderLimit, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    exits: tuple[Exit, ...] = ()
    renewals: tuple[Renewal, ...] = ()
    licence_terms: tuple[LicenceTerm, ...] = ()
    minimum_scales: tuple[MinimumScale, ...] = ()
    minimum_scale_use: MinimumScaleUse | None = None
    special_minimums: tuple[SpecialMinimum, ...] = ()
    area_minimums: tuple[AreaMinimum, ...] = ()
    zones: tuple[Zone, ...] = ()
    zone_limits: tuple[ZoneLimit, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    areas: tuple[Area, ...] = ()
    directions: tuple[Direction, ...] = ()
    priorities: tuple[Priority, ...] = ()
    base_counts: tuple[BaseCount, ...] = ()
    base_outputs: tuple[BaseOutput, ...] = ()
    named_rights: tuple[NamedRight, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    printed: tuple[Printed, ...] = ()

    def county(self, text: str) -> str | None:
        """Return the full name of the county that `text` names, or None."""
        for place in self.counties:
            if text == place.name or text in place.aliases:
                return place.name
        return None

    def mineral(self, text: str) -> Mineral | None:
        """Return the mineral that `text` names, by its name or an alias."""
        for mineral in self.minerals:
            if text == mineral.name or text in mineral.aliases:
                return mineral
        return None

    def product(self, name: str) -> Product:
        """Return the product of that name; KeyError when the plan has none."""
        for product in self.products:
            if product.name == name:
                return product
        raise KeyError(name)
