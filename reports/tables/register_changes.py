"""Table 7 延续、整合、改扩建及拟退出建议（数量测算）: what happens to the rights there are.

Of those renewed or leaving only a right about which nothing is invented is named; all others are
counted. Mergers and expansions are listed by the plan or the scenario and stand by name, marked
where they are synthetic or assumed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from minequota.optimizer.allocation import Action, ActionKind, Reorganisation
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.provenance import may_be_named
from minequota.reports.standing import leaver_order_sentence, standing_notes
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.tables.reorganisations import (
    DETAILS,
    FIRST_OUTPUT,
    reorganisation_cells,
    reorganisations_of,
)
from minequota.reports.text import Lang, Words

TITLE = Words(
    "延续、整合、改扩建及拟退出建议（数量测算）",
    "Renewals, mergers, expansions and rights to leave (numbers only)",
)
STEM = Words("延续整合改扩建及退出建议", "register_changes")
_BEFORE_DETAILS = (
    Column("number", Words("序号", "No."), kind="count", rank=3),
    Column("action", Words("建议", "Proposal")),
    Column("county", Words("所在行政区", "County")),
    Column("mineral", Words("矿种", "Mineral")),
    Column("size_class", Words("规模类别", "Size class"), rank=2),
    Column("ground", Words("情形", "Ground")),
    Column("count", Words("数量", "Number"), kind="count"),
    Column("name", Words("矿山名称", "Mine")),
    Column("licence", Words("采矿许可证号", "Licence"), rank=3),
)
_AFTER_DETAILS = (
    Column("rule", Words("规则", "Rule"), rank=2),
    Column("source", Words("依据", "Source"), rank=3),
    Column("data", Words("数据来源", "Data"), rank=2),
)
_Key = tuple[tuple[int, str], tuple[int, str], int, tuple[str, ...], str, str]
RENEWALS = Words("延续", "Renewals")
MERGERS = Words("整合", "Mergers")
EXPANSIONS = Words("改扩建与扩能", "Expansions")
LAPSED = Words("待处置（许可证已过期）", "Lapsed, to be settled")
LEAVERS = Words("拟退出", "Rights to leave")
_COUNTED: dict[Words, tuple[ActionKind, ...]] = {
    RENEWALS: ("renew",),
    LAPSED: ("lapsed",),
    LEAVERS: ("leave_forced", "leave_chosen"),
}
SECTIONS = (RENEWALS, MERGERS, EXPANSIONS, LAPSED, LEAVERS)
BY_RULE = Words("依规则", "by the rule")


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
    detailed: tuple[Column, ...] = ()
    if context.allocation.reorganisations:
        detailed = (*DETAILS, *([FIRST_OUTPUT] if context.calendar else []))
    columns = context.dated(*_BEFORE_DETAILS, *detailed, *_AFTER_DETAILS)
    rows = tuple(row for year in context.allocation.years for row in _of_year(context, year))
    return Table(7, TITLE, STEM, context.lang, columns, rows, _notes(context), parted=True)


def _of_year(context: Context, year: int) -> Iterator[Row]:
    """Yield a year's lines, part by part, each part with its number of rights."""
    number = 0
    for section in SECTIONS:
        title, count = section.say(context.lang), 0
        for cells, rights in _part(context, section, year):
            number, count = number + 1, count + rights
            own: dict[str, Cell] = {"number": number, "count": rights}
            yield Row(context.year_cell(year) | own | cells, "body", title)
        if count:
            label = text.SUBTOTAL.say(context.lang)
            total: dict[str, Cell] = {"action": label, "count": count}
            yield Row(context.year_cell(year) | total, "subtotal", title)


def _part(context: Context, section: Words, year: int) -> Iterator[tuple[dict[str, Cell], int]]:
    """Yield the cells of each line of a part and how many rights it speaks of."""
    for kind in _COUNTED.get(section, ()):
        for alike in _lines(context, kind, year):
            yield _cells(context, alike), len(alike)
    kinds = {MERGERS: "merge", EXPANSIONS: "expand"}
    for one in reorganisations_of(context, kinds.get(section, ""), year):
        yield reorganisation_cells(context, one), _rights(one)


def _rights(one: Reorganisation) -> int:
    return len(one.members) if one.kind == "merge" else 1


def _lines(context: Context, kind: ActionKind, year: int) -> list[list[Action]]:
    """Group the actions that may not be named; each that may stands alone."""
    groups: dict[_Key, list[Action]] = defaultdict(list)
    for action in context.allocation.actions:
        if action.kind != kind or context.planned(action.year) != year:
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


def _cells(context: Context, alike: list[Action]) -> dict[str, Cell]:
    lang = context.lang
    first = alike[0]
    named = _named(context, first)
    cells: dict[str, Cell] = {
        "action": text.word(text.ACTION_KIND, first.kind, lang),
        "county": context.county(first.county),
        "mineral": context.mineral(first.mineral),
        "size_class": text.word(text.SIZE_CLASS, first.size_class, lang),
        "ground": leaver_ground(first, lang),
        "rule": rule_words(first.rule, lang),
        "source": "；".join(dict.fromkeys(first.source.split("；"))),
        "data": (text.REAL if named else text.SYNTHETIC).say(lang),
    }
    if named:
        cells |= {"name": context.rights[first.right].name, "licence": first.right}
    return cells


def leaver_ground(action: Action, lang: Lang) -> str:
    """Say why a right leaves or lapses; nothing of one that is renewed."""
    if action.kind == "renew":
        return ""
    if action.kind == "leave_forced" and not action.grounds:
        return BY_RULE.say(lang)
    return ground_words(action.grounds, lang)


def _assumed_renewals(context: Context) -> int:
    """How many of the renewals the register does not state."""
    return sum(
        action.kind == "renew" and context.rights[action.right].renewal is None
        for action in context.allocation.actions
    )


def _project_notes(context: Context) -> Iterator[Words]:
    """Say what is done of the mergers and expansions that are listed."""
    scenario, done = context.scenario, context.allocation.reorganisations
    merged = sum(one.kind == "merge" for one in done)
    listed = len(scenario.question.mergers)
    if not listed:
        yield Words("整合：没有列出的方案。", "Mergers: none is listed.")
    else:
        yield Words(
            f"整合：列出的方案{listed}项，安排{merged}项；数量为参与整合的采矿权数。",
            f"Mergers listed: {listed}, carried out: {merged}; the number is that of the rights "
            "merged.",
        )
    enlarged = len(done) - merged
    listed = len(scenario.plan.expansions) + len(scenario.question.expansions)
    if not listed:
        yield Words("改扩建、扩能：没有列出的项目。", "Expansions: none is listed.")
    else:
        yield Words(
            f"改扩建、扩能：列出的项目{listed}项，安排{enlarged}项。",
            f"Expansions listed: {listed}, carried out: {enlarged}.",
        )
    if any(one.synthetic or one.assumed for one in done):
        yield Words(
            "数据来源为“合成”“假定”的整合、改扩建由情景列出，所涉矿山或方案不是真实的。",
            "Mergers and expansions marked synthetic or assumed are listed by the scenario: their "
            "mines or projects are not real.",
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
    notes.extend(words.say(lang) for words in _project_notes(context))
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
