"""The headers of a table of actual outputs (开采总量指标执行情况表), as bureaus write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from minequota.scenarios.documents.messages import Text
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.plan import Basis
from minequota.scenarios.register.cells import cell_text
from minequota.scenarios.register.columns import Column, is_unit, recognise
from minequota.scenarios.register.fields import fields, plain_text
from minequota.scenarios.register.sheet import Row, Sheet
from minequota.scenarios.rolling.messages import problem

Kind = Literal["surveyed", "actual", "reported"]
KINDS: tuple[Kind, ...] = ("surveyed", "actual", "reported")
"""The three kinds of output a table may state, the one believed first before the others."""
Counted = Basis | Literal["product"]

_HEADER_ROWS = 30
_WORDS: dict[str, tuple[str, ...]] = {
    "surveyed": (
        *("测绘产量", "核查产量", "测绘核查产量", "测量产量", "动检产量", "调查产量", "核实产量"),
        *("储量动态检测产量", "surveyed", "surveyedoutput", "surveyed_output"),
    ),
    "actual": (
        *("实际产量", "全年实际产量", "年度实际产量", "本年实际产量", "实际开采量", "实际完成量"),
        *("年产量", "产量", "开采量", "完成产量", "actual", "actualoutput", "actual_output"),
    ),
    "reported": (
        *("统计产量", "上报产量", "填报产量", "报表产量", "企业上报产量", "统计上报产量"),
        *("reported", "reportedoutput", "reported_output"),
    ),
    "unit": ("单位", "计量单位", "产量单位", "unit"),
    "basis": ("口径", "计量口径", "产量口径", "计量基准", "basis"),
    "year": ("年度", "年份", "year"),
}
BASES: dict[str, Counted] = {
    **dict.fromkeys(("矿石量", "矿石", "原矿量", "原矿", "ore"), "ore"),
    **dict.fromkeys(
        ("62%标准矿", "62%标准铁矿石", "标准铁矿石", "标准矿", "标矿", "62%", "standard_iron_62"),
        "standard_iron_62",
    ),
    **dict.fromkeys(("金属量", "金属", "metal"), "metal"),
    **dict.fromkeys(("矿物量", "矿物", "mineral"), "mineral"),
    **dict.fromkeys(("荒料量", "荒料", "block_stone"), "block_stone"),
    **dict.fromkeys(("指标口径", "按指标口径", "product"), "product"),
}
BASIS_TITLES: dict[Basis, Text] = {
    "ore": Text("矿石量", "ore"),
    "standard_iron_62": Text("62%标准矿", "62 % standard ore"),
    "metal": Text("金属量", "contained metal"),
    "mineral": Text("矿物量", "contained mineral"),
    "block_stone": Text("荒料", "block stone"),
}
_MEANING = {plain_text(word): name for name, words in _WORDS.items() for word in words}
_MEANING |= {
    plain_text(word): name
    for name in ("licence", "name")
    for word in (name, *fields()[name].headers_zh, fields()[name].header_en)
}
_YEAR = re.compile(r"(\d{4})年?度?")
_OF_OTHER_THINGS = re.compile(
    r"上一?年|去年|前一?年|往年|历年|指标|计划|核定|设计|率|占比|比例|单位|备注|说明|来源|日期|时间"
    r"|原(?!矿|煤|石)|半年|季度|\d月"
    r"|^(?:last|previous|planned|quota)|(?:rate|quota|unit|note)$"
)
"""What stands in the header of a figure that is no output of the year."""
_WHOLE_YEAR = re.compile(r"1月?[-~至—]12月")
_LIKE_OUTPUT = re.compile(
    r"产量|产出|采出|实采|采.{0,2}量|(?:实际|完成|生产)[^人]{0,4}[量数]"
    r"|output|production|produced|mined|extracted"
)
_HALF_SAID = re.compile(r"完成|实际|生产|开采")
_WHOLE = ("", "年", "全年", "本年", "当年", "年度")
QUIET = {"序号", "备注", "编号", "年度指标", "note", "quota"}
"""Columns nothing is missed by leaving out: those of the form."""


@dataclass(frozen=True)
class Output:
    """A column of outputs: its cell position, unit and, where the header says so, its basis."""

    column: Column
    counted: Counted | None


@dataclass
class Headers:
    """What each column means; `outputs` are those of the three kinds that are there."""

    first_row: int
    width: int
    columns: dict[str, Column] = field(default_factory=dict)
    outputs: dict[Kind, Output] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


def find_headers(sheet: Sheet, year: int) -> tuple[Headers, list[Problem]]:
    """Find the header row; title rows may stand above it.

    Raises
    ------
    InputError
        When no row names a right and an output.
    """
    for position, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        words = [cell_text(cell) for cell in row.cells]
        meant = {_parts(word)[0] for word in words if word}
        outputs = meant & set(KINDS) or any(is_unclear(word) for word in words)
        if meant & {"licence", "name"} and outputs:
            return _headers(sheet, row, position, words, year)
    place = sheet.place(sheet.rows[0]) if sheet.rows else sheet.label
    raise InputError([problem("actual_header", place)])


def _headers(
    sheet: Sheet, row: Row, position: int, words: list[str], year: int
) -> tuple[Headers, list[Problem]]:
    found = Headers(position + 1, len(words))
    problems: list[Problem] = []
    ignored = []
    for index, word in enumerate(words):
        meaning, unit, counted, said_year = _parts(word)
        if not meaning:
            if is_unclear(word):
                problems.append(problem("actual_column", sheet.place(row, index), header=word))
            elif word and _plain_base(word) not in QUIET and not _of_a_right(word):
                ignored.append(word)
            continue
        place = sheet.place(row, index)
        if meaning in found.columns:
            other = found.columns[meaning].header
            problems.append(problem("actual_column_twice", place, header=word, other=other))
            continue
        if said_year not in (None, year):
            problems.append(problem("actual_other_year", place, value=word, year=year))
        column = Column(index, word, unit)
        found.columns[meaning] = column
        for kind in KINDS:
            if meaning == kind:
                found.outputs[kind] = Output(column, counted)
    found.ignored = tuple(ignored)
    return found, problems


def is_unclear(header: str) -> bool:
    """Whether a header looks like that of an output and is not understood as one.

    Last year's output, a quota, a rate, a part of the year are known for what they are, and are
    passed over.
    """
    if not header or _parts(header)[0]:
        return False
    plain = plain_text(header)
    if not _WHOLE_YEAR.search(plain) and _OF_OTHER_THINGS.search(_without_basis(plain)):
        return False
    base = _plain_base(header)
    amount = any(_unit_and_basis(one)[0] for one in _pieces(plain))
    return bool(_LIKE_OUTPUT.search(base) or (amount and _HALF_SAID.search(base)))


def _plain_base(header: str) -> str:
    """Return a header in plain form without its brackets."""
    return re.sub(r"[(\[][^()\[\]]*[)\]]", "", plain_text(header))


def _without_basis(plain: str) -> str:
    """Return a header without the words for what its figures count: 指标口径 is no quota."""
    for word in sorted(BASES, key=len, reverse=True):
        plain = plain.replace(word, "")
    return plain


def _of_a_right(header: str) -> bool:
    """Whether a column says which right is meant, in other words than licence and name."""
    known = recognise(header)
    return known is not None and known[0] in ("county", "mineral", "holder", "area", "zone")


def _pieces(plain: str) -> list[str]:
    """Return what stands in a header's brackets, piece by piece."""
    inner = re.findall(r"[(\[]([^()\[\]]*)[)\]]", plain)
    return [piece for one in inner for piece in re.split(r"[,、;:]", one)]


