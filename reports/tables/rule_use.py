"""Table 6 规则执行情况表: every clause, its limit, what is used of it and whether it is kept."""

from __future__ import annotations

from collections.abc import Iterator

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
    Column("binding", Words("是否起约束", "Binds"), rank=2),
    Column("missed_by", Words("未达量", "Missed by"), kind="number", decimals=6, rank=2),
    Column("verdict", Words("执行情况", "Verdict")),
    Column("marginal", Words("边际含义", "What one more unit would change"), rank=3),
    Column("remark", Words("备注", "Remarks"), rank=3),
    Column("synthetic", Words("是否依赖合成数据", "Rests on synthetic data"), rank=3),
    Column("source", Words("依据", "Source"), rank=3),
)
NOT_APPLICABLE = Words("不适用", "applies to nobody")


def rule_table(context: Context) -> Table:
    """Build table 6; within a year the order is the optimizer's, rule by rule."""
    rows = tuple(
        Row(_cells(context, rule, number))
        for year in context.allocation.years
        for number, rule in enumerate(
            (rule for rule in context.allocation.rules if rule.year == year), start=1
        )
    )
    explained = {words.say(context.lang): key for key, words in _explained(context)}
    notes = (*explained, *_notes(context), *standing_notes(context))
    columns = context.dated(*COLUMNS)
    return Table(6, TITLE, STEM, context.lang, columns, rows, notes, about=explained)


def _explained(context: Context) -> Iterator[tuple[str, Words]]:
    """Yield what needs a word of explanation, each with its column."""
    yield (
        "binding",
        Words(
            "“起约束”指限值已用尽或刚好达到；比例条款指大、中型采矿权再少一个即达不到。",
            "A clause binds when its limit is used up or just reached; a ratio when one large or "
            "medium right fewer would miss it.",
        ),
    )
    if any(rule.marginal for rule in context.allocation.rules):
        yield (
            "marginal",
            Words(
                "边际含义：开采总量条款按已定的采矿权组合测算，数量和比例条款按重新选择采矿权测算；"
                "空白为未测算。",
                "What one more unit would change is computed for the rights as decided for a cap, "
                "and with the rights chosen anew for a number or ratio; blank where it was not.",
            ),
        )
    elif context.calendar:
        yield (
            "marginal",
            Words(
                "边际含义：逐年安排不测算，一年放宽所得可能是他年所失；请在目标状态下查看。",
                "What one more unit would change is not computed year by year, where one year's "
                "gain may be another's loss: see the target state.",
            ),
        )
    if any(rule.attribute == "scenario" for rule in context.allocation.rules):
        yield (
            "attribute",
            Words(
                "属性为“情景”的是情景所列需求，不是规划条款：限值为需求量，使用为满足需求的供应量，"
                "未达量为缺口。属性为“规则”“定义”的没有限值。",
                "Lines of the scenario are its demands, no clauses of the plan: the limit is what "
                "is wanted, used is the supply that meets it, missed is what is unmet. Rules and "
                "definitions have no limit.",
            ),
        )


def _notes(context: Context) -> Iterator[str]:
    lang, rules = context.lang, context.allocation.rules
    if any(rule.verdict == "not_judged" for rule in rules):
        yield Words(
            "“不作判定”：所依据的基数为合成数据，或上级指标尚未下达，不能据以认定达到。",
            "Not judged: the clause rests on a base that is synthetic, or on a figure nobody has "
            "given yet, so it counts neither as met nor as missed.",
        ).say(lang)
    if any(rule.sense == "forecast" for rule in rules):
        yield Words(
            "预计数不是执行要求；规划文字有期望方向的，执行情况按该方向列示。",
            "A forecast asks nothing; where the plan's text hopes for one side of it, the verdict "
            "says whether that side was reached.",
        ).say(lang)


def _cells(context: Context, rule: RuleUse, number: int) -> dict[str, Cell]:
    lang = context.lang
    cells: dict[str, Cell] = {
        **context.year_cell(rule.year),
        "number": number,
        "rule": text.word(text.RULE, rule.code, lang),
        "clause": rule.clause,
        "title": rule.title_zh if lang == "zh" else rule.title_en,
        "verdict": text.word(text.VERDICT, rule.verdict, lang),
        "source": rule.source,
    }
    if not rule.applies:
        cells["binding"] = NOT_APPLICABLE.say(lang)
        return cells
    demanded = rule.attribute == "scenario"
    awaited = rule.limit is None and rule.clause in context.awaited
    binds = "" if demanded else (text.YES if rule.binding else text.NO).say(lang)
    return cells | {
        "attribute": text.word(text.ATTRIBUTE, rule.attribute, lang),
        "sense": "" if demanded else _sense(context, rule),
        "limit": text.AWAITING.say(lang) if awaited else rule.limit,
        "used": rule.used,
        "slack": rule.slack,
        "unit": "" if rule.limit is None else context.clause_unit(rule),
        "binding": binds,
        "missed_by": rule.missed_by or None,
        "marginal": rule.marginal if lang == "zh" else rule.marginal_en,
        "remark": _remark(context, rule),
        "synthetic": (text.YES if rule.rests_on_synthetic else text.NO).say(lang),
    }


def _sense(context: Context, rule: RuleUse) -> str:
    """Say the sense of a clause; of a forecast also which side of it the plan hopes for."""
    given = context.indicators.get(rule.clause)
    if rule.sense == "forecast" and given is not None and given.hoped:
        return text.word(text.HOPED, given.hoped, context.lang)
    return text.word(text.SENSE, rule.sense, context.lang)


def _remark(context: Context, rule: RuleUse) -> str:
    given = context.indicators.get(rule.clause)
    if given is None or not given.printed_as:
        return _reach_words(context, rule)
    return Words(f"规划原文：{given.printed_as}", f"in the plan's words: {given.printed_as}").say(
        context.lang
    )


def _reach_words(context: Context, rule: RuleUse) -> str:
    """Say how many rights a rule without a figure speaks of, and how many are issued under it."""
    if rule.reach is None:
        return ""
    zh = f"适用于{rule.reach}个采矿权"
    en = f"applies to {rule.reach} {'right' if rule.reach == 1 else 'rights'}"
    if rule.code == "MINSCALE":
        issued = sum(one.year <= rule.year for one in context.allocation.issuance)
        zh, en = (
            f"{zh}（含候选），其中投放{issued}个",
            f"{en}, candidates included; issued: {issued}",
        )
    return Words(zh, en).say(context.lang)
