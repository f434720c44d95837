"""The texts of all input problems, in Chinese and English, from messages.csv."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from minequota.scenarios.errors import Problem

_SHOWN = 60
_LISTED = 12
_SHORT = 2
# What nearly every mineral or county is called.
_ENDINGS = "矿县市区"


class Text(NamedTuple):
    """One part of a message in both languages."""

    zh: str
    en: str


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, str]]:
    """Return the rows of messages.csv by their code."""
    text = (
        files("minequota.scenarios.documents").joinpath("messages.csv").read_text(encoding="utf-8")
    )
    return {row["code"]: row for row in csv.DictReader(text.splitlines())}


def problem(code: str, place: str, **parts: object) -> Problem:
    """Return the problem `code` at `place`, its texts filled with `parts`."""
    row = catalogue()[code]

    def fill(column: str, language: int) -> str:
        shown = {
            key: part[language] if isinstance(part, Text) else short(part)
            for key, part in parts.items()
        }
        return row[column].format(**shown).strip()

    return Problem(
        place=place,
        wrong=fill("wrong_en", 1),
        repair=fill("repair_en", 1),
        code=code,
        wrong_zh=fill("wrong_zh", 0),
        repair_zh=fill("repair_zh", 0),
    )


def short(value: object) -> str:
    """Return `value` as one short line."""
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def nearest(word: str, options: Iterable[str]) -> str | None:
    """Return the option most like `word`, or None when none is.

    The ending that most names share is all that 铜矿 and 金矿 have in common, so it is put aside.
    Of two Chinese characters the first must agree: 海城 is no slip of the pen for 凤城.
    """
    stems = {_stem(option): option for option in reversed(list(options))}
    stem = _stem(word[:_SHOWN])
    if len(stem) <= _SHORT and not stem.isascii():
        stems = {one: option for one, option in stems.items() if one[:1] == stem[:1]}
    found = difflib.get_close_matches(stem, list(stems), n=1, cutoff=0.5)
    return stems[found[0]] if found else None


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 1 and word[-1] in _ENDINGS else word


def choice(word: str, options: Iterable[str]) -> Text:
    """Say which option was probably meant, or which there are."""
    known = list(dict.fromkeys(options))
    if (near := nearest(word, known)) is not None:
        return Text(f"是否应为“{near}”？", f"Did you mean {near}?")
    if not known:
        return Text("此处没有可写的内容。", "Nothing may be written here.")
    rest = len(known) - _LISTED
    shown = known[:_LISTED]
    return Text(
        f"可写：{'、'.join(shown)}{f'等 {len(known)} 项' if rest > 0 else ''}。",
        f"Write one of {', '.join(shown)}{f' and {rest} more' if rest > 0 else ''}.",
    )
