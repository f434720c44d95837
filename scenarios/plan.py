"""The typed facts of one adopted plan: what `plan.yaml` may say.

Every fact carries its source (section or box of the plan) and whether it is printed there
(`stated`) or read out of it (`inferred`). Unknown keys are refused.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from minequota.scenarios.units import Quantity

Attribute = Literal["binding", "expected"]
Sense = Literal["ceiling", "floor", "level", "about", "forecast"]
Reading = Literal["stated", "inferred"]
Action = Literal["new", "merged", "enlarged", "renewed", "existing"]
Basis = Literal["ore", "standard_iron_62", "metal", "mineral", "block_stone"]
MineralGroup = Literal["energy", "metal", "non_metal", "water_gas"]
Authority = Literal["ministry", "province", "city", "county"]
SizeClass = Literal["large", "medium", "small"]


class Facts(BaseModel):
    """Base of every file-facing model: frozen, strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Facts):
    """A fact with its place in the plan."""

    source: str = Field(min_length=1, description="Section or box of the plan, as titled there.")
    reading: Reading = "stated"
    note: str = ""


class Years(Facts):
    """First and last year in which a clause holds, both included."""

    first: int = Field(ge=1990, le=2100)
    last: int = Field(ge=1990, le=2100)

    def __contains__(self, year: int) -> bool:
        return self.first <= year <= self.last


class Name(Facts):
    """A Chinese title and its English counterpart."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


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


class Scope(Facts):
    """Which rights a count or ratio speaks of; an empty field means "all"."""

    minerals: tuple[str, ...] = ()
    group: MineralGroup | None = None
    county: str | None = None
    authority: Authority | None = None


class Indicator(Sourced):
    """A figure the plan sets: how it is meant and when it holds."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Name
    attribute: Attribute
    sense: Sense
    years: Years
    tolerance: float | None = Field(
        default=None, gt=0, lt=1, description="Relative; asked of the sense `about` alone."
    )


class Cap(Indicator):
    """A limit on one product's yearly output in a place and everything below it."""

    product: str
    county: str | None = Field(default=None, description="None: the whole jurisdiction.")
    amount: Quantity
    main_indicator: bool = Field(
        default=False, description="Stands in the plan's table of main indicators."
    )


class Count(Indicator):
    """A limit on the number of rights held at the end of a year."""

    limit: int = Field(ge=0)
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
    level: Literal["province", "city"]


class MinimumScaleUse(Sourced):
    """To whom the minimum-scale table applies, and what its columns mean."""

    column_meaning: Literal["deposit_size", "mine_size", "single_figure"]
    applies_to: tuple[Action, ...]


class SpecialMinimum(Sourced):
    """A minimum that wins over the table for the minerals and actions it names."""

    id: str
    minerals: tuple[str, ...]
    applies_to: tuple[Action, ...]
    amounts: tuple[Quantity, ...] = Field(
        description="One per dimension: 20 万立方米, or 50 万吨 for licences in tonnes."
    )


class AreaMinimum(Sourced):
    """New rights inside an area must be at least of this production size class."""

    area: str
    size_class: SizeClass
    attribute: Attribute


class Zone(Sourced):
    """A mining zone or block where new rights may be issued."""

    code: str
    name: str
    county: str
    mineral: str
    area_km2: float = Field(gt=0)
    rights: int = Field(ge=0)
    minimum: Quantity
    maximum: Quantity | None = None
    reserves: Quantity | None = None
    authority: Authority | None = None


class Area(Sourced):
    """A key mining area or national mining area."""

    code: str
    name: str
    kind: Literal["key_mining_area", "national_mining_area"]
    minerals: tuple[str, ...]
    area_km2: float
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
    size_classes: tuple[SizeClass, ...] = ()


class BaseOutput(Sourced):
    """A published output of the base year."""

    mineral: str
    amount: Quantity
    year: int


class NamedRight(Sourced):
    """A mining right the plan names. It prints no capacity, size or output."""

    name: str
    county: str
    mineral: str
    area_km2: float


class Contradiction(Sourced):
    """Two figures of the plan that cannot both be meant, and the rule that chose."""

    id: str
    about: str
    figures: tuple[str, ...]
    rule: Literal["stricter", "main_indicator", "reported_only"]
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
    counts: tuple[Count, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    minimum_scales: tuple[MinimumScale, ...] = ()
    minimum_scale_use: MinimumScaleUse | None = None
    special_minimums: tuple[SpecialMinimum, ...] = ()
    area_minimums: tuple[AreaMinimum, ...] = ()
    zones: tuple[Zone, ...] = ()
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
