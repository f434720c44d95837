"""What a plan prints of its base year, and where its figures do not fit each other."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from minequota.scenarios.facts import Basis, MineralGroup, Name, SizeClass, Sourced
from minequota.scenarios.units import Quantity


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
