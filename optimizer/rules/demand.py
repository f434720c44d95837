"""DEMAND: what is produced, brought in and missing adds up to what is asked."""

from __future__ import annotations

import numpy as np

from minequota.optimizer.draft import NONE, Clause, Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule


def write(problem: Problem, draft: Draft) -> None:
    """Balance every product with a demand; supply from outside may exceed it, mines may not."""
    columns = draft.columns
    position = {product.name: p for p, product in enumerate(problem.products)}
    for y, year in enumerate(problem.years):
        for line in problem.demands:
            p = position[line.product.name]
            outside = line.imports + line.by_product
            unmet = columns.unmet[y, p] = draft.column(0.0, line.amount)
            surplus = columns.surplus[y, p] = draft.column(0.0, max(0.0, outside - line.amount))
            outputs = columns.output[y, problem.of_product(line.product)]
            outputs = outputs[outputs != NONE]
            index = np.concatenate([outputs, [unmet, surplus]])
            value = np.concatenate([np.ones(len(outputs)), [1.0, -1.0]])
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
                    year=year,
                    source=line.given.source,
                    index=index,
                    value=value,
                )
            )
        # Nobody produces what nobody asks for.
        asked = {line.product.name for line in problem.demands}
        for product in problem.products:
            if product.name not in asked:
                for column in columns.output[y, problem.of_product(product)]:
                    draft.fix(int(column), 0.0)
    draft.reach("DEMAND", len(problem.demands))


RULE = Rule(
    code="DEMAND",
    title_zh="供需平衡",
    title_en="Supply and demand",
    index="product p, year y",
    sentence="Production, imports, by-product supply and unmet demand equal demand and surplus.",
    formula="Σ_m output[y,m] + imports + by_product + unmet = demand + surplus",
    unit="product unit per year",
    years="all",
    attribute="binding",
    kind="definition",
    source="情景所列需求，各有来源",
    test="tests/optimizer/rules/test_demand.py",
    write=write,
)
