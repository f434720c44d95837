"""One thing the audit found: what, how serious, and what to do about it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from minequota.scenarios.audit.catalogue import Severity, checks
from minequota.scenarios.plan import Plan
from minequota.scenarios.right import Right

_LISTED = 5
_TALLIED = 8


@dataclass(frozen=True)
class Finding:
    """A numbered finding in two languages.

    An ``error`` is something no allocation can keep, or without which none can be made; a
    ``warning`` a figure that may mislead the answer; a ``note`` something the answer rests on.
    `about` is the key of the check in the catalogue, `clause` the fact of the plan or the key of
    the scenario it speaks of, `number` its place in one audit.
    """

    number: int
    severity: Severity
    about: str
    clause: str
    message_zh: str
    message_en: str
    advice_zh: str = ""
    advice_en: str = ""

    @property
    def code(self) -> str:
        """The check's stable number, such as ``A101``."""
        check = checks().get(self.about)
        return check.code if check is not None else ""


class Said(NamedTuple):
    """One thing in both languages."""

    zh: str
    en: str


def say(
    about: str,
    clause: str,
    zh: str,
    en: str,
    advice: tuple[str, str],
    severity: Severity | None = None,
) -> Finding:
    """Return a finding of a check, as serious as the catalogue says; the audit numbers it.

    `advice` is Chinese, then English.
    """
    return Finding(0, severity or checks()[about].severity, about, clause, zh, en, *advice)


def number_text(value: float) -> str:
    """Return a number with up to four decimals and no trailing zeros."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def at_most(value: float) -> str:
    """Return a reckoned amount rounded up to two decimals."""
    return number_text(math.ceil(round(value * 100, 6)) / 100)


def at_least(value: float) -> str:
    """Return a reckoned amount rounded down to two decimals."""
    return number_text(math.floor(round(value * 100, 6)) / 100)


def percent_text(share: float) -> str:
    """Return a share as a percentage with one decimal at most, ``57.9%``."""
    return f"{round(100 * share, 1):g}%"


def tally(counts: Mapping[str, int], lang: str = "zh") -> str:
    """Return ``a 3、b 2``, the largest first, the small ones of many together."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    between = "、" if lang == "zh" else ", "
    shown = ordered if len(ordered) <= _TALLIED + 1 else ordered[:_TALLIED]
    parts = [f"{name} {number}" for name, number in shown]
    if rest := sum(number for _, number in ordered[len(shown) :]):
        parts.append(f"其他 {rest}" if lang == "zh" else f"others {rest}")
    return between.join(parts)


def listed(
    names: Iterable[str], lang: str = "zh", most: int = _LISTED, between: str | None = None
) -> str:
    """Return the first few names and how many there are besides."""
    every = list(names)
    joint = between or ("、" if lang == "zh" else ", ")
    shown = joint.join(every[:most])
    if len(every) <= most:
        return shown
    return f"{shown}等{len(every)}项" if lang == "zh" else f"{shown} and {len(every) - most} more"


def by_mineral(plan: Plan, rights: Iterable[Right]) -> Said:
    """Return how many rights of each mineral, and how many of them hold made-up fields."""
    every = list(rights)
    zh = tally(Counter(right.mineral for right in every))
    en = tally(Counter(called(plan, right.mineral, "en") for right in every), "en")
    made_up = sum(right.synthetic for right in every)
    if made_up:
        zh, en = f"{zh}（其中{made_up}个含合成字段）", f"{en} ({made_up} with synthetic fields)"
    return Said(zh, en)


def called(plan: Plan, name: str, lang: str) -> str:
    """Return a mineral's name in a language."""
    mineral = plan.mineral(name)
    return name if lang == "zh" or mineral is None else mineral.en


def years_text(years: Iterable[int]) -> str:
    """Return years as ``2023–2025`` where they follow one another, else ``2023, 2025``."""
    every = sorted(set(years))
    if len(every) > 1 and every[-1] - every[0] == len(every) - 1:
        return f"{every[0]}–{every[-1]}"
    return ", ".join(str(year) for year in every)
