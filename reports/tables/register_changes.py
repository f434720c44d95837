"""Table 7 延续、整合、改扩建及拟退出建议（数量测算）: how many rights stay on, how many leave, why.

Only a right about which nothing is invented is named; all others are counted.
"""

from __future__ import annotations

from collections import defaultdict

from minequota.optimizer.allocation import Action, ActionKind
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.provenance import may_be_named
from minequota.reports.standing import leaver_order_sentence, standing_notes
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Lang, Words

TITLE = Words(
    "延续、整合、改扩建及拟退出建议（数量测算）",
    "Renewals, mergers, expansions and rights to leave (numbers only)",
)
STEM = Words("延续及拟退出建议", "renewals_and_leavers")
COLUMNS = (
    Column("number", Words("序号", "No."), kind="count", rank=3),
    Column("action", Words("建议", "Proposal")),
    Column("county", Words("所在行政区", "County")),
    Column("mineral", Words("矿种", "Mineral")),
    Column("size_class", Words("规模类别", "Size class"), rank=2),
    Column("ground", Words("情形", "Ground")),
    Column("count", Words("数量", "Number"), kind="count"),
    Column("name", Words("矿山名称", "Mine"), rank=2),
    Column("licence", Words("采矿许可证号", "Licence"), rank=3),
    Column("rule", Words("规则", "Rule"), rank=2),
    Column("source", Words("依据", "Source"), rank=3),
    Column("data", Words("数据来源", "Data"), rank=2),
)
_Key = tuple[tuple[int, str], tuple[int, str], int, tuple[str, ...], str, str]
SECTIONS: tuple[tuple[Words, tuple[ActionKind, ...]], ...] = (
    (Words("延续", "Renewals"), ("renew",)),
    (Words("待处置（许可证已过期）", "Lapsed, to be settled"), ("lapsed",)),
    (Words("拟退出", "Rights to leave"), ("leave_forced", "leave_chosen")),
)


def ground_words(grounds: tuple[str, ...], lang: Lang) -> str:
    """Say the grounds of one leaver."""
    if not grounds:
        return text.NO_GROUND.say(lang)
    return text.joined([text.word(text.GROUND, ground, lang) for ground in grounds], lang)


def rule_words(codes: str, lang: Lang) -> str:
    """Say the rules behind an action, given as codes with commas between them."""
    return text.joined([text.word(text.RULE, code, lang) for code in codes.split(", ")], lang)


def change_table(context: Context) -> Table:
    """Build table 7."""
    rows: list[Row] = []
    number = 0
    for section, kinds in SECTIONS:
        lines = [line for kind in kinds for line in _lines(context, kind)]
        for alike in lines:
            number += 1
            rows.append(Row(_cells(context, alike, number), "body", section.say(context.lang)))
        if lines:
            count = sum(len(alike) for alike in lines)
            label = text.SUBTOTAL.say(context.lang)
            rows.append(
                Row({"action": label, "count": count}, "subtotal", section.say(context.lang))
            )
    return Table(7, TITLE, STEM, context.lang, COLUMNS, tuple(rows), _notes(context), parted=True)


def _lines(context: Context, kind: ActionKind) -> list[list[Action]]:
    """Group the actions that may not be named; each that may stands alone."""
    groups: dict[_Key, list[Action]] = defaultdict(list)
    for action in context.allocation.actions:
        if action.kind != kind:
            continue
        key = (
            context.by_county(action.county),
            context.by_mineral(action.mineral),
            ("large", "medium", "small").index(action.size_class),
            action.grounds if kind != "renew" else (),
            action.rule,
            action.right if _named(context, action) else "",
        )
        groups[key].append(action)
    return [groups[key] for key in sorted(groups)]


def _named(context: Context, action: Action) -> bool:
    return not action.synthetic and may_be_named(context.rights.get(action.right))


def _cells(context: Context, alike: list[Action], number: int) -> dict[str, Cell]:
    lang = context.lang
    first = alike[0]
    named = _named(context, first)
    cells: dict[str, Cell] = {
        "number": number,
        "action": text.word(text.ACTION_KIND, first.kind, lang),
        "county": context.county(first.county),
        "mineral": context.mineral(first.mineral),
        "size_class": text.word(text.SIZE_CLASS, first.size_class, lang),
        "ground": "" if first.kind == "renew" else ground_words(first.grounds, lang),
        "count": len(alike),
        "rule": rule_words(first.rule, lang),
        "source": "；".join(dict.fromkeys(first.source.split("；"))),
        "data": (text.REAL if named else text.SYNTHETIC).say(lang),
    }
    if named:
        cells |= {"name": context.rights[first.right].name, "licence": first.right}
    return cells


def _assumed_renewals(context: Context) -> int:
    """How many of the renewals the register does not state."""
    return sum(
        action.kind == "renew" and context.rights[action.right].renewal is None
        for action in context.allocation.actions
    )


def _notes(context: Context) -> tuple[str, ...]:
    lang = context.lang
    kinds = {action.kind for action in context.allocation.actions}
    notes = []
    if "renew" not in kinds:
        notes.append(Words("延续：无。", "Renewals: none.").say(lang))
    elif _assumed_renewals(context):
        notes.append(
            Words(
                f"延续：其中{_assumed_renewals(context)}个现状表未载明是否延续，按延续假定。",
                f"Renewals: of {_assumed_renewals(context)} the register does not say whether they "
                "are renewed; that is assumed.",
            ).say(lang)
        )
    if "lapsed" in kinds:
        notes.append(
            Words(
                "待处置：许可证已过期、仍在册，不下达指标，由主管部门办理延续或注销。",
                "To be settled: the licence has expired and the right is still on the register; it "
                "gets no quota until the authority renews or cancels it.",
            ).say(lang)
        )
    if not kinds & {"leave_forced", "leave_chosen"}:
        notes.append(Words("拟退出：无。", "Rights to leave: none.").say(lang))
    notes.append(
        Words(
            "整合、改扩建：本版未测算。", "Mergers and expansions are not planned in this version."
        ).say(lang)
    )
    notes.append(
        Words(
            "凡名称或决定去留的信息含合成数据的采矿权，只计数，不具名；其余按名册所载列出名称，"
            "为测算建议，不是处理决定。",
            "A right whose name, or any field that decides whether it stays, is synthetic is "
            "counted and never named; the others stand by name, as a proposal and no decision.",
        ).say(lang)
    )
    order = leaver_order_sentence(context)
    return (*notes, *([order] if order else []), *standing_notes(context))
