"""How the rules are read where a plan leaves a choice, and whom the goals spare."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from minequota.scenarios.facts import Facts
from minequota.scenarios.right import Status

Ground = Literal["expired", "stopped", "red_line", "outside_zones", "below_minimum"]
SharingBasis = Literal["capacity", "design_capacity", "last_output", "last_quota", "mix"]
Handing = Literal["demand", "cap"]


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
    merger_weight: float = Field(
        default=0.5, ge=0, description="Weight of each right that disappears in a merger."
    )


class Preference(Facts):
    """Points of the goal policy_preference: whom the choice among equals should spare or take."""

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


class Execution(Facts):
    """Last output ÷ last quota, kept within two bounds, multiplies a mine's weight."""

    least: float = Field(default=0.5, gt=0, le=1, description="Factor of a mine far below quota.")
    most: float = Field(default=1, ge=1, le=2, description="Factor of a mine above its quota.")


class Steady(Facts):
    """How far a right's output may change from one year to the next, as shares of the former."""

    up: float = Field(ge=0, le=10, description="0.3: at most 30 % more.")
    down: float = Field(ge=0, le=1, description="0.3: at most 30 % less, while it is held.")
    source: str = Field(min_length=1, description="Who asks it; printed.")


class Sharing(Facts):
    """How a group's output is shared among its mines (goal evenness)."""

    basis: SharingBasis = Field(
        default="capacity", description="What a mine's weight is; capacity where it has no such."
    )
    mix: dict[Literal["capacity", "design_capacity", "last_output", "last_quota"], float] = Field(
        default={}, description="Of the basis `mix`: shares of the others, which add up to 1."
    )
    execution: Execution | None = Field(
        default=None, description="Weigh by how last year's quota was fulfilled; off where None."
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
    usable: dict[str, dict[int, float]] = Field(
        default={},
        description=(
            "Licence: share of its capacity a right of the register can use in single years, 1 "
            "where not listed; multiplied with availability. What an expansion adds is not scaled, "
            "a merger takes its members' shares by capacity, and weights stay the licence's."
        ),
    )
    holdback: dict[str, float] = Field(
        default={}, description="Share of a product's caps kept back."
    )
    protection: Protection = Field(default=Protection(), description="Who does not leave.")
    preference: Preference = Field(
        default=Preference(), description="Points of the goal policy_preference."
    )
    sharing: Sharing = Field(
        default=Sharing(), description="Shares among mines, the goal evenness."
    )
    least_service_life: float | None = Field(
        default=None, gt=0, description="Years; binds new rights whose reserves are known."
    )
    indicator_weights: dict[str, float] = Field(
        default={}, description="Weight of an expected indicator's miss; 1 if unlisted."
    )
    permitted_restricted: tuple[str, ...] = Field(
        default=(), description="Restricted minerals a new right may be issued for all the same."
    )
    hand_out: dict[str, Handing] = Field(
        default={},
        description="Product: `demand` (quotas follow demand, the default) or `cap` (all of it).",
    )
    batches: dict[str, tuple[float, ...]] = Field(
        default={}, description="Product: shares of the year's tranches (批次), adding up to 1."
    )
    lead_time: int = Field(
        default=0,
        ge=0,
        le=10,
        description="Calendar mode: years from issue to first output; 0 in target state.",
    )
    ramp_up: tuple[float, ...] = Field(
        default=(),
        description="Calendar mode: share of capacity in the first, second … producing year.",
    )
    steady: Steady | None = Field(
        default=None, description="Bounded change of output between years; off where None."
    )
    paths: dict[str, dict[int, float]] = Field(
        default={},
        description="Count or ratio: its limit in single years on the way to the target.",
    )
    year_weights: dict[int, float] = Field(
        default={}, description="Weight of a year in goals summed over years; 1 if unlisted."
    )
    pooled: tuple[str, ...] = Field(
        default=(), description="Counts that pool their counties' counts (市级统筹)."
    )
    closing: bool = Field(default=True, description="False: no right may be chosen to close.")
