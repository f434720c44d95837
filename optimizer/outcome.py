"""What one answer comes to, as one flat row: the columns of comparisons and of sweeps.

A row is read off the records alone, so it is the same whether they were solved just now or read
back from a run folder, rounded or not. `COLUMNS` documents every column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import fsum

from minequota.optimizer.allocation import Allocation, BalanceLine, CapUse, StructureLine
from minequota.optimizer.answer import BINDING, clean

OutcomeValue = str | int | float | bool | None

_LIST = ";"
_OPEN = ".<"


@dataclass(frozen=True)
class OutcomeColumn:
    """One column, or a family of them such as ``demand.<product>``.

    `unit` is Chinese as the records have it; empty for a text, and for families whose unit is
    their product's, clause's or goal's own: `outcome_units` knows it.
    """

    name: str
    title_zh: str
    title_en: str
    unit: str
    meaning: str

    @property
    def family(self) -> str:
        """What the names of a family begin with, dot included; empty for a single column."""
        return self.name.partition(_OPEN)[0] + "." if _OPEN in self.name else ""


COLUMNS: tuple[OutcomeColumn, ...] = tuple(
    OutcomeColumn(*line)
    for line in (
        ("status", "求解状态", "Status", "", "the worst status of any goal"),
        ("goal.<name>", "目标", "Goal", "", "the goal's value as solved, before rounding"),
        ("demand.<product>", "需求", "Demand", "", "what is asked for, all years added up"),
        ("output.<product>", "产量", "Output", "", "what mines make, old and new, all years"),
        ("unmet.<product>", "未满足需求", "Unmet demand", "", "what nobody supplies, all years"),
        (
            *("cap_used.<clause>", "总量已用", "Cap used", ""),
            "output counted under the cap, in the last year the cap holds",
        ),
        (
            *("cap_share.<clause>", "总量使用率", "Share of the cap used", "1"),
            "used over limit in that year; empty for a limit of 0 and for what is no upper limit",
        ),
        ("issued", "投放", "Issued", "个", "rights issued, conversions among them"),
        ("converted", "探转采", "Converted", "个", "rights issued by converting exploration"),
        ("expanded", "改扩建", "Expanded", "个", "rights whose expansion is chosen"),
        ("merged", "整合", "Mergers", "个", "mergers and acquisitions chosen"),
        ("left_forced", "规则要求退出", "Leave by rule", "个", "rights that must leave"),
        ("left_chosen", "建议退出", "Chosen to leave", "个", "rights chosen to leave"),
        ("renewed", "延续", "Renewed", "个", "rights whose licence is renewed"),
        ("lapsed", "待处置", "Lapsed", "个", "expired rights that neither leave nor are renewed"),
        ("rights", "采矿权总数", "Rights", "个", "rights held at the end of the last year"),
        ("large", "大型", "Large", "个", "large ones of them"),
        ("medium", "中型", "Medium", "个", "medium ones of them"),
        ("small", "小型及以下", "Small and below", "个", "small ones of them"),
        (
            *("large_medium_ratio", "大中型比例", "Large and medium share", "1"),
            "(large + medium) over all of them; empty without any",
        ),
        (
            *("evenness", "不均衡程度", "Unevenness", "相对差"),
            "of the quotas as printed, 0 is perfectly even; only where it is a goal",
        ),
        (
            "cost",
            "费用（取整后）",
            "Cost as printed",
            "万元",
            "of the plan as printed; only where it is a goal",
        ),
        ("issued_rights", "投放的采矿权", "Rights issued", "", "ids, sorted"),
        ("leaving_rights", "退出的采矿权", "Rights leaving", "", "licences, sorted"),
        ("expanded_rights", "改扩建的采矿权", "Rights expanded", "", "licences, sorted"),
        ("merged_rights", "整合的采矿权", "Rights merged", "", "licences of all members, sorted"),
        (
            *("binding", "起约束作用的条款", "Binding clauses", ""),
            "clauses that leave no room, sorted; `@year` follows each in calendar mode",
        ),
        ("unmet_products", "需求未满足的产品", "Products short", "", "names, sorted"),
    )
)
_SINGLE = {column.name: column for column in COLUMNS if not column.family}
_FAMILIES = {column.family: column for column in COLUMNS if column.family}


def column_of(name: str) -> OutcomeColumn:
    """Return the documented column, or family, that a column of a row belongs to.

    Raises
    ------
    KeyError
        For a name no row has.
    """
    if name in _SINGLE:
        return _SINGLE[name]
    return _FAMILIES[name.partition(".")[0] + "."]


def outcome(allocation: Allocation) -> dict[str, OutcomeValue]:
    """Return the row of one answer, in the order of `COLUMNS`.

    Goals, products and clauses come in the order of their records; amounts in the unit of their
    record (see `outcome_units`). `evenness` and `cost` are absent where they were no goals.
    Lists are texts, joined by ``;``.
    """
    return {
        "status": allocation.status.value,
        **{f"goal.{goal.name}": clean(goal.value) for goal in allocation.goals},
        **dict(_supply(allocation)),
        **dict(_caps(allocation)),
        **_counts(allocation),
        **_structure(allocation),
        **{
            goal.name: clean(goal.rounded_value)
            for name in ("evenness", "cost")
            for goal in allocation.goals
            if goal.name == name
        },
        **_lists(allocation),
    }


def outcome_units(allocation: Allocation) -> dict[str, str]:
    """Return the unit of every column of the row that has one, in Chinese, by column."""
    units = {f"goal.{goal.name}": goal.unit for goal in allocation.goals}
    for line in _whole(allocation):
        units |= dict.fromkeys(
            (f"{kind}.{line.product}" for kind in ("demand", "output", "unmet")), line.unit
        )
    units |= {f"cap_used.{use.clause}": use.unit for use in allocation.caps}
    return units | {
        name: unit
        for name in outcome(allocation)
        if name not in units and (unit := column_of(name).unit)
    }


def _whole(allocation: Allocation) -> list[BalanceLine]:
    """Return the lines of whole products, in the order products first appear."""
    lines = [line for line in allocation.balance if not line.place]
    order = list(dict.fromkeys(line.product for line in lines))
    return sorted(lines, key=lambda line: order.index(line.product))


def _supply(allocation: Allocation) -> Iterator[tuple[str, OutcomeValue]]:
    lines = _whole(allocation)
    products = list(dict.fromkeys(line.product for line in lines))

    def total(product: str, *names: str) -> float:
        own = [line for line in lines if line.product == product]
        return clean(fsum(getattr(line, name) for line in own for name in names))

    made = ("production_existing", "production_new")
    for kind, names in (("demand", ("demand",)), ("output", made), ("unmet", ("unmet",))):
        yield from ((f"{kind}.{product}", total(product, *names)) for product in products)


def _caps(allocation: Allocation) -> Iterator[tuple[str, OutcomeValue]]:
    last: dict[str, CapUse] = {}
    for use in allocation.caps:
        if use.clause not in last or use.year > last[use.clause].year:
            last[use.clause] = use
    yield from ((f"cap_used.{clause}", clean(use.used)) for clause, use in last.items())
    yield from ((f"cap_share.{clause}", _share(use)) for clause, use in last.items())


def _share(use: CapUse) -> float | None:
    """Return how much of an upper limit is used; a floor or a forecast is nothing to use up."""
    upper = use.sense in ("ceiling", "level", "about")
    return clean(use.used / use.limit) if upper and use.limit else None


def _counts(allocation: Allocation) -> dict[str, OutcomeValue]:
    issued = [one.kind for one in allocation.issuance]
    changed = [one.kind for one in allocation.reorganisations]
    kinds = [one.kind for one in allocation.actions]
    return {
        "issued": len(issued),
        "converted": issued.count("converted"),
        "expanded": changed.count("expand"),
        "merged": changed.count("merge"),
        "left_forced": kinds.count("leave_forced"),
        "left_chosen": kinds.count("leave_chosen"),
        "renewed": kinds.count("renew"),
        "lapsed": kinds.count("lapsed"),
    }


def _structure(allocation: Allocation) -> dict[str, OutcomeValue]:
    lines = [line for line in allocation.structure if line.by == "all"]
    if not lines:
        return {}
    last: StructureLine = max(lines, key=lambda line: line.year)
    held = last.large + last.medium + last.small
    return {
        "rights": held,
        "large": last.large,
        "medium": last.medium,
        "small": last.small,
        "large_medium_ratio": clean((last.large + last.medium) / held) if held else None,
    }


def _lists(allocation: Allocation) -> dict[str, OutcomeValue]:
    actions = allocation.actions
    leaving = ("leave_forced", "leave_chosen")
    return {
        "issued_rights": _joined(one.right for one in allocation.issuance),
        "leaving_rights": _joined(one.right for one in actions if one.kind in leaving),
        "expanded_rights": _joined(
            one.right for one in allocation.reorganisations if one.kind == "expand"
        ),
        "merged_rights": _joined(
            member
            for one in allocation.reorganisations
            if one.kind == "merge"
            for member in one.members
        ),
        "binding": _joined(_binding(allocation)),
        "unmet_products": _joined(
            line.product
            for line in _whole(allocation)
            if line.unmet > BINDING * max(1.0, line.demand)
        ),
    }


def _binding(allocation: Allocation) -> Iterator[str]:
    calendar = allocation.mode == "calendar"
    for rule in allocation.rules:
        if rule.binding:
            yield f"{rule.clause}@{rule.year}" if calendar else rule.clause


def _joined(names: Iterable[str]) -> str:
    return _LIST.join(sorted(set(names)))
