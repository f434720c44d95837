"""One question put to the program: what `scenario.yaml` may say."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from minequota.scenarios.additions import (
    BaseOutputFigure,
    CapFromAbove,
    ExtraCandidate,
    Figure,
    Overproduction,
    ZoneDetail,
)
from minequota.scenarios.demand import ByProductSource, Centre, Costs, Demand, Transport
from minequota.scenarios.facts import Facts, Name
from minequota.scenarios.options import (
    CandidateSize,
    Execution,
    Ground,
    Handing,
    Options,
    Preference,
    Protection,
    Sharing,
    SharingBasis,
    Steady,
)
from minequota.scenarios.projects import Conversion, Exchange, Expansion, Merger

# Whoever reads a question finds all it may say here.
__all__ = [
    "GOALS",
    "BaseOutputFigure",
    "ByProductSource",
    "CandidateSize",
    "CapFromAbove",
    "Case",
    "Centre",
    "Costs",
    "Demand",
    "Execution",
    "ExtraCandidate",
    "Figure",
    "Goal",
    "Ground",
    "Handing",
    "Options",
    "Overproduction",
    "Preference",
    "Protection",
    "Question",
    "Sharing",
    "SharingBasis",
    "Solving",
    "Steady",
    "Transport",
    "ZoneDetail",
]


Goal = Literal[
    "expected_indicators",
    "unmet_demand",
    "closures",
    "actions",
    "capacity_issued",
    "policy_preference",
    "timing",
    "cost",
    "tie_break",
    "by_product",
    "evenness",
    "flows",
]
GOALS: tuple[Goal, ...] = (
    "expected_indicators",
    "unmet_demand",
    "closures",
    "actions",
    "capacity_issued",
    "policy_preference",
    "timing",
    "cost",
    "tie_break",
    "by_product",
    "evenness",
    "flows",
)


class Case(Facts):
    """A named what-if: dotted paths into the scenario (or `plan.…`) and their new values."""

    title: Name = Field(description="Title of the case.")
    note: str = Field(default="", description="What the case means, for readers of the file.")
    combines: tuple[str, ...] = Field(
        default=(), description="Other cases that are applied with it: a combination."
    )
    set: dict[str, Any] = Field(default={}, description="Dotted path: new value.")


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
    extends: str | None = Field(
        default=None,
        description=(
            "The scenario this one changes: a library scenario's name or a path beside this file."
        ),
    )
    title: Name = Field(description="Title of the answer.")
    plan: str = Field(description="A library plan's name or a path beside this file.")
    register_: str = Field(alias="register", description="A CSV or XLSX path beside this file.")
    register_date: str = Field(default="", description="The day the register speaks of.")
    authority: Name = Field(description="The authority asking.")
    authority_level: Literal["province", "city", "county"] = Field(
        description="Its level: the rights it licenses are its own in table 3."
    )
    events: str = Field(
        default="", description="A CSV path beside this file: changes since the register's date."
    )
    mode: Literal["target_state", "calendar"] = Field(
        description=(
            "target_state: the plan fulfilled in one year, lead times not counted. "
            "calendar: year by year from `first_year` to `year`."
        )
    )
    first_year: int | None = Field(
        default=None, ge=1990, le=2100, description="Calendar mode: the first year planned."
    )
    year: int = Field(ge=1990, le=2100, description="The year planned; the last of a calendar.")
    demand: dict[str, Demand] = Field(
        default={}, description="Product: its demand. Every product with a cap needs one."
    )
    candidates: CandidateSize = Field(description="Size of new rights in zones without a bound.")
    extra_candidates: tuple[ExtraCandidate, ...] = Field(
        default=(), description="Proposed rights that no zone of the plan describes."
    )
    issued_since: dict[str, int] = Field(
        default={},
        description=(
            "Zone code or conversion id: rights issued there since the plan was adopted and now "
            "on the register. Events are added to it."
        ),
    )
    zone_details: dict[str, ZoneDetail] = Field(
        default={}, description="Zone code: what the plan's text does not say of it."
    )
    caps_from_above: tuple[CapFromAbove, ...] = Field(
        default=(), description="Figures handed down for the year, document by document."
    )
    figures: dict[str, Figure] = Field(
        default={}, description="Count without a figure in the plan: its number."
    )
    base_outputs: dict[str, BaseOutputFigure] = Field(
        default={}, description="Product: its base-year output, where a cap is a multiple of it."
    )
    overproduced: dict[str, Overproduction] = Field(
        default={},
        description="Licence: what it dug beyond last year's quota, taken off the first year.",
    )
    expansions: tuple[Expansion, ...] = Field(
        default=(), description="Expansions besides the plan's."
    )
    conversions: tuple[Conversion, ...] = Field(
        default=(), description="Conversions besides the plan's."
    )
    mergers: tuple[Merger, ...] = Field(default=(), description="Mergers that may be chosen.")
    exchanges: tuple[Exchange, ...] = Field(
        default=(), description="One-out-one-in rules besides the plan's."
    )
    transport: Transport | None = Field(
        default=None, description="Demand centres and distances, where demand has places."
    )
    costs: Costs | None = Field(default=None, description="Costs of the goal cost.")
    options: Options = Field(default=Options(), description="How the rules are read.")
    goals: tuple[Goal, ...] = Field(
        default=GOALS, description="The goals, most important first; one left out is not pursued."
    )
    solving: Solving = Field(default=Solving(), description="Limits of the solve.")
    cases: dict[str, Case] = Field(default={}, description="Named what-ifs.")
    default_case: str | None = Field(
        default=None, description="The case applied where none is chosen."
    )
