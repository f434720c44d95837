"""Widths and line counts of text that mixes Chinese and Latin letters."""

from __future__ import annotations

import math
import re
import unicodedata

# A line end, a run of Latin text with the spaces before it, or one other character. Opening marks
# stay with what follows, closing marks with what they close.
_OPENING, _CLOSING = "（“《〔", "）”》〕％，。、；：？！"
_WORD = re.compile(rf"\n|\s*[{_OPENING}]*(?:[!-~¡-ɏ×⁰-₟]+|.)[{_CLOSING}]*")


def display_width(text: str) -> int:
    """Return the width of one line in columns: wide and full-width characters count two."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WFA" else 1
        for one in text
    )


def longest_word(text: str, most: int) -> int:
    """Return the width of the longest piece of one line that is better not broken.

    A Latin word is kept whole, Chinese only up to `most` columns.
    """
    width = display_width(text)
    words = [display_width(word.strip()) for word in _WORD.findall(text)]
    chinese = any(unicodedata.east_asian_width(one) in "WF" for one in text)
    return max([min(most, width) if chinese else 1, *words])


def wrapped(text: str, width: int) -> str:
    """Return `text` with line ends so that no line is wider, but for words that are themselves.

    Chinese breaks anywhere, Latin words only between words.
    """
    lines = [""]
    for word in _WORD.findall(text):
        if word == "\n":
            lines.append("")
        elif display_width((lines[-1] + word).rstrip()) <= width or not lines[-1]:
            lines[-1] += word
        else:
            lines.append(word.lstrip())
    return "\n".join(line.rstrip() for line in lines)


def lines_needed(text: str, width: float) -> int:
    """Return how many lines of `width` columns `text` takes when wrapped, at least one."""
    room = max(width, 1.0)
    return sum(max(1, math.ceil(display_width(line) / room)) for line in text.split("\n"))
