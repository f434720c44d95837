"""What the optimizer hands over: an `Allocation` made of flat records.

The records are the ones `allocation.json` holds, field for field. Amounts are numbers in the
`unit` that stands beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from minequota.scenarios.plan import Attribute, Basis, SizeClass


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

    `amount` is counted in `unit` of the product's `basis`, `ore` in the licence's own ore.
    """

    right: str
    name: str
    synthetic: bool
    county: str
    mineral: str
    product: str
    kind: QuotaKind
    amount: float
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
    """A right to be issued."""

    right: str
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
    own_authority: bool | None
    maximum_assumed: bool
    source: str


# lapsed: expired, still on the register, and neither renewed nor leaving: the authority settles it.
ActionKind = Literal["keep", "renew", "lapsed", "leave_forced", "leave_chosen"]


@dataclass(frozen=True)
class Action:
    """What happens to one right of the register."""

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
    eligible: bool
    grounds: tuple[str, ...]
    rule: str
    source: str


@dataclass(frozen=True)
class CapUse:
    """One cap and how much of it is used, in the plan's unit and in the product's."""

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
    plan_limit: float
    plan_used: float
    plan_unit: str
    source: str


@dataclass(frozen=True)
class StructureLine:
    """Rights of one mineral group or county (or all) before, moved and after."""

    by: Literal["group", "county", "all"]
    key: str
    base_large: int
    base_medium: int
    base_small: int
    leaving: int
    issued: int
    large: int
    medium: int
    small: int


@dataclass(frozen=True)
class BalanceLine:
    """Supply and demand of one product."""

    product: str
    unit: str
    basis: Basis
    demand: float
    production_existing: float
    production_new: float
    imports: float
    by_product: float
    unmet: float
    surplus: float
    from_cap: bool
    assumed: bool
    source: str


@dataclass(frozen=True)
class RuleUse:
    """One clause: its limit, what is used of it, and whether it binds.

    `marginal` says in words what one more unit of the limit would change; empty where that was
    not computed. `applies` is false for a rule that applies to nobody. A rule without a figure has
    no sense, and says in `reach` how many rights it speaks of (None for a clause).
    """

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
    applies: bool
    reach: int | None
    rests_on_synthetic: bool
    marginal: str
    marginal_en: str
    source: str


@dataclass(frozen=True)
class Rounding:
    """The step the quotas of one product were rounded to, and whether it had to be finer."""

    product: str
    step: float
    asked: float
    unit: str


@dataclass(frozen=True)
class Allocation:
    """The answer to one scenario for one year.

    `seconds` by goal is no part of the answer: it stands in the manifest and the log.
    """

    status: SolveStatus
    mode: str
    year: int
    solver: str
    goals: tuple[GoalResult, ...]
    quotas: tuple[Quota, ...]
    issuance: tuple[Issuance, ...]
    actions: tuple[Action, ...]
    caps: tuple[CapUse, ...]
    structure: tuple[StructureLine, ...]
    balance: tuple[BalanceLine, ...]
    rules: tuple[RuleUse, ...]
    rounding: tuple[Rounding, ...]
    notes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict, compare=False)
