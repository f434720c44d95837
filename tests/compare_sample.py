"""Two hand-made answers to one question, for the tests of comparisons.

Tiny City, 2025, as `report_sample` has it: the case `low` is its answer. The case `high` differs by
hand: A1 gets 9.5 instead of 8 (+1.5), A2 the same 12.5, S3 28 instead of 30 (−2). Zone Z1 issues
Z1-1 of 50 instead of 40 and Z1-2 of 20 besides: two rights instead of one (+1), 70 instead of 40
(+30). S1, made up, stays with its 10, where it left in `low` (+10); A2 of 10 is enlarged to 25
(+15). Magnesite: demand 36 (+6), output 22 (+1.5), unmet 14 (+4.5).
"""

from __future__ import annotations

from dataclasses import replace

import report_sample as sample

from minequota.optimizer.allocation import Allocation, Reorganisation, SolveStatus
from minequota.reports.compare.case import Case
from minequota.reports.text import Words
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

ENLARGED = Reorganisation(
    id="E2",
    kind="expand",
    right="A2",
    name=sample.SCRIPT,
    members=("A2",),
    holder="",
    county="东县",
    mineral="菱镁矿",
    capacity_before=10.0,
    capacity=25.0,
    minimum=0.0,
    capacity_unit="万吨",
    size_class="medium",
    year=2025,
    first_output_year=2025,
    synthetic=False,
    assumed=False,
    source="test",
)


def high_allocation() -> Allocation:
    """Return the answer of the case `high`."""
    low = sample.allocation()
    a1, a2, a3, s2, s3, z1 = low.quotas
    actions = tuple(
        replace(one, kind="keep", grounds=(), rule="", name=sample.SECRET)
        if one.right == "S1"
        else replace(one, kind="expand", project="E2")
        if one.right == "A2"
        else one
        for one in low.actions
    )
    return replace(
        low,
        goals=(replace(low.goals[0], value=14 / 36, status=SolveStatus.WITHIN_GAP),),
        quotas=(
            replace(a1, amount=9.5),
            a2,
            a3,
            s2,
            replace(s3, amount=28.0),
            replace(z1, amount=40.0),
            sample.quota("S1", sample.SECRET, 5.0, 30.0, synthetic=True, **sample.STONE),
        ),
        issuance=(sample.issuance("Z1-1", 50.0), sample.issuance("Z1-2", 20.0)),
        actions=actions,
        reorganisations=(ENLARGED,),
        balance=(
            sample.balance("菱镁矿", "万吨", demand=36.0, production_existing=22.0, unmet=14.0),
            low.balance[1],
        ),
    )


def high_scenario() -> Scenario:
    """Return the question of `high`: more is asked for, and A1 has a holder."""
    low = sample.scenario()
    demand = low.question.demand["菱镁矿"]
    asked = {**low.question.demand, "菱镁矿": demand.model_copy(update={"amount": ASKED})}
    first, *rest = low.rights
    return replace(
        low,
        question=low.question.model_copy(update={"demand": asked}),
        rights=(replace(first, holder=sample.FORMULA), *rest),
    )


ASKED = Quantity(36.0, "万吨")


def case(name: str, scenario: Scenario, allocation: Allocation | None, **changes: object) -> Case:
    """Return a column."""
    status = SolveStatus.INFEASIBLE if allocation is None else allocation.status
    given: dict[str, object] = {
        "name": name,
        "title": Words(f"案例{name}", f"case {name}"),
        "kind": "case",
        "scenario": scenario,
        "status": status,
        "allocation": allocation,
    }
    return Case(**(given | changes))  # type: ignore[arg-type]


def cases() -> tuple[Case, Case]:
    """Return the two columns, `low` first."""
    low = replace(sample.scenario(), rights=sample.scenario().rights)
    return (
        case("low", low, sample.allocation()),
        case("high", high_scenario(), high_allocation()),
    )
