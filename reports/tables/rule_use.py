"""Table 6 规则执行情况表: every clause, its limit, what is used of it and whether it binds."""

from __future__ import annotations

from minequota.optimizer.allocation import RuleUse
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.standing import standing_notes
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Words

TITLE = Words("规则执行情况表", "Rules and how far they are used")
STEM = Words("规则执行情况表", "rule_use")
COLUMNS = (
    Column("number", Words("序号", "No."), kind="count", rank=3),
    Column("rule", Words("规则", "Rule"), rank=2),
    Column("clause", Words("条款编号", "Clause"), rank=3),
    Column("title", Words("条款", "Title")),
    Column("attribute", Words("属性", "Attribute"), rank=2),
    Column("sense", Words("要求", "Sense"), rank=2),
    Column("limit", Words("限值", "Limit"), kind="number", decimals=6),
    Column("used", Words("使用", "Used"), kind="number", decimals=6),
    Column("slack", Words("余量", "Slack"), kind="number", decimals=6, rank=2),
    Column("unit", Words("单位", "Unit")),
    Column("binding", Words("是否起约束", "Binds")),
    Column("missed_by", Words("未达量", "Missed by"), kind="number", decimals=6, rank=2),
    Column("marginal", Words("边际含义", "What one more unit would change"), rank=3),
    Column("synthetic", Words("是否依赖合成数据", "Rests on synthetic data"), rank=3),
    Column("source", Words("依据", "Source"), rank=3),
)
NOT_APPLICABLE = Words("不适用", "applies to nobody")
MISSED = Words("未达到", "missed")


def rule_table(context: Context) -> Table:
    """Build table 6; the order is the optimizer's, rule by rule."""
    rows = tuple(
        Row(_cells(context, rule, number + 1))
        for number, rule in enumerate(context.allocation.rules)
    )
    notes = (
        Words(
            "“起约束”指限值已用尽或刚好达到；边际含义按已定的采矿权组合计算，空白为未计算。",
            "A clause binds when its limit is used up or just reached. What one more unit would "
            "change is computed for the set of rights decided on; blank where it was not.",
        ).say(context.lang),
        *standing_notes(context),
    )
    return Table(6, TITLE, STEM, context.lang, COLUMNS, rows, notes)


def _cells(context: Context, rule: RuleUse, number: int) -> dict[str, Cell]:
    lang = context.lang
    cells: dict[str, Cell] = {
        "number": number,
        "rule": text.word(text.RULE, rule.code, lang),
        "clause": rule.clause,
        "title": rule.title_zh if lang == "zh" else rule.title_en,
        "source": rule.source,
    }
    if not rule.applies:
        cells["binding"] = NOT_APPLICABLE.say(lang)
        return cells
    return cells | {
        "attribute": text.word(text.ATTRIBUTE, rule.attribute, lang),
        "sense": text.word(text.SENSE, rule.sense, lang),
        "limit": rule.limit,
        "used": rule.used,
        "slack": rule.slack,
        "unit": "" if rule.limit is None else context.unit(rule.unit),
        "binding": MISSED.say(lang)
        if rule.missed_by > 0
        else (text.YES if rule.binding else text.NO).say(lang),
        "missed_by": rule.missed_by or None,
        "marginal": rule.marginal if lang == "zh" else rule.marginal_en,
        "synthetic": (text.YES if rule.rests_on_synthetic else text.NO).say(lang),
    }
