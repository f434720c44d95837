"""The typed recipe of a synthetic register: what `register_recipe.yaml` may say."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from minequota.scenarios.plan import Authority, Facts, MineralGroup, SizeClass
from minequota.scenarios.right import Method, Status
from minequota.scenarios.units import Quantity

Range = tuple[float, float]


class NamedFields(Facts):
    """Synthetic fields of the plan's named rights of one mineral, or of one of them by name."""

    mineral: str
    name: str | None = None
    size: SizeClass
    deposit: SizeClass | None = None
    method: Method | None = None
    capacity: Quantity


class Group(Facts):
    """Rights alike: the numbers in `states` add up to how many there are.

    `ran` is how many of the producing ones had an output in the base year (all, unless given).
    `green` and `in_area` count from the group's first right.
    """

    mineral: str
    county: str
    size: SizeClass
    deposit: SizeClass | None = None
    method: Method | None = None
    unit: str
    capacity: Range
    step: float = Field(gt=0)
    states: dict[Status, int]
    licence_ends: tuple[int, int] | None = None
    ran: int | None = Field(default=None, ge=0)
    green: int = Field(default=0, ge=0)
    area: str = ""
    in_area: int = Field(default=0, ge=0)
    grade: Range | None = None
    density: float | None = Field(default=None, gt=0)
    reserve_years: tuple[int, int] | None = None

    @property
    def number(self) -> int:
        """How many rights the group has."""
        return sum(self.states.values())

    @model_validator(mode="after")
    def _ranges(self) -> Group:
        for low, high in filter(None, (self.capacity, self.grade, self.reserve_years)):
            if not 0 < low <= high:
                raise ValueError(f"Expected 0 < low <= high, got {low} and {high}.")
        return self


class Recipe(Facts):
    """How one plan's synthetic register is made."""

    format: Literal["minequota-register-recipe/1"]
    seed: int
    licence: str = Field(description="Beginning of every licence number; marks it synthetic.")
    licence_ends: tuple[int, int]
    base_year_load: Range
    authority: dict[MineralGroup, Authority]
    authority_of: dict[str, Authority] = {}
    named: tuple[NamedFields, ...] = ()
    groups: tuple[Group, ...]
