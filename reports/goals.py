"""The goals in the order solved, as lines of text."""

from __future__ import annotations

from minequota.optimizer.allocation import Allocation
from minequota.reports import text
from minequota.reports.numbers import amount, percent
from minequota.reports.text import Lang, Words

GOAL_HEADERS = (
    Words("目标", "Goal"),
    Words("取整后的值", "Value after rounding"),
    Words("求解值", "Solver's value"),
    Words("已证界", "Proven bound"),
    Words("相对间隙", "Relative gap"),
    Words("单位", "Unit"),
    Words("状态", "Status"),
)


def goal_lines(allocation: Allocation, lang: Lang) -> list[tuple[str, ...]]:
    """Return one line per goal, its cells in the order of `GOAL_HEADERS`."""
    lines: list[tuple[str, ...]] = []
    for number, goal in enumerate(allocation.goals, start=1):
        title = goal.title_zh if lang == "zh" else goal.title_en
        lines.append(
            (
                f"{number}. {title}",
                _number(goal.rounded_value),
                _number(goal.value),
                _number(goal.bound),
                percent(goal.relative_gap, 4) if goal.relative_gap < 10 else "—",
                text.unit(goal.unit, lang),
                text.word(text.SOLVE_STATUS, goal.status, lang),
            )
        )
    return lines


def _number(value: float) -> str:
    return amount(value, 6) if abs(value) < float("inf") else "—"
