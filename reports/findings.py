"""What the audit of a scenario found, on the terminal: the gravest first, each with advice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from minequota.reports import text
from minequota.reports.safe_text import one_line
from minequota.reports.terminal import make_console
from minequota.reports.text import Lang, Words

if TYPE_CHECKING:
    from rich.console import Console

_COLOURS = {"error": "red", "warning": "yellow"}
_ORDER = ("error", "warning", "notice", "info")


class Finding(Protocol):
    """What is printed of a finding."""

    @property
    def number(self) -> int | str:
        """Its number."""

    @property
    def severity(self) -> str:
        """``error``, ``warning`` or ``notice``."""

    @property
    def about(self) -> str:
        """What it speaks of."""

    @property
    def clause(self) -> str:
        """The clause or place behind it; may be empty."""

    @property
    def message_zh(self) -> str:
        """What was found, in Chinese."""

    @property
    def message_en(self) -> str:
        """What was found, in English."""

    @property
    def advice_zh(self) -> str:
        """What to do, in Chinese; may be empty."""

    @property
    def advice_en(self) -> str:
        """What to do, in English; may be empty."""


def show_findings(
    findings: Sequence[Finding], *, lang: Lang = "zh", console: Console | None = None
) -> None:
    """Print the findings, or that there are none."""
    from rich.text import Text

    console = console or make_console()
    if not findings:
        console.print(Words("审查没有发现问题。", "The audit found nothing.").say(lang))
        return
    ordered = sorted(findings, key=lambda finding: _rank(finding.severity))
    for finding in ordered:
        severity = text.word(text.SEVERITY, finding.severity, lang)
        head = Text(f"[{finding.number}] {severity}", style=_COLOURS.get(finding.severity, "cyan"))
        about = " ".join(part for part in (finding.about, finding.clause) if part)
        message = finding.message_zh if lang == "zh" else finding.message_en
        head.append(f" {one_line(about)}: " if about else " ", style="bold")
        head.append(one_line(message), style="default not bold")
        console.print(head)
        advice = finding.advice_zh if lang == "zh" else finding.advice_en
        if advice:
            label = Words("建议：", "Advice: ").say(lang)
            console.print(Text(f"    {label}{one_line(advice)}"))
    console.print(Text(_summary(ordered, lang), style="bold"))


def _rank(severity: str) -> int:
    return _ORDER.index(severity) if severity in _ORDER else len(_ORDER)


def _summary(findings: Sequence[Finding], lang: Lang) -> str:
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
    parts = [
        Words(
            f"{text.word(text.SEVERITY, severity, lang)}{number}条",
            f"{text.word(text.SEVERITY, severity, lang)}: {number}",
        ).say(lang)
        for severity, number in counts.items()
    ]
    return text.joined(parts, lang)
