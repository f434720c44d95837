"""Formulas of a workbook that no spreadsheet program has calculated yet.

A program that writes formulas without calculating them (openpyxl does) leaves cells that read as
empty. They are not: the formula is given back, so that whoever reads the cell refuses it by name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import IO

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LETTERS = re.compile(r"([A-Z]{1,3})(\d+)")
_STEP = 1_000_000


def uncalculated(source: IO[bytes]) -> Mapping[tuple[int, int], str]:
    """Return a worksheet's formulas without a value, by row (from 1) and column (from 0).

    A formula whose result is an empty text has a value: nothing. Its cell says so by its type.
    """
    if not _any_formula(source):
        return {}
    source.seek(0)
    from openpyxl.utils import column_index_from_string
    from openpyxl.xml.functions import iterparse

    found: dict[tuple[int, int], str] = {}
    row = column = 0
    for when, element in iterparse(source, events=("start", "end")):
        tag = element.tag.removeprefix(_NAMESPACE)
        if when == "start" and tag == "row":
            # A row or a cell need not say where it is: it then follows the one before.
            row, column = int(element.get("r") or row + 1), 0
        elif when == "end" and tag == "c":
            at = _LETTERS.fullmatch(element.get("r") or "")
            column = column_index_from_string(at[1]) if at is not None else column + 1
            formula = element.find(f"{_NAMESPACE}f")
            if (
                formula is not None
                and not element.findtext(f"{_NAMESPACE}v")
                and element.get("t") != "str"
            ):
                found[row, column - 1] = f"={formula.text or ''}"
        elif when == "end" and tag == "row":
            element.clear()
    return found


def _any_formula(source: IO[bytes]) -> bool:
    """Whether the XML holds a formula at all; most tables do not and need no second reading."""
    rest = b""
    while piece := source.read(_STEP):
        if _FORMULA.search(rest + piece):
            return True
        rest = piece[-64:]
    return False
