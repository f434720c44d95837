"""The six tables of a robust plan; those of its futures and goals."""

from __future__ import annotations

from minequota.reports import text
from minequota.reports.robust_table import DECIMALS, FUTURES, GOALS, UNIT, numbers, table
from minequota.reports.robust_table_plans import plan_table
from minequota.reports.robust_table_price import knowing_table, price_table
from minequota.reports.robust_table_rights import right_table
from minequota.reports.robust_words import COUNTED, Report, case_titles
from minequota.reports.safe_text import one_line
from minequota.reports.table import Column, Row, Table
from minequota.reports.text import Words


def robust_tables(report: Report) -> tuple[Table, ...]:
    """Return the tables in order."""
    return (
        _futures(report),
        _goals(report),
        plan_table(report),
        price_table(report),
        knowing_table(report),
        right_table(report),
    )


def _futures(report: Report) -> Table:
    columns = (
        Column("name", Words("未来", "Future")),
        Column("cases", Words("案例", "Cases")),
        Column("weight", Words("权重", "Weight"), kind="percent", decimals=2),
        Column("status", Words("求解状态", "Status")),
        Column("folder", Words("结果文件夹", "Run folder"), rank=2),
    )
    rows = [
        Row(
            {
                "name": one_line(future.name),
                "cases": case_titles(report, at),
                "weight": future.weight,
                "status": text.word(text.SOLVE_STATUS, one.status.value, report.lang),
                "folder": report.folders[future.name],
            }
        )
        for at, (future, one) in enumerate(
            zip(report.plan.futures, report.plan.allocations, strict=True)
        )
    ]
    title = Words("各种未来", "Futures")
    return table(report, FUTURES, title, Words("各种未来", "futures"), columns, rows)


def _goals(report: Report) -> Table:
    columns = (
        Column("goal", Words("目标", "Goal")),
        Column("counted", Words("计法", "Counted by")),
        numbers("value", Words("达到的值", "Value reached")),
        Column(
            "solver",
            Words("规模取整前求得的值", "Found before capacity steps"),
            kind="number",
            decimals=DECIMALS,
            rank=2,
        ),
        Column("bound", Words("已证界", "Proven bound"), kind="number", decimals=DECIMALS, rank=2),
        UNIT,
        Column("status", Words("求解状态", "Status")),
    )
    rows = [
        Row(
            {
                "goal": one.title_zh if report.lang == "zh" else one.title_en,
                "counted": COUNTED[one.counted].say(report.lang),
                "value": one.value,
                "solver": one.solver_value,
                "bound": one.bound,
                "unit": text.unit(one.unit, report.lang),
                "status": text.word(text.SOLVE_STATUS, one.status.value, report.lang),
            }
        )
        for one in report.plan.goals
    ]
    own = Words(
        "按次序逐级求解，前一级达到的值保持不变；最坏情形或最大后悔值定下后，再取同一目标的"
        "期望值最小。达到的值为所定采矿权（规模已取整）在指标取整之前的值；求得的值和已证界均为"
        "规模取整之前。",
        "Solved strictly in order, each held for those below; after a worst case or largest regret "
        "the expected value of the same goal follows. Values reached are those of the rights as "
        "decided, capacities in whole steps, before quotas are rounded; what was found and the "
        "bound proven for it are before capacities are.",
    )
    title = Words("逐级目标", "Goals over all futures, in order")
    return table(report, GOALS, title, Words("逐级目标", "goals"), columns, rows, own)
