"""Tables 4 稳健的代价 and 5 预知需求的价值: the robust plan against each future's own best."""

from __future__ import annotations

from minequota.reports import text
from minequota.reports.robust_table import KNOWING, PRICE, UNIT, numbers, table
from minequota.reports.robust_words import Report
from minequota.reports.safe_text import one_line
from minequota.reports.table import Column, Row, Table
from minequota.reports.text import Words


def price_table(report: Report) -> Table:
    """Build table 4."""
    columns = (
        Column("future", Words("未来", "Future")),
        Column("what", Words("目标或产品", "Goal or product")),
        numbers("own", Words("单独最优", "Own best")),
        numbers("robust", Words("稳健方案", "Robust plan")),
        numbers("price", Words("稳健的代价", "Price")),
        UNIT,
    )
    goals, products = (
        Words("逐级目标（取整后）", "Goals, after rounding"),
        Words("未满足需求（各年之和）", "Unmet demand, sum of all years"),
    )
    rows = [
        Row(
            {
                "future": one_line(one.future),
                "what": report.goal(one.goal),
                "own": one.own,
                "robust": one.robust,
                "price": one.price,
                "unit": text.unit(one.unit, report.lang),
            },
            "body",
            goals.say(report.lang),
        )
        for one in report.figures.prices
    ]
    rows += [
        Row(
            {
                "future": one_line(line.future),
                "what": report.context.product(line.product),
                "own": line.own,
                "robust": line.robust,
                "price": line.robust - line.own,
                "unit": report.context.unit(line.unit, line.basis),
            },
            "body",
            products.say(report.lang),
        )
        for line in report.figures.unmet
    ]
    own = Words(
        "代价＝稳健方案－该未来单独编制的最优方案；排在前面的目标付出代价后，后面的目标可能反而更小。",
        "Price = robust plan less the plan made for that future alone. Where a goal above pays, "
        "one below it may come out smaller than alone.",
    )
    title = Words("稳健的代价", "Price of robustness")
    return table(report, PRICE, title, Words("稳健的代价", "price"), columns, rows, own)


def knowing_table(report: Report) -> Table:
    """Build table 5."""
    columns = (
        Column("what", Words("目标或产品", "Goal or product")),
        numbers("expected", Words("稳健方案期望值", "Robust plan, expected")),
        numbers("best", Words("预知时期望值", "Known in advance, expected")),
        numbers("value", Words("预知的价值", "Value of knowing")),
        UNIT,
    )
    rows = [
        Row(
            {
                "what": report.goal(one.goal),
                "expected": one.expected,
                "best": one.best,
                "value": one.value,
                "unit": text.unit(one.unit, report.lang),
            },
            "body",
            Words("目标（指标取整前）", "Goals, before quotas are rounded").say(report.lang),
        )
        for one in report.figures.knowing
    ]
    rows += [
        Row(
            {
                "what": report.context.product(line.product),
                "expected": line.expected,
                "best": line.best,
                "value": line.value,
                "unit": report.context.unit(line.unit, line.basis),
            },
            "body",
            Words("产品未满足量（取整后）", "Products, after rounding").say(report.lang),
        )
        for line in report.figures.products
    ]
    own = Words(
        "预知的价值＝稳健方案的期望值－各未来单独最优值的加权和：若先知道需求再定采矿权，期望可少缺多少。"
        "某一产品的数可为负：先知道时可能让它让位于别的产品。",
        "Value of knowing = expected value of the robust plan less the weighted own bests: how "
        "much less would go unmet on average if demand were known before the rights are decided. "
        "That of one product may be negative where it gives way to another.",
    )
    title = Words("预知需求的价值", "Value of knowing demand in advance")
    stem = Words("预知需求的价值", "knowing")
    return table(report, KNOWING, title, stem, columns, rows, own)
