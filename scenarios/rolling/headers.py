"""The headers of a table of actual outputs (开采总量指标执行情况表), as bureaus write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from minequota.scenarios.documents.messages import Text
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.plan import Basis
from minequota.scenarios.register.cells import cell_text
from minequota.scenarios.register.columns import Column, is_unit
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
        if meant & {"licence", "name"} and meant & set(KINDS):
            return _headers(sheet, row, position, words, year)
    place = sheet.place(sheet.rows[0]) if sheet.rows else sheet.label
    raise InputError([problem("actual_header", place)])


def _headers(
    sheet: Sheet, row: Row, position: int, words: list[str], year: int
) -> tuple[Headers, list[Problem]]:
    found = Headers(position + 1, len(words))
    problems: list[Problem] = []
    for index, word in enumerate(words):
        meaning, unit, counted, said_year = _parts(word)
        if not meaning:
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
    return found, problems


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
        for inner in re.findall(r"[(\[]([^()\[\]]*)[)\]]", rest):
            for piece in re.split(r"[,、;:]", inner):
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
    return meaning, unit, counted, int(year[1]) if year is not None else None


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
