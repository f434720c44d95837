"""Table 1 输入差异: every key whose value is not the same in all cases."""

from __future__ import annotations

import json

from minequota.reports import text
from minequota.reports.compare.columns import NAME, value_cells, value_columns
from minequota.reports.compare.comparison import NAMELESS, Comparison, InputLine, alike
from minequota.reports.compare.inputs import EVENTS, same_questions
from minequota.reports.compare.notes import notes
from minequota.reports.numbers import clean
from minequota.reports.safe_text import one_line
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Lang, Words
from minequota.scenarios.register.fields import fields
from minequota.scenarios.resolved import PLAN_FILE, REGISTER_FILE, SCENARIO_FILE

TITLE = Words("输入差异", "Inputs that differ")
STEM = Words("输入差异", "inputs")
SECTIONS = {
    SCENARIO_FILE: Words("情景（scenario.yaml）", "Scenario (scenario.yaml)"),
    PLAN_FILE: Words("规划（plan.yaml）", "Plan (plan.yaml)"),
    REGISTER_FILE: Words("采矿权现状（mines.csv）", "Register (mines.csv)"),
    EVENTS: Words("名册变更（events）", "Register events"),
}
_EVENT = {"applied": Words("已计入", "applied"), "later": Words("此后发生", "later")}
_BLANK = Words("（空）", "(blank)")


def input_table(comparison: Comparison, lang: Lang) -> Table:
    """Build table 1."""
    rows = tuple(_row(line, lang) for line in comparison.inputs)
    about = (
        Column("source", Words("依据", "Source"), rank=2),
        Column("data", Words("数据来源", "Data"), rank=2),
    )
    columns = (
        Column(NAME, Words("键", "Key")),
        *value_columns(comparison.cases, Words("取值", "Value"), "text"),
        *(column for column in about if any(column.key in row.cells for row in rows)),
    )
    own = (
        Words(
            "相同的键不列。键是文件中的路径，列表中的项以其标识命名；依据是键旁所载的来源，"
            "各案例不同时另列一行。",
            "Keys with one value are left out. A key is the path in its file, entries of lists by "
            "their id; the source is the one beside the key, a line of its own where it differs.",
        ).say(lang),
        *([_hidden(lang)] if any(line.key == NAMELESS for line in comparison.inputs) else []),
        *(_same(names, lang) for names in same_questions(comparison.cases)),
        *([_plans(lang)] if len({case.plan for case in comparison.cases}) > 1 else []),
    )
    given = (*own, *notes(comparison, lang))
    return Table(1, TITLE, STEM, lang, columns, rows, given, parted=True)


def _same(cases: tuple[str, ...], lang: Lang) -> str:
    named = text.joined([one_line(one) for one in cases], lang)
    return Words(
        f"{named}的情景、规划和名册完全相同，是同一个问题。",
        f"{named} have the same scenario, plan and register: they are one question.",
    ).say(lang)


def _hidden(lang: Lang) -> str:
    return Words(
        "合成的采矿权，在某案例中退出或不在某案例名册上的，只计数、不具名；取值为各案例名册上的个数。",
        "Synthetic rights that leave in some case, or are missing on some register, are counted "
        "and not named; the values are how many each register has.",
    ).say(lang)


def _plans(lang: Lang) -> str:
    return Words(
        "不同规划之间不逐项对照规划文本和名册。",
        "Texts and registers of different plans are not compared key by key.",
    ).say(lang)


def _row(line: InputLine, lang: Lang) -> Row:
    cells: dict[str, Cell] = {NAME: _key(line, lang)}
    shown = {case: _shown(value, line.file, lang) for case, value in line.values.items()}
    sources = list(line.sources.values())
    if sources and alike(sources) and len(sources) == len(line.values):
        cells["source"] = sources[0]
    if line.synthetic:
        cells["data"] = text.SYNTHETIC.say(lang)
    return Row(cells | value_cells(shown), "body", SECTIONS[line.file].say(lang))


def _key(line: InputLine, lang: Lang) -> str:
    """Return the key; of a register's field with its usual Chinese header."""
    if line.key == NAMELESS:
        what = Words("变更", "events") if line.file == EVENTS else Words("采矿权", "rights")
        return Words(
            f"{NAMELESS}{what.zh}{line.count}个", f"(not named) {what.en}: {line.count}"
        ).say(lang)
    if line.file == REGISTER_FILE and lang == "zh":
        field = fields().get(line.key.rpartition(".")[2])
        if field is not None:
            return f"{line.key}（{field.title}）"
    return line.key


def _shown(value: object, file: str, lang: Lang) -> str:
    if value is None:
        return text.NONE.say(lang)
    if value == "":
        return _BLANK.say(lang)
    if file == EVENTS:
        return text.word(_EVENT, str(value), lang)
    if isinstance(value, bool):
        return (text.YES if value else text.NO).say(lang)
    if isinstance(value, float):
        return f"{clean(value):.12g}"
    if isinstance(value, list) and not any(isinstance(one, list | dict) for one in value):
        return text.joined([str(one) for one in value], lang) or text.NONE.say(lang)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
