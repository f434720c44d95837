"""A figure for every right that has one, with the reason for it."""

from __future__ import annotations

from minequota.optimizer.allocation import Quota, QuotaKind
from minequota.optimizer.answer import BINDING, Answer, clean
from minequota.optimizer.draft import NONE
from minequota.optimizer.problem import CapLine, Problem
from minequota.optimizer.records.batches import in_batches
from minequota.optimizer.records.excess import with_excess
from minequota.optimizer.records.ramping import listed_share, with_ramping
from minequota.optimizer.rules import RULES
from minequota.optimizer.source import Source
from minequota.scenarios.plan import HandedDown, Product
from minequota.scenarios.right import Right, Status

# What a rule rests on where no clause of the plan does.
_SOURCE = {rule.code: rule.source for rule in RULES}
_PRACTICE = "国土资发〔2012〕44号及开采总量控制通知惯例"
"""Who gets no quota by practice; no clause of a plan says so."""
_NO_QUOTA = {
    Status.STOPPED: ("停产，复产前不下达", "stopped: none until it resumes"),
    Status.SEALED: ("查封，不下达", "sealed: none"),
    Status.STOP_ORDER: ("责令停产，不下达", "under a stop order: none"),
    Status.EXPIRED: ("采矿许可证过期，不下达", "licence expired: none"),
    Status.RED_LINE: ("位于生态保护红线内，不下达", "inside the red line: none"),
}


def quotas(answer: Answer) -> tuple[Quota, ...]:
    """Return a record a year for every held or issued right of a product with a cap or a demand.

    A stopped right has a record too, at zero, so that the table shows why it gets nothing.
    """
    problem = answer.problem
    return tuple(
        _quota(answer, m, y, source, source.product)
        for y in range(len(answer.years))
        for m, source in enumerate(problem.sources)
        if source.product is not None and answer.has_output(m) and answer.held(m, y)
    )


def _quota(answer: Answer, m: int, y: int, source: Source, product: Product) -> Quota:
    problem, year = answer.problem, answer.years[y]
    amount, capacity = answer.output(m, y), answer.size(m, y)
    ore = clean(amount / source.factor)
    caps = [cap for cap in problem.caps_of(product, year) if cap.sense != "forecast"]
    awaited = problem.awaiting(source, year)
    attributes = [cap.attribute for cap in caps] + ([awaited.attribute] if awaited else [])
    kind: QuotaKind = "control" if "binding" in attributes else "guidance"
    reason = _awaiting(awaited) if awaited else _reason(answer, m, y, source, product, caps)
    if not awaited:
        reason = with_ramping(answer, m, y, with_excess(answer, m, y, product, reason))
    return Quota(
        year=year,
        right=source.id,
        name=source.name,
        synthetic=source.synthetic or _any_synthetic(problem, source),
        county=source.county,
        mineral=source.mineral.name,
        product=product.name,
        kind=kind,
        use=source.use,
        amount=amount,
        batches=in_batches(problem, product, source.use, amount, year),
        awaiting=awaited is not None,
        unit=product.unit,
        basis=product.basis,
        ore=ore,
        ore_unit=source.capacity_unit,
        capacity=capacity,
        capacity_unit=source.capacity_unit,
        share_of_capacity=clean(ore / capacity) if capacity > 0 else 0.0,
        reason=reason[0],
        reason_en=reason[1],
        source=reason[2],
    )


def _any_synthetic(problem: Problem, source: Source) -> bool:
    """Whether a merger joins any right with a made-up field."""
    return any(problem.sources[m].synthetic for m in source.members)


def _awaiting(clause: HandedDown) -> tuple[str, str, str]:
    return (
        f"待下达：{clause.issuer}尚未下达本年指标",
        "awaiting the year's figure from above",
        clause.source,
    )


