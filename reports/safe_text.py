"""Text of unknown origin made harmless for spreadsheets and terminals."""

from __future__ import annotations

import re

# Not allowed in XML 1.0 (and so in a workbook), or steering characters of a terminal. Tab and
# line feed stay; a carriage return becomes a line feed.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# These turn the reading direction of what follows and can disguise a name.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def printable(text: str) -> str:
    """Return `text` without control characters and direction overrides."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _DIRECTION.sub("", _CONTROL.sub("", text))


def one_line(text: str) -> str:
    """Return `text` on one line, without control characters."""
    return " ".join(printable(text).split())


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet could take `text` for a formula."""
    return text.startswith(_FORMULA_STARTS)


def guarded(text: str) -> str:
    """Return `text` for a CSV cell: an apostrophe in front of what could be a formula."""
    plain = _DIRECTION.sub("", _CONTROL.sub("", text))
    return f"'{plain}" if looks_like_formula(plain) else plain
