"""Widths and line counts of text that mixes Chinese and Latin letters."""

from __future__ import annotations

import math
import unicodedata


def display_width(text: str) -> int:
    """Return the width of one line in columns: wide and full-width characters count two."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WFA" else 1
        for one in text
    )


def lines_needed(text: str, width: float) -> int:
    """Return how many lines of `width` columns `text` takes when wrapped, at least one."""
    room = max(width, 1.0)
    return sum(max(1, math.ceil(display_width(line) / room)) for line in text.split("\n"))
