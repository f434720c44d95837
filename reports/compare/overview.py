"""The list of the cases: what each asks, how it was solved, how much of it is synthetic."""

from __future__ import annotations

from minequota.reports import text
from minequota.reports.compare.case import Case
from minequota.reports.compare.comparison import Comparison
from minequota.reports.provenance import register_share
from minequota.reports.text import Lang, Words

_HEADERS = (
    Words("名称", "Name"),
    Words("案例或情景", "Case or scenario"),
    Words("情景", "Scenario"),
    Words("规划", "Plan"),
    Words("模式", "Mode"),
    Words("年度", "Years"),
    Words("求解状态", "Status"),
    Words("采矿权数", "Rights"),
    Words("其中合成", "Synthetic"),
    Words("部分合成", "Partly synthetic"),
    Words("结果文件夹", "Run folder"),
)


def headers() -> tuple[Words, ...]:
    """Return the headers of the list."""
    return _HEADERS


def overview(comparison: Comparison, lang: Lang) -> list[list[str]]:
    """Return one line per case, its cells in the order of `headers`."""
    return [_line(case, comparison.base, lang) for case in comparison.cases]


def _line(case: Case, base: str, lang: Lang) -> list[str]:
    share = register_share(case.scenario)
    mark = Words("（基准）", " (base)").say(lang) if case.name == base else ""
    return [
        f"{case.name}{mark}",
        case.title.say(lang),
        case.scenario.name,
        case.plan,
        text.word(text.MODE, case.scenario.question.mode, lang),
        years_of(case, lang),
        text.word(text.SOLVE_STATUS, case.status.value, lang),
        str(share.total),
        str(share.synthetic),
        str(share.partly),
        case.folder or "—",
    ]


def years_of(case: Case, lang: Lang) -> str:
    """Return the year a case plans, or its first and last."""
    question = case.scenario.question
    first = question.first_year if question.mode == "calendar" else None
    return text.period([first or question.year, question.year], lang)
