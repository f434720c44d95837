"""DEMAND: what is produced, brought in and missing adds up to what is asked."""

from __future__ import annotations

import numpy as np

from minequota.optimizer.by_products import most_by_product
from minequota.optimizer.demand import DemandLine
from minequota.optimizer.draft import INFINITY, NONE, Clause, Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule


def write(problem: Problem, draft: Draft) -> None:
    """Balance every product with a demand, year by year; what nobody asks for is not produced."""
    for y, year in enumerate(problem.years):
        asked = set()
        for line in problem.demands_in(year):
            asked.add(line.product.name)
            _balance(problem, draft, y, line)
        for product in problem.products:
            if product.name not in asked:
                for column in draft.columns.output[y, problem.of_product(product)]:
                    draft.fix(int(column), 0.0)
    draft.reach("DEMAND", len(problem.demands))


def _balance(problem: Problem, draft: Draft, y: int, line: DemandLine) -> None:
    """Write the balance of one product in one year.

    Mines follow demand and never exceed it: only what comes from outside may. By-products are
    taken as far as they are needed. Where the cap is handed out, its figure leads and demand
    measures; a product with demand centres still goes to these alone.
    """
    columns = draft.columns
    p = [product.name for product in problem.products].index(line.product.name)
    outputs = columns.output[y, problem.of_product(line.product)]
    outputs = outputs[outputs != NONE]
    outside = line.imports + line.by_product
    lacking = max(0.0, line.amount - outside)
    beyond = max(0.0, outside - line.amount)
    measured: list[int] = []
    if line.given.by_product_from:
        following = columns.by_product[y, p] = draft.column(0.0, lacking)
        terms = most_by_product(problem, draft, y, line)
        draft.sum_row([(following, 1.0), *((c, -v) for c, v in terms)], -INFINITY, 0.0)
        measured.append(following)
    if line.handed_out is not None:
        rest = columns.not_handed[y, p] = draft.column(0.0, line.handed_out)
        handed = np.append(outputs, rest)
        draft.row(handed, np.ones(len(handed)), line.handed_out, line.handed_out)
        if not line.places:
            beyond += line.handed_out
    unmet = columns.unmet[y, p] = draft.column(0.0, line.amount)
    surplus = columns.surplus[y, p] = draft.column(0.0, beyond)
    index = np.concatenate([outputs, np.array([*measured, unmet, surplus], dtype=np.int64)])
    draft.clause(
        Clause(
            id=f"DEMAND.{line.product.name}",
            code="DEMAND",
            title_zh=f"{line.product.name}供需平衡",
            title_en=f"Balance of {line.product.en}",
            attribute="binding",
            sense="level",
            limit=line.amount,
            lower=line.amount - outside,
            upper=line.amount - outside,
            unit=line.product.unit,
            year=line.year,
            source=line.given.source,
            index=index,
            value=np.append(np.ones(len(index) - 1), -1.0),
        )
    )


RULE = Rule(
    code="DEMAND",
    title_zh="供需平衡",
    title_en="Supply and demand",
    index="product p, year y",
    sentence=(
        "Production, imports, by-product supply and unmet demand equal demand and surplus; mines "
        "never exceed demand, except where the whole cap is handed out."
    ),
    formula=(
        "Σ_m output[y,m] + imports + by_product[y] + unmet[y] = demand[y] + surplus[y]; "
        "by_product[y] ≤ fixed + Σ per_ore · ore[y,m]; "
        "handing out the cap: Σ_m output[y,m] + not_handed[y] = cap[y] · (1 − holdback)"
    ),
    unit="product unit per year",
    years="all",
    attribute="binding",
    kind="definition",
    source="情景所列需求，各有来源",
    test="tests/optimizer/rules/test_demand.py",
    write=write,
)
