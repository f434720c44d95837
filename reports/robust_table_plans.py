"""Table 3 各方案比较: every plan's rights in every future, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from minequota.reports import text
from minequota.reports.robust_figures import PlanMeasure
from minequota.reports.robust_table import DECIMALS, PLANS, UNIT, numbers, table
from minequota.reports.robust_words import INFEASIBLE, MEASURE, Report
from minequota.reports.safe_text import one_line
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Words

_FUTURE = "future:"


def plan_table(report: Report) -> Table:
    """Build table 3."""
    columns = (
        Column("plan", Words("方案", "Plan")),
        *(numbers(key, title) for key, title in MEASURE.items()),
        *_future_columns(report, Words("各未来中的值", "Value in each future")),
        replace(UNIT, rank=3),
        Column("fits", Words("适用", "Fits")),
    )
    rows = []
    for one in report.figures.measures:
        cells: dict[str, Cell] = {
            "plan": report.plan_name(one.plan),
            **_three(one),
            "unit": report.goal_unit(one.goal),
            "fits": _fits(report, one.plan),
        }
        for value in report.figures.values:
            if (value.plan, value.goal) == (one.plan, one.goal):
                cells[f"{_FUTURE}{value.future}"] = value.value
        rows.append(Row(cells, "body", _heading(report, one.goal)))
    own = Words(
        "每个方案固定其采矿权（规模已取整），在每个未来中重新逐级求解；各值为指标取整之前的值。"
        "后悔值为与该未来单独编制的方案（规模已取整）之差。空白：该方案的采矿权在某个未来中不可行。",
        "Each plan's rights (capacities in whole steps) are held and every future is solved with "
        "them; values are before quotas are rounded. Regret is the excess over the plan "
        "made for that future alone, its capacities in whole steps too. Blank: the plan's "
        "rights do not fit some future.",
    )
    title = Words("各方案比较", "Plans compared")
    return table(report, PLANS, title, Words("各方案比较", "plans"), columns, rows, own)


def _heading(report: Report, goal: str) -> str:
    title, unit = report.goal(goal), report.goal_unit(goal)
    return f"{title}（{unit}）" if report.lang == "zh" else f"{title} ({unit})"


def _future_columns(report: Report, group: Words) -> Iterator[Column]:
    for future in report.plan.futures:
        name = one_line(future.name)
        yield Column(
            f"{_FUTURE}{future.name}",
            Words(name, name),
            kind="number",
            decimals=DECIMALS,
            group=group,
            many=True,
        )


def _three(one: PlanMeasure) -> dict[str, Cell]:
    return {"expected": one.expected, "worst": one.worst, "regret": one.regret}


def _fits(report: Report, plan: str) -> str:
    """Say whether a plan's rights fit all futures, or which they do not fit."""
    found = next(one for one in report.plan.plans if one.plan == plan)
    failing = [
        one_line(future.name)
        for future, goals in zip(report.plan.futures, found.goals, strict=True)
        if goals is None
    ]
    if not failing:
        return text.YES.say(report.lang)
    named = text.joined(failing, report.lang)
    return Words(f"{INFEASIBLE.zh}：{named}", f"{INFEASIBLE.en}: {named}").say(report.lang)
