"""One question put to the program: what `scenario.yaml` may say."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from minequota.scenarios.plan import Authority, Facts, Name, SizeClass
from minequota.scenarios.right import Method, Status
from minequota.scenarios.units import Quantity

Goal = Literal[
    "expected_indicators",
    "unmet_demand",
    "closures",
    "actions",
    "capacity_issued",
    "policy_preference",
    "tie_break",
    "evenness",
]
GOALS: tuple[Goal, ...] = (
    "expected_indicators",
    "unmet_demand",
    "closures",
    "actions",
    "capacity_issued",
    "policy_preference",
    "tie_break",
    "evenness",
)
Ground = Literal["expired", "stopped", "red_line", "outside_zones", "below_minimum"]
SharingBasis = Literal["capacity", "design_capacity", "last_output", "last_quota"]


class Demand(Facts):
    """Demand for one product over the year, and what meets it from outside the mines."""

    amount: Quantity | None = Field(default=None, description="Or `from_cap: true`.")
    from_cap: bool = Field(
        default=False, description="The product's cap, net of holdback, is taken as its demand."
    )
    imports: Quantity | None = None
    by_product: Quantity | None = None
    priority: int = Field(default=1, ge=1, le=9, description="1 is met first.")
    assumed: bool = Field(description="True: an assumption, not a figure of a plan or survey.")
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _one_amount(self) -> Demand:
        if (self.amount is None) == (not self.from_cap):
            raise ValueError("Expected exactly one of `amount` and `from_cap: true`.")
        return self


class CandidateSize(Facts):
    """Upper bound on the capacity of a new right whose zone states none."""

    multiple_of_minimum: float = Field(ge=1, le=20)
    assumed: bool = True
    source: str = Field(min_length=1)


class Protection(Facts):
    """Who is never chosen to close, and how heavily the others' closing weighs."""

    never_close: tuple[Literal["green", "large_medium"], ...] = ("green", "large_medium")
    weights: dict[Status, float] = Field(
        default={}, description="Weight of closing a right of that status; 1 where not listed."
    )


class Preference(Facts):
    """Points of goal 4: what the choice among equally good right sets should spare or take."""

    leave: dict[Ground, float] = Field(
        default={
            "expired": 8,
            "red_line": 8,
            "stopped": 4,
            "outside_zones": 2,
            "below_minimum": 1,
        },
        description="Points a ground takes off the cost of leaving.",
    )
    keep: dict[str, float] = Field(
        default={"key_mineral": 4, "key_area": 4, "strategic": 4},
        description="Points added to the cost of leaving and taken off the cost of issuing.",
    )


class Sharing(Facts):
    """How a group's output is shared among its mines (goal 7)."""

    basis: SharingBasis = "capacity"
    coefficients: dict[Literal["green", "large_medium", "key_area"], float] = Field(
        default={}, description="Policy multipliers of a mine's weight, such as 1.2 for green."
    )


class Options(Facts):
    """How the rules are read where the plan leaves a choice."""

    min_load: float = Field(default=0, ge=0, le=1)
    minimum_binds_output: bool = False
    availability: float = Field(default=1, gt=0, le=1)
    holdback: dict[str, float] = Field(
        default={}, description="Share of a product's caps kept back."
    )
    protection: Protection = Protection()
    preference: Preference = Preference()
    sharing: Sharing = Sharing()
    least_service_life: float | None = Field(
        default=None, gt=0, description="Years; binds new rights whose reserves are known."
    )
    indicator_weights: dict[str, float] = Field(
        default={}, description="Weight of an expected indicator's miss in goal 1; 1 if unlisted."
    )
    permitted_restricted: tuple[str, ...] = Field(
        default=(), description="Restricted minerals a new right may be issued for all the same."
    )
    closing: bool = Field(default=True, description="False: no right may be chosen to close.")


class ExtraCandidate(Facts):
    """A proposed right that no zone of the plan holds (a conversion or a planner's own block)."""

    id: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")
    name: str
    county: str
    mineral: str
    authority: Authority | None = None
    method: Method | None = None
    deposit_class: SizeClass | None = None
    area: str = Field(default="", description="Key or national mining area it lies in.")
    minimum: Quantity | None = Field(
        default=None, description="Where the block states one; the plan's tables hold anyway."
    )
    maximum: Quantity
    reserves: Quantity | None = None
    source: str = Field(min_length=1)


class Case(Facts):
    """A named what-if: dotted paths into the scenario (or `plan.…`) and their new values."""

    title: Name
    note: str = ""
    set: dict[str, Any]


class Solving(Facts):
    """Limits of the solve. Gaps are relative; a MIP goal is proven to within them."""

    gap: float = Field(default=0, ge=0, le=0.1)
    time_limit: float | None = Field(default=None, gt=0, description="Seconds per goal.")


class Question(Facts):
    """One scenario file."""

    format: Literal["minequota-scenario/1"]
    title: Name
    plan: str = Field(description="A library plan's name or a path beside this file.")
    register_: str = Field(alias="register", description="A CSV or XLSX path beside this file.")
    register_date: str = Field(default="", description="The day the register speaks of.")
    authority: Name
    authority_level: Literal["province", "city", "county"]
    mode: Literal["target_state"]
    year: int = Field(ge=1990, le=2100)
    demand: dict[str, Demand] = {}
    candidates: CandidateSize
    extra_candidates: tuple[ExtraCandidate, ...] = ()
    options: Options = Options()
    goals: tuple[Goal, ...] = GOALS
    solving: Solving = Solving()
    cases: dict[str, Case] = {}
    default_case: str | None = None
