"""The typed facts of one adopted plan: what `plan.yaml` may say.

Every fact carries its source (section or box of the plan) and whether it is printed there
(`stated`) or read out of it (`inferred`). Unknown keys are refused.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from minequota.scenarios.base import BaseCount, BaseOutput, Contradiction, NamedRight, Printed
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
from minequota.scenarios.limits import Cap, Count, HandedDown, HolderLimit, NoAllotment, Ratio
from minequota.scenarios.projects import Conversion, Exchange, Expansion
from minequota.scenarios.scales import (
    AreaMinimum,
    Exit,
    LicenceTerm,
    MinimumScale,
    MinimumScaleUse,
    Renewal,
    ScaleCell,
    SpecialMinimum,
)
from minequota.scenarios.zoning import Area, Direction, Priority, Zone, ZoneLimit

# Whoever reads a plan finds all its facts here.
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
