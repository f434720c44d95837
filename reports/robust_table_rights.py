"""Table 6 采矿权决定对照: what the robust plan issues and lets go that single plans do not."""

from __future__ import annotations

from collections.abc import Sequence

from minequota.reports import text
from minequota.reports.numbers import amount
from minequota.reports.provenance import origin_mark
from minequota.reports.robust_rights import Decision, Made
from minequota.reports.robust_table import RIGHTS, table
from minequota.reports.robust_words import DECISION, Report
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Words

OTHERWISE = Words("与单一方案不同", "Decided otherwise by some plan for one future")
SAME = Words("各方案相同", "The same in every plan")
_NAMELESS = Words("（不具名）", "(not named)")
_PLAN = "plan:"


def right_table(report: Report) -> Table:
    """Build table 6."""
    plans = [one.plan for one in report.plan.plans]
    columns = (
        Column("decision", Words("决定", "Decision")),
        Column("name", Words("名称", "Name")),
        Column("right", Words("编号", "Id"), rank=2),
        Column("county", Words("所在行政区", "County")),
        Column("mineral", Words("矿种", "Mineral")),
        Column("size_class", Words("规模类别", "Size class"), rank=2),
        Column("count", Words("数量", "Number"), kind="count"),
        Column("unit", Words("规模单位（每年）", "Unit of capacity (a year)"), rank=2),
        Column("data", Words("数据来源", "Data"), rank=2),
        *(
            Column(
                f"{_PLAN}{plan}",
                Words(report.plan_name(plan), report.plan_name(plan)),
                many=True,
            )
            for plan in plans
        ),
    )
    printed = _printed(report.rights)
    rows = [_row(report, one, count) for one, count in printed if one.differs]
    rows += [_row(report, one, count) for one, count in printed if not one.differs]
    own = Words(
        "有规模的列核定规模，退出列“是”，“—”为该方案不作此决定。名称或决定去留的信息含合成数据的"
        "采矿权只计数，不具名；为测算建议，不是处理决定。",
        "Capacities where one is licensed, yes for a right that leaves, a dash where a plan does "
        "not decide it. Rights with a synthetic name, or synthetic data that decide whether they "
        "stay, are counted and not named; a proposal, no decision.",
    )
    title = Words("采矿权决定对照", "Rights as each plan decides them")
    stem = Words("采矿权决定", "rights")
    return table(report, RIGHTS, title, stem, columns, rows, own)


def _row(report: Report, one: Decision, count: int) -> Row:
    lang, context = report.lang, report.context
    cells: dict[str, Cell] = {
        "decision": DECISION[one.decision].say(lang),
        "name": (one.name or one.right) if one.named else _NAMELESS.say(lang),
        "right": one.right if one.named else "",
        "county": context.county(one.county),
        "mineral": context.mineral(one.mineral),
        "size_class": text.word(text.SIZE_CLASS, one.size_class, lang),
        "count": count,
        "unit": context.unit(one.unit),
        "data": _origin(report, one).say(lang),
    }
    cells |= {f"{_PLAN}{plan}": _made(report, made) for plan, made in one.plans.items()}
    return Row(cells, "body", (OTHERWISE if one.differs else SAME).say(lang))


def _origin(report: Report, one: Decision) -> Words:
    """Return where the data of a right come from, as the tables of a run say it."""
    if not one.named:
        return text.SYNTHETIC
    registered = report.context.rights.get(one.right)
    if registered is not None:
        return origin_mark(registered)
    if one.decision == "merge":
        return text.MERGED_SYNTHETIC if one.synthetic else text.MERGED
    return text.CONVERTED if one.decision == "convert" else text.TO_BE_ISSUED


def _printed(rights: Sequence[Decision]) -> list[tuple[Decision, int]]:
    """Return the lines as they may be printed, each with the number of rights it speaks of."""
    groups: dict[tuple[object, ...], list[Decision]] = {}
    for one in rights:
        key: tuple[object, ...] = (one.decision, one.right)
        if not one.named:
            made = tuple((plan, None if m is None else m.year) for plan, m in one.plans.items())
            key = (one.decision, one.county, one.mineral, one.size_class, made)
        groups.setdefault(key, []).append(one)
    return [(alike[0], len(alike)) for alike in groups.values()]


def _made(report: Report, made: Made | None) -> str:
    if made is None:
        return "—"
    said = text.YES.say(report.lang) if made.capacity is None else amount(made.capacity)
    if not report.context.calendar:
        return said
    return Words(f"{said}（{made.year}年）", f"{said} ({made.year})").say(report.lang)
