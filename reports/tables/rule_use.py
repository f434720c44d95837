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
    Column("remark", Words("备注", "Remarks"), rank=3),
    Column("synthetic", Words("是否依赖合成数据", "Rests on synthetic data"), rank=3),
    Column("source", Words("依据", "Source"), rank=3),
)
NOT_APPLICABLE = Words("不适用", "applies to nobody")
MISSED = Words("未达到", "missed")
UNMET = Words("缺口", "unmet")
MET = Words("已满足", "met")


def rule_table(context: Context) -> Table:
    """Build table 6; the order is the optimizer's, rule by rule."""
    rows = tuple(
        Row(_cells(context, rule, number + 1))
        for number, rule in enumerate(context.allocation.rules)
    )
    notes = (
        Words(
            "“起约束”指限值已用尽或刚好达到；比例条款指大、中型采矿权再少一个即达不到。"
            "边际含义：开采总量条款按已定的采矿权组合测算，数量和比例条款按重新选择采矿权测算；"
            "空白为未测算。",
            "A clause binds when its limit is used up or just reached; a ratio when one large or "
            "medium right fewer would miss it. What one more unit would change is computed for the "
            "rights as decided for a cap, and with the rights chosen anew for a number or ratio; "
            "blank where it was not.",
        ).say(context.lang),
        Words(
            "属性为“情景”的是情景所列需求，不是规划条款：限值为需求量，使用为满足需求的供应量，"
            "未达量为缺口。属性为“规则”“定义”的没有限值。",
            "Lines of the scenario are its demands, no clauses of the plan: the limit is what is "
            "wanted, used is the supply that meets it, missed is what is unmet. Rules and "
            "definitions have no limit.",
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
    demanded = rule.attribute == "scenario"
    return cells | {
        "attribute": text.word(text.ATTRIBUTE, rule.attribute, lang),
        "sense": "" if demanded else text.word(text.SENSE, rule.sense, lang),
        "limit": rule.limit,
        "used": rule.used,
        "slack": rule.slack,
        "unit": "" if rule.limit is None else context.clause_unit(rule),
        "binding": _binds(rule).say(lang),
        "missed_by": rule.missed_by or None,
        "marginal": rule.marginal if lang == "zh" else rule.marginal_en,
        "remark": _reach_words(context, rule),
        "synthetic": (text.YES if rule.rests_on_synthetic else text.NO).say(lang),
    }


def _binds(rule: RuleUse) -> Words:
    if rule.attribute == "scenario":
        return UNMET if rule.missed_by > 0 else MET
    if rule.missed_by > 0:
        return MISSED
    return text.YES if rule.binding else text.NO


def _reach_words(context: Context, rule: RuleUse) -> str:
    """Say how many rights a rule without a figure speaks of, and how many are issued under it."""
    if rule.reach is None:
        return ""
    zh = f"适用于{rule.reach}个采矿权"
    en = f"applies to {rule.reach} {'right' if rule.reach == 1 else 'rights'}"
    if rule.code == "MINSCALE":
        issued = len(context.allocation.issuance)
        zh, en = (
            f"{zh}（含候选），其中投放{issued}个",
            f"{en}, candidates included; issued: {issued}",
        )
    return Words(zh, en).say(context.lang)
