"""Table 4 矿山数量与规模结构表: rights by size class before and after, against the targets."""

from __future__ import annotations

from minequota.optimizer.allocation import RuleUse, StructureLine
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.numbers import amount, percent
from minequota.reports.standing import standing_notes
from minequota.reports.table import Cell, Column, Row, RowKind, Table
from minequota.reports.text import Words
from minequota.scenarios.plan import Count, Ratio, Scope

TITLE = Words("矿山数量与规模结构表", "Number of rights and size structure")
STEM = Words("矿山数量与规模结构表", "size_structure")
_BASE = Words("基期", "Before")
_AFTER = Words("目标年末", "After")


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


COLUMNS = (
    Column("by", Words("分类", "By"), rank=3, spans=True),
    Column("name", Words("名称", "Group or county")),
    *_counts("base_", _BASE),
    Column("leaving", Words("退出", "Leave"), kind="count"),
    Column("issued", Words("投放", "Issued"), kind="count"),
    *_counts("", _AFTER),
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
    lines = sorted(
        context.allocation.structure,
        key=lambda line: (
            ("group", "county", "all").index(line.by),
            (list(text.GROUP).index(line.key) if line.key in text.GROUP else 9, line.key)
            if line.by == "group"
            else context.by_county(line.key),
        ),
    )
    rows = tuple(_row(context, line) for line in lines)
    notes = (
        Words(
            "“小型及以下”与规划的统计口径一致，含小矿。目标年末=基期-退出+投放。",
            "After = before − leaving + issued.",
        ).say(context.lang),
        *_other_targets(context),
        *standing_notes(context),
    )
    return Table(4, TITLE, STEM, context.lang, COLUMNS, rows, notes)


def _row(context: Context, line: StructureLine) -> Row:
    base = line.base_large + line.base_medium + line.base_small
    total = line.large + line.medium + line.small
    cells: dict[str, Cell] = {
        "by": BY[line.by].say(context.lang),
        "name": _name(context, line),
        "base_large": line.base_large,
        "base_medium": line.base_medium,
        "base_small": line.base_small,
        "base_total": base,
        "base_ratio": (line.base_large + line.base_medium) / base if base else None,
        "leaving": line.leaving,
        "issued": line.issued,
        "large": line.large,
        "medium": line.medium,
        "small": line.small,
        "total": total,
        "ratio": (line.large + line.medium) / total if total else None,
    }
    targets = [
        (indicator, rule) for indicator, rule in _targets(context) if _covers(indicator.scope, line)
    ]
    between = "；" if context.lang == "zh" else "; "
    cells["target"] = between.join(target_words(context, one) for one, _ in targets)
    cells["met"] = between.join(_met_words(context, rule) for _, rule in targets)
    kind: RowKind = "total" if line.by == "all" else "body"
    return Row(cells, kind, block=line.by)


def _name(context: Context, line: StructureLine) -> str:
    if line.by == "group":
        return text.word(text.GROUP, line.key, context.lang)
    return context.county(line.key if line.by == "county" else None)


def _targets(context: Context) -> list[tuple[Count | Ratio, RuleUse]]:
    plan = context.scenario.plan
    indicators: dict[str, Count | Ratio] = {f"COUNT.{one.id}": one for one in plan.counts}
    indicators |= {f"RATIO.{one.id}": one for one in plan.ratios}
    return [
        (indicators[rule.clause], rule)
        for rule in context.allocation.rules
        if rule.clause in indicators
    ]


def _covers(scope: Scope, line: StructureLine) -> bool:
    """Whether the target speaks of exactly the rights of this line."""
    if scope.minerals or scope.authority:
        return False
    if line.by == "group":
        return scope.group == line.key and scope.county is None
    if line.by == "county":
        return scope.county == line.key and scope.group is None
    return scope.group is None and scope.county is None


def target_words(context: Context, indicator: Count | Ratio) -> str:
    """Say a count or ratio with its limit and attribute."""
    lang = context.lang
    sense = text.word(text.SENSE, indicator.sense, lang)
    limit = (
        percent(indicator.share) if isinstance(indicator, Ratio) else amount(float(indicator.limit))
    )
    title = indicator.title.zh if lang == "zh" else indicator.title.en
    attribute = text.word(text.ATTRIBUTE, indicator.attribute, lang)
    return Words(
        f"{title}{sense}{limit}（{attribute}）", f"{title} {sense} {limit} ({attribute})"
    ).say(lang)


def _met_words(context: Context, rule: RuleUse) -> str:
    lang = context.lang
    if not rule.applies:
        return Words("不适用", "does not apply").say(lang)
    if rule.missed_by > 0:
        return text.NO.say(lang)
    if rule.rests_on_synthetic:
        return Words("是（现状含合成数据）", "yes (on a partly synthetic register)").say(lang)
    return text.YES.say(lang)


def _other_targets(context: Context) -> list[str]:
    notes = []
    for indicator, rule in _targets(context):
        if any(_covers(indicator.scope, line) for line in context.allocation.structure):
            continue
        notes.append(
            Words(
                f"{target_words(context, indicator)}：{_met_words(context, rule)}。",
                f"{target_words(context, indicator)}: {_met_words(context, rule)}.",
            ).say(context.lang)
        )
    return notes
