"""The typed recipe of a synthetic register: what `register_recipe.yaml` may say."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from minequota.scenarios.plan import Authority, Facts, MineralGroup, SizeClass, Use
from minequota.scenarios.right import Method, Status
from minequota.scenarios.units import Quantity

Range = tuple[float, float]


class NamedFields(Facts):
    """Synthetic fields of the plan's named rights of one mineral, or of one of them by name.

    What the plan prints of a named right (capacity, holder, method, zone) need not and may not
    be repeated here. `ran` says whether it had an output in the base year: as its status says,
    unless given.
    """

    mineral: str
    name: str | None = None
    size: SizeClass
    deposit: SizeClass | None = None
    method: Method | None = None
    capacity: Quantity | None = None
    status: Status = Status.PRODUCING
    ran: bool | None = None
    licence_end: date | tuple[int, int] | None = Field(
        default=None, description="The day, or the first and last year it is drawn from."
    )
    reserves: Quantity | None = None
    last_output: Quantity | None = None
    authority: Authority | None = None
    green: bool = False
    area: str = ""
    zone: str = ""
    holder: str = ""
    holder_group: str = ""
    use: Use = "main"
    grade: float | None = Field(default=None, gt=0, le=1)
    recovery: float | None = Field(default=None, gt=0, le=1)
    density: float | None = Field(default=None, gt=0)
    block_yield: float | None = Field(default=None, gt=0, le=1)
    resumes: int | None = None
    exit_by: int | None = None


class Group(Facts):
    """Rights alike: the numbers in `states` add up to how many there are.

    `ran` is how many had an output in the base year, counted from the group's first (those
    producing, unless given): a mine sealed since then may have run. `green`, `in_area` and
    `in_zone` count from the group's first right as well.
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
    authority: Authority | None = None
    area: str = ""
    in_area: int = Field(default=0, ge=0)
    zone: str = Field(default="", description="A code.")
    in_zone: int = Field(default=0, ge=0)
    holder: str = ""
    holder_group: str = ""
    use: Use = "main"
    grade: Range | None = None
    grade_step: float = Field(default=0.01, gt=0)
    recovery: Range | None = None
    density: float | None = Field(default=None, gt=0)
    block_yield: float | None = Field(default=None, gt=0, le=1)
    reserve_years: tuple[int, int] | None = None
    resumes: int | None = None
    exit_by: int | None = None

    @property
    def number(self) -> int:
        """How many rights the group has."""
        return sum(self.states.values())

    @model_validator(mode="after")
    def _ranges(self) -> Group:
        ranges = (self.capacity, self.grade, self.recovery, self.reserve_years)
        for low, high in filter(None, ranges):
            if not 0 < low <= high:
                raise ValueError(f"Expected 0 < low <= high, got {low} and {high}.")
        for one in filter(None, (self.grade, self.recovery)):
            if one[1] > 1:
                raise ValueError(f"Expected a share of at most 1, got {one[1]}.")
        for name in ("ran", "green", "in_area", "in_zone"):
            if (getattr(self, name) or 0) > self.number:
                raise ValueError(f"`{name}` is more than the group's {self.number} rights.")
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
