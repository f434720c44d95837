"""The table of actual outputs read a second time, by other code than the roll's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from minequota.scenarios.register.sheet import read_sheet
from minequota.scenarios.units import NotAQuantityError, Quantity, UnknownUnitError

_SURVEYED = re.compile("测绘|核查|测量|动检|调查|核实|动态|survey")
_REPORTED = re.compile("统计|上报|填报|报表|report")
_AMOUNT = re.compile("(?:产量|开采量|完成量)$|^(?:surveyed|actual|reported)(?:_?output)?$")
# Figures that the year's output is not: last year's, quotas, rates, parts of the year.
_ANOTHER = re.compile("[上去前往历]一?年|指标|率|计划|设计|核定|^原|半年|季度|[0-9]月")
_LICENCE = re.compile("(?:采矿权?)?(?:许可证)?(?:证|编|证编)?号|licen[cs]e(?:number)?")
_NAME = re.compile("(?:矿山|采矿权|项目)名称|矿山|(?:mine)?name")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE)
_PRODUCT = re.compile("标准|标矿|62%|金属|矿物|荒料|口径|standard|metal|mineral|stone|product")


@dataclass(frozen=True)
class Reading:
    """One row's output: the kind believed first, as written."""

    value: float
    unit: str
    in_product: bool
    reported: Reading | None = None
    surveyed: Reading | None = None


def read_again(path: Path, names: Mapping[str, str]) -> dict[str, Reading]:
    """Return the outputs by licence; a row without one is looked up in `names`."""
    rows = [
        [plain(cell) for cell in row.cells]
        for row in read_sheet(
            path, ("执行情况表", "开采总量指标执行情况表", "实际产量", "actual")
        ).rows
    ]
    exact = {plain(name): licence for name, licence in names.items()}
    start = next(number for number, row in enumerate(rows) if _is_header(row))
    header = rows[start]
    kinds = _kinds(header)
    licence, name = _called(header, _LICENCE), _called(header, _NAME)
    unit = next(
        (at for at, word in enumerate(header) if re.fullmatch("(?:计量|产量)?单位|unit", word)),
        None,
    )
    basis = next(
        (
            at
            for at, word in enumerate(header)
            if re.search("口径|计量基准|^basis$", word) and at not in kinds
        ),
        None,
    )
    found: dict[str, Reading] = {}
    for row in rows[start + 1 :]:
        key = _at(row, licence) or exact.get(_at(row, name), "")
        if not key:
            continue
        surveyed, actual, reported = (_read(header, row, one, unit, basis) for one in kinds)
        believed = surveyed or actual or reported
        if believed is not None:
            told = reported or actual or surveyed
            found[key] = replace(believed, reported=told, surveyed=surveyed)
    return found


def _read(
    header: Sequence[str],
    row: Sequence[str],
    column: int | None,
    unit: int | None,
    basis: int | None,
) -> Reading | None:
    """Return what one column says of a row's right."""
    if column is None or not _filled(_at(row, column)):
        return None
    value, own = _split(_at(row, column))
    if value is None:
        return None
    counted = _at(row, basis) or _inner(header[column])
    said = own or _at(row, unit) or _unit_in(header[column])
    return Reading(value, said, bool(_PRODUCT.search(counted)))


def plain(cell: object) -> str:
    """Return a cell as text without blanks and full-width forms."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell)
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("\ufeff\u200b")


def _is_header(row: Sequence[str]) -> bool:
    named = any(_called(row, pattern) is not None for pattern in (_LICENCE, _NAME))
    return named and any(at is not None for at in _kinds(row))


def _kinds(header: Sequence[str]) -> list[int | None]:
    """Return the columns of the surveyed, the actual and the reported output."""
    found: list[int | None] = [None, None, None]
    for at, word in enumerate(header):
        base = _bare(word)
        if not _AMOUNT.search(base) or _ANOTHER.search(re.sub("(?:按)?指标口径|原矿", "", word)):
            continue
        kind = 0 if _SURVEYED.search(base) else 2 if _REPORTED.search(base) else 1
        found[kind] = at if found[kind] is None else found[kind]
    return found


def _called(header: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    """Return the first column whose header is one of the words."""
    return next((at for at, word in enumerate(header) if pattern.fullmatch(_bare(word))), None)


def _bare(header: str) -> str:
    """Return a header without the brackets at its end."""
    return re.sub(r"[(\[][^()\[\]]*[)\]]$", "", header).lower()


def _at(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _filled(text: str) -> bool:
    return any(one.isdigit() for one in text)


def _split(text: str) -> tuple[float | None, str]:
    """Return the number and the unit of a cell that has both."""
    bare = text.replace(",", "")
    if _NUMBER.fullmatch(bare):
        return float(bare), ""
    try:
        amount = Quantity.parse(text)
    except (NotAQuantityError, UnknownUnitError):
        return None, ""
    return amount.value, amount.unit


def _inner(header: str) -> str:
    return ",".join(re.findall(r"[(\[]([^()\[\]]*)[)\]]", header))


def _unit_in(header: str) -> str:
    """Return the longest piece of a header's brackets that is a unit."""
    text = _inner(header)
    pieces = {text[a:b] for a in range(len(text)) for b in range(a + 1, len(text) + 1)}
    for piece in sorted(pieces, key=lambda one: (-len(one), one)):
        try:
            Quantity(1.0, piece)
        except ValueError:
            continue
        return piece
    return ""
