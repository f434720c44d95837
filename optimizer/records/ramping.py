"""What a quota's reason says of a right that can use only a share of its capacity."""

from __future__ import annotations

from minequota.optimizer.answer import BINDING, Answer
from minequota.optimizer.source import Source
from minequota.optimizer.vintages import project_of

Reason = tuple[str, str, str]
"""Why this figure and not more: Chinese, English, and the text it rests on."""


def listed_share(source: Source, year: int) -> float:
    """Share of what may work of a right that `options.usable` leaves it; 1 where none is listed."""
    share = source.usable_share(year)
    working = source.working_share(year) if source.parts else 1.0
    return share / working if working > 0 else share


def with_ramping(answer: Answer, m: int, y: int, reason: Reason) -> Reason:
    """Return a reason that begins with the share; the same where a right can use all it has."""
    source, year = answer.problem.sources[m], answer.years[y]
    share = listed_share(source, year)
    if share >= 1 or not source.eligible(year) or _waits(answer, m, year):
        return reason
    said = f"{round(100 * share, 4):.12g}"
    enlarged = answer.enlarged_in(m)
    before = source.existing and enlarged is not None and year >= enlarged
    told_zh = f"基建达产期，{'改扩建前的' if before else ''}可用产能按{said}%计"
    told_en = f"ramping up: {said} % of its capacity{' before its expansion' if before else ''}"
    zh, en, own = reason
    if answer.usable(m, y) <= BINDING:
        return f"{told_zh}，本年不安排", f"{told_en}: none", own
    return f"{told_zh}；{zh}", f"{told_en}; {en}", own


def _waits(answer: Answer, m: int, year: int) -> bool:
    """Whether a merger has not begun to yield, which its own reason says."""
    source = answer.problem.sources[m]
    project = project_of(source) if source.merger is not None else None
    begins = project.yields_from if project is not None else None
    return answer.problem.calendar and begins is not None and year < begins
