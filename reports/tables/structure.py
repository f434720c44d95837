"""Table 4 矿山数量与规模结构表: rights by size class before and after, against the targets."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from minequota.optimizer.allocation import RuleUse, StructureLine
from minequota.reports import text
from minequota.reports.clauses import rule_number, rule_title
from minequota.reports.context import Context
from minequota.reports.standing import standing_notes
from minequota.reports.table import Cell, Column, Row, RowKind, Table
from minequota.reports.text import Words
from minequota.scenarios.plan import Count, Ratio, Scope

TITLE = Words("矿山数量与规模结构表", "Number of rights and size structure")
STEM = Words("矿山数量与规模结构表", "size_structure")
_BASE = Words("基期", "Before")
_AFTER = Words("目标年末", "After")
_YEAR_END = Words("年末", "After")


def _counts(prefix: str, group: Words) -> tuple[Column, ...]:
    return (
        Column(f"{prefix}large", Words("大型", "large"), kind="count", group=group, rank=2),
        Column(f"{prefix}medium", Words("中型", "medium"), kind="count", group=group, rank=2),
        Column(
            f"{prefix}small",
            Words("小型及以下", "small and below"),
            kind="count",
            group=group,
            rank=2,
        ),
        Column(f"{prefix}total", Words("合计", "total"), kind="count", group=group),
        Column(
            f"{prefix}ratio",
            Words("大中型比例", "large and medium share"),
            kind="percent",
            decimals=2,
            group=group,
        ),
    )


def _columns(context: Context) -> tuple[Column, ...]:
    return context.dated(
        Column("by", Words("分类", "By"), rank=3, spans=True),
        Column("name", Words("名称", "Group or county")),
        *_counts("base_", _BASE),
        Column("leaving", Words("退出", "Leave"), kind="count"),
        Column("merged", Words("整合减少", "Merged away"), kind="count"),
        Column("issued", Words("投放", "Issued"), kind="count"),
        *_counts("", _YEAR_END if context.calendar else _AFTER),
        Column("target", Words("规划目标", "Target"), rank=3),
        Column("met", Words("是否达到", "Met"), rank=3),
    )


BY = {
    "all": Words("全部", "all"),
    "group": Words("按矿类", "mineral group"),
    "county": Words("按县（市、区）", "county"),
}


def structure_table(context: Context) -> Table:
    """Build table 4."""
    lines = sorted(_lines(context), key=partial(_order, context))
    rows = tuple(_row(context, line) for line in lines)
    notes = (
        Words(
            "“小型及以下”与规划的统计口径一致，含小矿。"
            + (
                "年末=基期-退出-整合减少+投放；退出、整合减少、投放为自基期至当年末的累计数。"
                if context.calendar
                else "目标年末=基期-退出-整合减少+投放。"
            )
            + "投放含探转采。",
            "After = before − leaving − merged away + issued"
            + (
                ", all counted from the register to the end of the year."
                if context.calendar
                else "."
            )
            + " Conversions count as issued.",
        ).say(context.lang),
        *_other_targets(context),
        *standing_notes(context),
    )
    return Table(4, TITLE, STEM, context.lang, _columns(context), rows, notes)


def _lines(context: Context) -> list[StructureLine]:
    """Return the lines shown: the only county of a plan is the whole."""
    lines = context.allocation.structure
    return [line for line in lines if not (context.one_county and line.by == "county")]


def _order(context: Context, line: StructureLine) -> tuple[int, int, tuple[int, str]]:
    if line.by == "group":
        known = list(text.GROUP)
        within = (known.index(line.key) if line.key in known else len(known), line.key)
    else:
        within = context.by_county(line.key)
    return line.year, ("group", "county", "all").index(line.by), within


def _row(context: Context, line: StructureLine) -> Row:
    base = line.base_large + line.base_medium + line.base_small
    total = line.large + line.medium + line.small
    cells: dict[str, Cell] = {
        **context.year_cell(line.year),
        "by": BY[line.by].say(context.lang),
        "name": _name(context, line),
        "base_large": line.base_large,
        "base_medium": line.base_medium,
        "base_small": line.base_small,
        "base_total": base,
        "base_ratio": (line.base_large + line.base_medium) / base if base else None,
        "leaving": line.leaving,
        "merged": line.merged,
        "issued": line.issued,
        "large": line.large,
        "medium": line.medium,
        "small": line.small,
        "total": total,
        "ratio": (line.large + line.medium) / total if total else None,
    }
    targets = [
        rule
        for scope, rule in _targets(context)
        if rule.year == line.year and _covers(context, scope, line)
    ]
    between = "；" if context.lang == "zh" else "; "
    cells["target"] = between.join(target_words(context, rule) for rule in targets)
    cells["met"] = between.join(_met_words(context, rule) for rule in targets)
    kind: RowKind = "total" if line.by == "all" else "body"
    return Row(cells, kind, block=f"{line.year} {line.by}")


def _name(context: Context, line: StructureLine) -> str:
    if line.by == "group":
        return text.word(text.GROUP, line.key, context.lang)
    return context.county(line.key if line.by == "county" else None)


def _targets(context: Context) -> list[tuple[Scope, RuleUse]]:
    """Return the counts and ratios of every year, each with the rights it speaks of."""
    found = []
    for rule in context.allocation.rules:
        given = context.indicators.get(rule.clause)
        if isinstance(given, Count | Ratio):
            found.append((given.scope, rule))
    return found


def _covers(context: Context, scope: Scope, line: StructureLine) -> bool:
    """Whether the target speaks of exactly the rights of this line."""
    county = None if context.one_county else scope.county
    if scope.minerals or scope.authority or scope.zones:
        return False
    groups = {*scope.groups, *([scope.group] if scope.group else [])}
    if line.by == "group":
        return groups == {line.key} and county is None
    if line.by == "county":
        return county == line.key and not groups
    return not groups and county is None


def target_words(context: Context, rule: RuleUse) -> str:
    """Say a count or ratio with its limit of the year and its attribute."""
    lang = context.lang
    sense = text.word(text.SENSE, rule.sense, lang)
    limit, title = rule_number(rule.limit, rule, context), rule_title(rule, context)
    attribute = text.word(text.ATTRIBUTE, rule.attribute, lang)
    asked = f"{limit}{sense}" if rule.sense == "about" else f"{sense}{limit}"
    return Words(f"{title}{asked}（{attribute}）", f"{title} {sense} {limit} ({attribute})").say(
        lang
    )


def _met_words(context: Context, rule: RuleUse) -> str:
    lang = context.lang
    if not rule.applies:
        return Words("不适用", "does not apply").say(lang)
    if rule.verdict in {"none", "not_judged"}:
        return text.word(text.VERDICT, rule.verdict, lang)
    if rule.verdict == "missed":
        return text.NO.say(lang)
    if rule.rests_on_synthetic:
        return Words("是（现状含合成数据）", "yes (on a partly synthetic register)").say(lang)
    return text.YES.say(lang)


def _other_targets(context: Context) -> list[str]:
    """Say the targets that no line stands for, years of one outcome together."""
    lang = context.lang
    outcomes: dict[tuple[str, str], list[int]] = {}
    for scope, rule in _targets(context):
        if any(_covers(context, scope, line) for line in _lines(context)):
            continue
        key = (target_words(context, rule), _met_words(context, rule))
        outcomes.setdefault(key, []).append(rule.year)
    return [
        Words(
            f"{target}：{_when(context, years)}{met}。", f"{target}: {met}{_when(context, years)}."
        ).say(lang)
        for (target, met), years in outcomes.items()
    ]


def _when(context: Context, years: Iterable[int]) -> str:
    if not context.calendar:
        return ""
    named = text.years(years, context.lang)
    return named if context.lang == "zh" else f" ({named})"
