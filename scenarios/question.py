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
    imports: Quantity | None = Field(default=None, description="What comes in from elsewhere.")
    by_product: Quantity | None = Field(
        default=None, description="What by-products, tailings and waste supply."
    )
    priority: int = Field(default=1, ge=1, le=9, description="1 is met first.")
    assumed: bool = Field(description="True: an assumption, not a figure of a plan or survey.")
    source: str = Field(min_length=1, description="Where the figure comes from; printed.")

    @model_validator(mode="after")
    def _one_amount(self) -> Demand:
        if (self.amount is None) == (not self.from_cap):
            raise ValueError("Expected exactly one of `amount` and `from_cap: true`.")
        return self


class CandidateSize(Facts):
    """Upper bound on the capacity of a new right whose zone states none."""

    multiple_of_minimum: float = Field(
        ge=1, le=20, description="A new right's capacity is at most this many times its minimum."
    )
    assumed: bool = Field(default=True, description="True: an assumption.")
    source: str = Field(min_length=1, description="Where the multiple comes from; printed.")


class Protection(Facts):
    """Who is never chosen to close, and how heavily the others' closing weighs."""

    never_close: tuple[Literal["green", "large_medium"], ...] = Field(
        default=("green", "large_medium"), description="Kinds of mines never chosen to leave."
    )
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

    basis: SharingBasis = Field(
        default="capacity", description="What a mine's weight is; capacity where it has no such."
    )
    coefficients: dict[Literal["green", "large_medium", "key_area"], float] = Field(
        default={}, description="Policy multipliers of a mine's weight, such as 1.2 for green."
    )


class Options(Facts):
    """How the rules are read where the plan leaves a choice."""

    min_load: float = Field(
        default=0,
        ge=0,
        le=1,
        description="A right that runs makes at least this share of its capacity, or rests.",
    )
    minimum_binds_output: bool = Field(
        default=False,
        description="A right that runs makes at least its minimum scale, or rests (strict).",
    )
    availability: float = Field(
        default=1, gt=0, le=1, description="Share of its capacity a right can make in the year."
    )
    holdback: dict[str, float] = Field(
        default={}, description="Share of a product's caps kept back."
    )
    protection: Protection = Field(default=Protection(), description="Who does not leave.")
    preference: Preference = Field(default=Preference(), description="Points of goal 4.")
    sharing: Sharing = Field(default=Sharing(), description="Shares among mines, goal 7.")
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

    id: str = Field(
        pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", description="Its name in paths and in the answer."
    )
    name: str = Field(description="Its name in the tables.")
    county: str = Field(description="A county of the plan, by name or alias.")
    mineral: str = Field(description="A mineral of the plan, by name or alias.")
    authority: Authority | None = Field(default=None, description="Who would license it.")
    method: Method | None = Field(default=None, description="How its ore would be won.")
    deposit_class: SizeClass | None = Field(
        default=None, description="Size of its deposit, which decides its minimum scale."
    )
    area: str = Field(default="", description="Key or national mining area it lies in.")
    minimum: Quantity | None = Field(
        default=None, description="Where the block states one; the plan's tables hold anyway."
    )
    maximum: Quantity = Field(description="Most it may be licensed for a year.")
    reserves: Quantity | None = Field(default=None, description="Ore in the ground.")
    source: str = Field(min_length=1, description="Where the proposal comes from; printed.")


class Case(Facts):
    """A named what-if: dotted paths into the scenario (or `plan.…`) and their new values."""

    title: Name = Field(description="Title of the case.")
    note: str = Field(default="", description="What the case means, for readers of the file.")
    set: dict[str, Any] = Field(description="Dotted path: new value.")


class Solving(Facts):
    """Limits of the solve. Gaps are relative; a MIP goal is proven to within them."""

    gap: float = Field(
        default=0,
        ge=0,
        le=0.1,
        description="Relative gap allowed in each goal; the licence order is always exact.",
    )
    time_limit: float | None = Field(default=None, gt=0, description="Seconds per goal.")


class Question(Facts):
    """One scenario file."""

    format: Literal["minequota-scenario/1"] = Field(description="Version of this format.")
    title: Name = Field(description="Title of the answer.")
    plan: str = Field(description="A library plan's name or a path beside this file.")
    register_: str = Field(alias="register", description="A CSV or XLSX path beside this file.")
    register_date: str = Field(default="", description="The day the register speaks of.")
    authority: Name = Field(description="The authority asking.")
    authority_level: Literal["province", "city", "county"] = Field(
        description="Its level: the rights it licenses are its own in table 3."
    )
    mode: Literal["target_state"] = Field(
        description="The plan fulfilled in one year, lead times not counted."
    )
    year: int = Field(ge=1990, le=2100, description="The year planned.")
    demand: dict[str, Demand] = Field(
        default={}, description="Product: its demand. Every product with a cap needs one."
    )
    candidates: CandidateSize = Field(description="Size of new rights in zones without a bound.")
    extra_candidates: tuple[ExtraCandidate, ...] = Field(
        default=(), description="Proposed rights outside the plan's zones."
    )
    options: Options = Field(default=Options(), description="How the rules are read.")
    goals: tuple[Goal, ...] = Field(
        default=GOALS, description="The goals, most important first; one left out is not pursued."
    )
    solving: Solving = Field(default=Solving(), description="Limits of the solve.")
    cases: dict[str, Case] = Field(default={}, description="Named what-ifs.")
    default_case: str | None = Field(
        default=None, description="The case applied where none is chosen."
    )
