"""One question put to the program: what `scenario.yaml` may say."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from minequota.scenarios.plan import Authority, Facts, Name, SizeClass
from minequota.scenarios.projects import Conversion, Exchange, Expansion, Merger
from minequota.scenarios.right import Method, Status
from minequota.scenarios.units import Quantity

Goal = Literal[
    "expected_indicators",
    "unmet_demand",
    "closures",
    "actions",
    "capacity_issued",
    "policy_preference",
    "timing",
    "by_product",
    "cost",
    "tie_break",
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
    "by_product",
    "cost",
    "tie_break",
    "evenness",
    "flows",
)
Ground = Literal["expired", "stopped", "red_line", "outside_zones", "below_minimum"]
SharingBasis = Literal["capacity", "design_capacity", "last_output", "last_quota", "mix"]
Handing = Literal["demand", "cap"]


class ByProductSource(Facts):
    """What waste rock, tailings or spoil of other mines can yield of a product."""

    minerals: tuple[str, ...] = Field(
        min_length=1, description="Minerals whose ore comes with it; its output bounds the supply."
    )
    ore_unit: str = Field(default="万吨", description="Unit of that ore in `per_ore`.")
    per_ore: Quantity = Field(
        description="Product for each `ore_unit` of that ore, such as 0.2 万立方米."
    )
    assumed: bool = Field(description="True: an assumption.")
    source: str = Field(min_length=1, description="Where the yield comes from; printed.")


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
    by_year: dict[int, Quantity] = Field(
        default={}, description="Calendar mode: demand of single years, where it differs."
    )
    by_product_from: tuple[ByProductSource, ...] = Field(
        default=(), description="Supply that grows with the output of other mines."
    )
    places: dict[str, Quantity] = Field(
        default={},
        description="Demand by demand centre; must add up to `amount`. Needs `transport`.",
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
    merger_weight: float = Field(
        default=0.5, ge=0, description="Weight of each right that disappears in a merger."
    )


class Preference(Facts):
    """Points of the goal policy_preference: what the choice among equally good right sets should spare or take."""

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
    holdback: dict[str, float] = Field(
        default={}, description="Share of a product's caps kept back."
    )
    protection: Protection = Field(default=Protection(), description="Who does not leave.")
    preference: Preference = Field(default=Preference(), description="Points of the goal policy_preference.")
    sharing: Sharing = Field(default=Sharing(), description="Shares among mines, the goal evenness.")
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


class ExtraCandidate(Facts):
    """A proposed right that no zone of the plan holds (a conversion or a planner's own block)."""

    id: str = Field(
        pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", description="Its name in paths and in the answer."
    )
    name: str = Field(description="Its name in the tables.")
    zone: str = Field(
        default="", description="Code of the plan's zone or block pool it stands in, if any."
    )
    number: int = Field(
        default=1, ge=1, le=200, description="So many alike, numbered id-1, id-2 … where above 1."
    )
    synthetic: bool = Field(default=False, description="True: made up, and marked so.")
    area_km2: float | None = Field(default=None, gt=0, description="Its area.")
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


class ZoneDetail(Facts):
    """What a scenario adds to a zone of the plan where its text says nothing."""

    maximum: Quantity | None = Field(default=None, description="Most one right may be licensed.")
    reserves: Quantity | None = Field(default=None, description="Ore of one right.")
    deposit_class: SizeClass | None = Field(default=None, description="Size of the deposit.")
    authority: Authority | None = Field(default=None, description="Who licenses there.")
    assumed: bool = Field(description="True: an assumption.")
    source: str = Field(min_length=1, description="Where it comes from; printed.")


class CapFromAbove(Facts):
    """One document's figure for the year (上级下达指标). Batches of one year add up."""

    product: str = Field(description="A product of the plan.")
    county: str | None = Field(default=None, description="None: the whole jurisdiction.")
    year: int = Field(ge=1990, le=2100, description="The year it holds for.")
    amount: Quantity | None = Field(default=None, description="Both uses together.")
    main: Quantity | None = Field(default=None, description="Main use (主采).")
    comprehensive: Quantity | None = Field(
        default=None, description="Comprehensive use (综合利用)."
    )
    batch: int = Field(default=1, ge=1, le=9, description="Number of the batch (批次).")
    attribute: Literal["binding", "expected"] = Field(
        default="binding", description="How it holds."
    )
    issuer: str = Field(default="", description="Who hands it down.")
    document: str = Field(min_length=1, description="Title and number of the document; printed.")
    assumed: bool = Field(default=False, description="True: an example, not a real document.")

    @model_validator(mode="after")
    def _some_amount(self) -> CapFromAbove:
        split = self.main is not None or self.comprehensive is not None
        if (self.amount is None) == (not split):
            raise ValueError("Expected either `amount`, or `main` and/or `comprehensive`.")
        return self


class Figure(Facts):
    """A number the plan asks for and does not print."""

    value: float = Field(ge=0, description="The number.")
    assumed: bool = Field(description="True: an assumption.")
    source: str = Field(min_length=1, description="Where it comes from; printed.")


class BaseOutputFigure(Facts):
    """A product's output of the base year, for caps that are multiples of it."""

    amount: Quantity = Field(description="The output.")
    synthetic: bool = Field(description="True: made up; nothing measured by it counts as met.")
    source: str = Field(min_length=1, description="Where it comes from; printed.")


class Centre(Facts):
    """A place that asks for products."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="Its name in paths.")
    name: Name = Field(description="Its name in the tables.")
    longitude: float | None = Field(default=None, ge=-180, le=180, description="Degrees east.")
    latitude: float | None = Field(default=None, ge=-90, le=90, description="Degrees north.")


class Transport(Facts):
    """Where products go: centres, distances, reach and unit costs."""

    centres: tuple[Centre, ...] = Field(description="The demand centres.")
    distances: dict[str, dict[str, float]] = Field(
        default={},
        description=(
            "From a licence, candidate id, zone code or county (the first that is found counts) "
            "to centres, in km. Without one the coordinates decide."
        ),
    )
    road_factor: float = Field(
        default=1.3, ge=1, le=3, description="Road kilometres per kilometre as the crow flies."
    )
    reach: dict[str, float] = Field(
        default={}, description="Product: farthest it is carried, in km; no limit if unlisted."
    )
    cost_per_unit_km: dict[str, float] = Field(
        default={}, description="Product: yuan for one base unit of it and one km."
    )
    assumed: bool = Field(description="True: an assumption.")
    source: str = Field(min_length=1, description="Where it comes from; printed.")


class Costs(Facts):
    """Costs of the goal cost, in 万元; what is not given costs nothing."""

    opening: dict[str, float] = Field(
        default={}, description="Product: cost of opening one new right, in 万元."
    )
    expansion: dict[str, float] = Field(default={}, description="Expansion id: its cost, in 万元.")
    assumed: bool = Field(description="True: an assumption.")
    source: str = Field(min_length=1, description="Where it comes from; printed.")


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
