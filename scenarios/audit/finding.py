"""One thing the audit found: what, how serious, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["warning", "note"]


@dataclass(frozen=True)
class Finding:
    """A numbered finding in two languages.

    A ``warning`` is a figure that may mislead the answer or bar it, a ``note`` something the
    answer rests on. `about` says which check found it, `clause` which fact of the plan or which
    key of the scenario it speaks of.
    """

    number: int
    severity: Severity
    about: str
    clause: str
    message_zh: str
    message_en: str
    advice_zh: str = ""
    advice_en: str = ""


def warning(about: str, clause: str, zh: str, en: str, advice: tuple[str, str]) -> Finding:
    """Return a warning; the audit numbers it. `advice` is Chinese, then English."""
    return Finding(0, "warning", about, clause, zh, en, *advice)


def note(about: str, clause: str, zh: str, en: str, advice: tuple[str, str]) -> Finding:
    """Return a note; the audit numbers it. `advice` is Chinese, then English."""
    return Finding(0, "note", about, clause, zh, en, *advice)


def number_text(value: float) -> str:
    """Return a number with up to four decimals and no trailing zeros."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def tally(counts: dict[str, int], between: str = "、") -> str:
    """Return ``a 3、b 2``, the largest first, names in order where equal."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return between.join(f"{name} {number}" for name, number in ordered)