def _parts(header: str) -> tuple[str, str, Counted | None, int | None]:
    """Return a header's meaning, unit, basis and year: `2025年实际产量（万吨，矿石量）`."""
    plain = plain_text(header)
    year = _YEAR.match(plain)
    rest = plain[year.end() :] if year is not None else plain
    # 年度 alone is the header of a column of years.
    if year is None or not rest:
        rest, year = plain, None
    unit, counted = "", None
    if rest not in _MEANING:
        for piece in _pieces(rest):
            found, basis = _unit_and_basis(piece)
            unit, counted = found or unit, basis or counted
    base = re.sub(r"[()\[\]]", "", rest)
    short = re.sub(r"[(\[][^()\[\]]*[)\]]$", "", rest)
    meaning = next(
        (
            _MEANING[one]
            for one in (rest, base, short, re.sub(r"[()\[\]]", "", short))
            if one in _MEANING
        ),
        "",
    )
    if meaning in KINDS and rest not in _MEANING and base not in _MEANING:
        # 产量（上年） and 产量（1-11月） are other figures than 产量.
        unknown = [one for one in _pieces(rest[len(short) :]) if not _is_known(one)]
        meaning = "" if unknown else meaning
    return meaning, unit, counted, int(year[1]) if year is not None else None


def _is_known(piece: str) -> bool:
    year = _YEAR.fullmatch(piece)
    return piece in _WHOLE or year is not None or _unit_and_basis(piece) != ("", None)


def _unit_and_basis(piece: str) -> tuple[str, Counted | None]:
    """Return the unit and the basis in one part of a header's brackets: `万吨矿石` has both."""
    if is_unit(piece):
        return piece, None
    for word, counted in BASES.items():
        if word in piece:
            left = piece.replace(word, "")
            if not left or is_unit(left):
                return left, counted
    return "", None
