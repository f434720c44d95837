"""What the optimizer hands over: an `Allocation` made of flat records.

The records are the ones `allocation.json` holds, field for field. Amounts are numbers in the
`unit` that stands beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from minequota.scenarios.plan import Attribute, Basis, SizeClass, Use


class SolveStatus(StrEnum):
    """How far a goal, or the run as a whole (its worst goal), was solved."""

    OPTIMAL = "optimal"
    WITHIN_GAP = "within_gap"
    TIME_LIMIT = "time_limit"
    INFEASIBLE = "infeasible"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True)
class GoalResult:
    """One goal in the order solved.

    `value` is the solver's, `rounded_value` the one the rounded tables have, `tolerance` what
    later goals were allowed to give up of it, in `unit`.
    """

    name: str
    title_zh: str
    title_en: str
    unit: str
    status: SolveStatus
    value: float
    bound: float
    absolute_gap: float
    relative_gap: float
    tolerance: float
    rounded_value: float


QuotaKind = Literal["control", "guidance"]
# Whose statement a line of the rules is: a clause of the plan, the scenario's own demand, or a rule
# without a figure, which comes from a plan, from practice, or is what the words mean.
RuleAttribute = Literal["binding", "expected", "scenario", "plan", "practice", "definition"]


@dataclass(frozen=True)
class Quota:
    """A year's figure for one right: a control quota under a binding cap, or guidance.

    `amount` is counted in `unit` of the product's `basis`, `ore` in the licence's own ore. `use`
    says in which of the two columns, main or comprehensive use, it stands; `batches` are the
    year's tranches, which add up to `amount` (empty without batches). `awaiting`: the figure from
    above is missing, so nothing is handed out (待下达). `capacity` is what the licence says that
    year.
    """

    year: int
    right: str
    name: str
    synthetic: bool
    county: str
    mineral: str
    product: str
    kind: QuotaKind
    use: Use
    amount: float
    batches: tuple[float, ...]
    awaiting: bool
    unit: str
    basis: Basis
    ore: float
    ore_unit: str
    capacity: float
    capacity_unit: str
    share_of_capacity: float
    reason: str
    reason_en: str
    source: str


@dataclass(frozen=True)
class Issuance:
    """A right to be issued: a new one in a zone or block, or one converted from exploration.

    `year` is the year it is issued, `first_output_year` the first it may produce in (both the
    target year in target state). `term_years` is the longest the licence may run: the limit by
    rule or size class, or reserves ÷ capacity where that is shorter.
    """

    right: str
    kind: Literal["new", "converted"]
    zone: str
    zone_name: str
    county: str
    mineral: str
    product: str
    area_km2: float | None
    capacity: float
    minimum: float
    maximum: float
    capacity_unit: str
    size_class: SizeClass
    year: int
    first_output_year: int
    term_years: int
    own_authority: bool | None
    maximum_assumed: bool
    assumed: bool
    source: str


# lapsed: expired, still on the register, and neither renewed nor leaving: the authority settles it.
ActionKind = Literal["keep", "renew", "lapsed", "expand", "merge", "leave_forced", "leave_chosen"]


@dataclass(frozen=True)
class Action:
    """What happens to one right of the register.

    `year` is the year it happens in: leaving, merging, expanding, the year the licence ends for a
    renewal; the last year for the others. `project` is the id of the expansion or merger.
    """

    right: str
    name: str
    synthetic: bool
    county: str
    mineral: str
    size_class: SizeClass
    capacity: float | None
    capacity_unit: str
    green: bool
    kind: ActionKind
    year: int
    project: str
    eligible: bool
    grounds: tuple[str, ...]
    rule: str
    source: str


@dataclass(frozen=True)
class Reorganisation:
    """A right merged from others, acquired, or enlarged.

    `right` is the id a merged right has in the quotas (``merger:ID``), or the licence enlarged;
    `members` the licences that go into it (of an expansion the licence itself).
    """

    id: str
    kind: Literal["merge", "expand"]
    right: str
    name: str
    members: tuple[str, ...]
    holder: str
    county: str
    mineral: str
    capacity_before: float
    capacity: float
    minimum: float
    capacity_unit: str
    size_class: SizeClass
    year: int
    first_output_year: int
    synthetic: bool
    assumed: bool
    source: str


# not_judged: it rests on a base the program made up, or on a figure nobody has given.
Verdict = Literal["met", "missed", "not_judged", "none"]


@dataclass(frozen=True)
class CapUse:
    """One cap and how much of it is used, in the plan's unit and in the product's.

    `unit` counts the cap's own `basis`, which need not be the product's.
    """

    year: int
    clause: str
    product: str
    county: str
    attribute: Attribute
    sense: str
    limit: float
    held_back: float
    used: float
    unit: str
    basis: Basis
    use: Use | None
    verdict: Verdict
    plan_limit: float
    plan_used: float
    plan_unit: str
    source: str


@dataclass(frozen=True)
class StructureLine:
    """Rights of one mineral group or county (or all) before, moved and after.

    Counted from the register to the end of `year`. `merged` is how many rights fewer mergers
    leave; `issued` counts conversions too.
    """

    year: int
    by: Literal["group", "county", "all"]
    key: str
    base_large: int
    base_medium: int
    base_small: int
    leaving: int
    merged: int
    issued: int
    large: int
    medium: int
    small: int


@dataclass(frozen=True)
class BalanceLine:
    """Supply and demand of one product, in all (`place` empty) or of one demand centre.

    `by_product` is what is supplied by other mines' waste; of a centre, everything that is not
    shipped to it from a mine stands in `imports` and `by_product` of the whole. `handed_out` is
    the figure that quotas add up to where the cap is handed out, None where demand leads.
    """

    year: int
    product: str
    place: str
    unit: str
    basis: Basis
    demand: float
    production_existing: float
    production_new: float
    imports: float
    by_product: float
    handed_out: float | None
    unmet: float
    surplus: float
    from_cap: bool
    assumed: bool
    source: str


@dataclass(frozen=True)
class RuleUse:
    """One clause: its limit, what is used of it, and whether it binds.

    `marginal` says in words what one more unit of the limit would change; empty where that was
    not computed. `verdict` says whether the limit is kept; "none" for a line without one.
    `applies` is false for a rule that applies to nobody. A rule without a figure has no sense,
    and says in `reach` how many rights it speaks of (None for a clause).
    """

    year: int
    code: str
    clause: str
    title_zh: str
    title_en: str
    attribute: RuleAttribute
    sense: str
    limit: float | None
    used: float | None
    slack: float | None
    unit: str
    binding: bool
    missed_by: float
    verdict: Verdict
    applies: bool
    reach: int | None
    rests_on_synthetic: bool
    marginal: str
    marginal_en: str
    source: str


@dataclass(frozen=True)
class Flow:
    """What one right sends to one demand centre in a year. `cost` is in 万元."""

    year: int
    product: str
    right: str
    centre: str
    amount: float
    unit: str
    kilometres: float
    cost: float


@dataclass(frozen=True)
class Rounding:
    """The step the quotas of one product were rounded to, and whether it had to be finer."""

    product: str
    step: float
    asked: float
    unit: str


@dataclass(frozen=True)
class Allocation:
    """The answer to one scenario: for one year, or year by year in calendar mode.

    `seconds` by goal is no part of the answer: it stands in the manifest and the log.
    """

    status: SolveStatus
    mode: str
    year: int
    years: tuple[int, ...]
    solver: str
    goals: tuple[GoalResult, ...]
    quotas: tuple[Quota, ...]
    issuance: tuple[Issuance, ...]
    actions: tuple[Action, ...]
    reorganisations: tuple[Reorganisation, ...]
    caps: tuple[CapUse, ...]
    structure: tuple[StructureLine, ...]
    balance: tuple[BalanceLine, ...]
    rules: tuple[RuleUse, ...]
    flows: tuple[Flow, ...]
    rounding: tuple[Rounding, ...]
    notes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict, compare=False)