def _reason(
    answer: Answer, m: int, y: int, source: Source, product: Product, caps: list[CapLine]
) -> tuple[str, str, str]:
    """Why this figure and not more: Chinese, English, and the text it rests on."""
    year = answer.years[y]
    barred = None if source.eligible(year) else _barred(source.right)
    if barred is not None:
        return barred
    options = answer.problem.options
    if source.parts and not source.eligible(year):
        zh = "整合前各矿均不得生产，恢复前不下达"
        return zh, "no member of the merger may produce: none", _PRACTICE
    most = answer.usable(m, y)
    if most <= BINDING < source.maximum and not source.existing:
        return "尚未投产（建设期内）", "not in production yet", _place(source)
    if not answer.runs(m, y):
        return (
            "达不到最低产量要求，本年不安排",
            "rests: its floor cannot be reached",
            _SOURCE["MINSCALE"],
        )
    amount = answer.output(m, y)
    ramping = listed_share(source, year) < 1
    if most * options.availability < product.step * (1 - BINDING):
        if ramping:
            zh = "可用产能折合不足一个取整单位"
            return zh, "less than one rounding step can be used", _SOURCE["CAPACITY"]
        zh = "生产规模折合不足一个取整单位，请核对单位"
        return zh, "less capacity than one rounding step: check its unit", _SOURCE["CAPACITY"]
    if amount >= most * options.availability - product.step:
        if ramping:
            return "达到可用产能", "at the capacity it can use", _SOURCE["CAPACITY"]
        if source.existing or source.merger is not None:
            return "达到许可生产规模", "at licensed capacity", _SOURCE["CAPACITY"]
        return "达到拟设生产规模", "at the capacity to be licensed", _place(source)
    if source.reserves is not None and _dug(answer, m) >= source.reserves - product.step:
        return "达到资源储量", "at the reserves", _SOURCE["RESERVE"]
    # A cap between two steps is reached at the step below it.
    room = product.step * (1 - BINDING)
    for cap in sorted(caps, key=lambda cap: cap.county is None):
        if _speaks_of(cap, source) and _room(answer, cap, year) < room:
            if cap.net <= 0:
                return f"{cap.title_zh}，不安排", f"{cap.title_en}: none", cap.source
            return (
                f"受“{cap.title_zh}”约束，按{_BASIS_ZH[options.sharing.basis]}均衡分配",
                f"limited by {cap.title_en}, shared by {_BASIS_EN[options.sharing.basis]}",
                cap.source,
            )
    if answer.taken_off(m, y) > 0 and _lacking(answer, y, product):
        # At what its capacity leaves: more is wanted, and neither caps nor reserves forbid it.
        zh = "达到扣减超采后的全年可安排量"
        return zh, "at what its capacity leaves of the year after that", _SOURCE["OVERRUN"]
    return (
        f"需求已满足，按{_BASIS_ZH[options.sharing.basis]}均衡分配",
        f"demand is met, shared by {_BASIS_EN[options.sharing.basis]}",
        _demand_source(answer, product),
    )


def _lacking(answer: Answer, y: int, product: Product) -> bool:
    """Whether more of a product is wanted in a year, or was to be handed out, than is made."""
    columns = answer.draft.columns
    p = [one.name for one in answer.problem.products].index(product.name)
    found = (columns.unmet[y, p], columns.not_handed[y, p])
    room = product.step * (1 - BINDING)
    return any(one != NONE and answer.solution[one] > room for one in found)


def _place(source: Source) -> str:
    """Return where the plan or the scenario says that this right may be issued."""
    place = source.zone or source.extra or source.conversion or source.merger
    return place.source if place is not None else _SOURCE["CAPACITY"]


def _dug(answer: Answer, m: int) -> float:
    """Output over the horizon, in product units."""
    return sum(answer.output(m, y) for y in range(len(answer.years)))


def _speaks_of(cap: CapLine, source: Source) -> bool:
    return cap.county in (None, source.county) and cap.use in (None, source.use)


def _demand_source(answer: Answer, product: Product) -> str:
    """Return the source of what is demanded of a product, as the scenario gives it."""
    for line in answer.problem.demands:
        if line.product.name == product.name:
            return line.given.source
    return _SOURCE["DEMAND"]


def _barred(right: Right | None) -> tuple[str, str, str] | None:
    if right is None:
        return None
    if right.status in _NO_QUOTA:
        return (*_NO_QUOTA[right.status], _PRACTICE)
    if right.red_line:
        return (*_NO_QUOTA[Status.RED_LINE], _PRACTICE)
    if not right.safety_licence:
        return "无安全生产许可证，不下达", "no safety licence: none", _PRACTICE
    if right.status is Status.BUILDING and right.resumes is not None:
        return "基建期内，投产前不下达", "being built: none until it begins", _PRACTICE
    return None


def _room(answer: Answer, cap: CapLine, year: int) -> float:
    """What a cap still lets be produced; a floor stops nobody."""
    clause = next(c for c in answer.draft.clauses if c.id == f"CAP.{cap.id}" and c.year == year)
    return clause.upper - clause.used(answer.solution)


_BASIS_ZH = {
    "capacity": "许可生产规模",
    "design_capacity": "设计产能",
    "last_output": "上年产量",
    "last_quota": "上年指标",
    "mix": "综合权重",
}
_BASIS_EN = {
    "capacity": "licensed capacity",
    "design_capacity": "design capacity",
    "last_output": "last output",
    "last_quota": "last quota",
    "mix": "mixed weight",
}
