"""What the audit of a scenario found, on the terminal: the gravest first, each with advice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from minequota.reports import text
from minequota.reports.safe_text import one_line
from minequota.reports.terminal import flowing, make_console
from minequota.reports.text import Lang, Words
from minequota.scenarios.audit.catalogue import checks
from minequota.scenarios.audit.finding import Finding

if TYPE_CHECKING:
    from rich.console import Console

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
# More clauses than this are counted, not named.
_NAMED = 2
_ORDER = ("error", "warning", "note")


def show_findings(
    findings: Sequence[Finding], *, lang: Lang = "zh", console: Console | None = None
) -> None:
    """Print the findings, or that there are none."""
    from rich.padding import Padding
    from rich.text import Text

    console = console or make_console()
    if not findings:
        console.print(Words("审查没有发现问题。", "The audit found nothing.").say(lang))
        return
    ordered = sorted(findings, key=lambda finding: _ORDER.index(finding.severity))
    for finding in ordered:
        severity = text.word(text.SEVERITY, finding.severity, lang)
        head = Text(f"[{finding.code or finding.number}] {severity} ")
        head.stylize(_COLOURS[finding.severity])
        head.append(one_line(f"{_title(finding, lang)}{_clauses(finding, lang)}"), style="bold")
        console.print(head)
        message = finding.message_zh if lang == "zh" else finding.message_en
        advice = finding.advice_zh if lang == "zh" else finding.advice_en
        label = Words("建议：", "Advice: ").say(lang)
        for line in (message, f"{label}{advice}" if advice else ""):
            if line:
                console.print(Padding(flowing(line, console.width - 4), (0, 0, 0, 4)))
    console.print(Text(_summary(ordered, lang), style="bold"))


def _title(finding: Finding, lang: Lang) -> str:
    check = checks().get(finding.about)
    if check is None:
        return ""
    return f"{check.title.zh} · " if lang == "zh" else f"{check.title.en} · "


def _clauses(finding: Finding, lang: Lang) -> str:
    """Return the clauses a finding speaks of; of many the first ones and how many there are."""
    names = finding.clause.split("+")
    if len(names) <= _NAMED:
        return finding.clause
    first = "+".join(names[:_NAMED])
    return Words(f"{first}等{len(names)}项", f"{first} and {len(names) - _NAMED} more").say(lang)


def _summary(findings: Sequence[Finding], lang: Lang) -> str:
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
    parts = [
        Words(
            f"{text.SEVERITY[severity].zh}{number}条",
            f"{text.SEVERITY[severity].en}: {number}",
        ).say(lang)
        for severity, number in counts.items()
    ]
    return text.joined(parts, lang)
