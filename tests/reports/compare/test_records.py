"""Hand-built answers side by side: every difference by hand."""

from dataclasses import replace

import compare_sample as two
import pytest
import report_sample as sample

from minequota.reports.compare.alignment import Alignment
from minequota.reports.compare.compared import compared
from minequota.reports.compare.mines import mine_lines


@pytest.fixture(scope="module")
def found():
    """Return the comparison of the two hand-made cases."""
    return compared(two.cases(), "low")


def by_right(lines):
    """Return lines by their right, those of rights without a name by their product or mineral."""
    return {line.right or getattr(line, "product", "") or line.mineral: line for line in lines}


def test_quotas(found):
    """A1 8 → 9.5, S3 30 → 28, Z1-1 20 → 40, and S1, which left, 0 → 5; A2 12.5 in both.

    S1 (stone) and S2 (magnesite) leave and are made up: lines without a licence.
    """
    mines = by_right(found.mines)
    assert {right: dict(line.values) for right, line in mines.items()} == {
        "A1": {"low": 8.0, "high": 9.5},
        "A2": {"low": 12.5, "high": 12.5},
        "A3": {"low": 0.0, "high": 0.0},
        "菱镁矿": {"low": 0.0, "high": 0.0},
        "S3": {"low": 30.0, "high": 28.0},
        "Z1-1": {"low": 20.0, "high": 40.0},
        "建筑石料": {"low": 0.0, "high": 5.0},
    }
    assert mines["A1"].differences == {"high": 1.5}
    assert mines["S3"].differences == {"high": -2.0}
    assert mines["Z1-1"].differences == {"high": 20.0}
    assert mines["A2"].differences == {"high": 0.0}


def test_the_largest_difference_comes_first(found):
    """In a product by size, whatever the sign; what does not differ stands last."""
    assert [line.right for line in found.mines] == ["A1", "Z1-1", "", "S3", "", "A2", "A3"]
    assert [line.differs for line in found.mines] == [True] * 4 + [False] * 3


def test_a_made_up_leaver_has_no_name(found):
    """S1 leaves in `low`, so it is named in neither case; S3 stays in both and is."""
    mines = by_right(found.mines)
    stone = mines["建筑石料"]
    assert (stone.named, stone.name, stone.right, stone.count) == (False, "", "", 1)
    assert (mines["S3"].named, mines["S3"].name) == (True, "合成丙矿")
    assert by_right(found.rights)["建筑石料"].name == ""
    leaving = next(line for line in found.outcomes if line.name == "leaving_rights")
    assert leaving.values == {"low": "A3;（不具名）2", "high": "A3;（不具名）1"}


def test_zones(found):
    """Z1: one right of 40 against two of 50 + 20."""
    (zone,) = found.zones
    assert zone.zone == "Z1"
    assert zone.issued == {"low": 1.0, "high": 2.0}
    assert zone.issued_differences == {"high": 1.0}
    assert zone.values == {"low": 40.0, "high": 70.0}
    assert zone.differences == {"high": 30.0}
    assert [one.right for one in zone.rights["high"]] == ["Z1-1", "Z1-2"]


def test_rights(found):
    """A2 is enlarged from 10 to 25, S1 stays with 10 where it left; A3 and S2 leave in both."""
    rights = by_right(found.rights)
    assert set(rights) == {"A2", "A3", "建筑石料", "菱镁矿"}
    assert {case: fate.kind for case, fate in rights["A2"].fates.items()} == {
        "low": "keep",
        "high": "expand",
    }
    assert rights["A2"].differences == {"high": 15.0}
    assert rights["建筑石料"].values == {"low": 0.0, "high": 10.0}
    assert not rights["A3"].differs
    assert [line.right for line in found.rights] == ["A2", "", "", "A3"]


def test_outcomes(found):
    """Demand 30 → 36, unmet 9.5 → 14, the goal 9.5/30 → 14/36; a status has no difference."""
    outcomes = {line.name: line for line in found.outcomes}
    assert outcomes["demand.菱镁矿"].differences == {"high": 6.0}
    assert outcomes["unmet.菱镁矿"].values == {"low": 9.5, "high": 14.0}
    assert outcomes["unmet.菱镁矿"].differences == {"high": 4.5}
    assert outcomes["output.菱镁矿"].differences == {"high": 1.5}
    assert outcomes["issued"].differences == {"high": 1.0}
    goal = outcomes["goal.unmet_demand_1"]
    assert goal.differences["high"] == pytest.approx(14 / 36 - 9.5 / 30, abs=1e-8)
    assert outcomes["status"].differences == {"high": None}
    assert found.goals[0].statuses == {"low": "optimal", "high": "within_gap"}


def test_inputs(found):
    """The demand and a holder differ, and nothing else."""
    lines = {(line.file, line.key): line for line in found.inputs}
    demand = lines["scenario.yaml", "demand.菱镁矿.amount"]
    assert demand.values == {"low": "30 万吨", "high": "36 万吨"}
    assert demand.sources["low"] == two.cases()[0].scenario.question.demand["菱镁矿"].source
    holder = lines["mines.csv", "A1.holder"]
    assert holder.values == {"low": "", "high": sample.FORMULA}
    assert not holder.synthetic
    assert set(lines) - {("mines.csv", "A1.provenance")} == {
        ("scenario.yaml", "demand.菱镁矿.amount"),
        ("mines.csv", "A1.holder"),
    }


def test_another_base_turns_the_signs():
    """Measured by `high`, `low` has 1.5 less for A1."""
    turned = compared(two.cases(), "high")
    assert by_right(turned.mines)["A1"].differences == {"low": -1.5}


def test_a_case_without_an_answer_is_a_column():
    """An infeasible base leaves no differences; what differs among the others still does."""
    low, high = two.cases()
    none = two.case("none", low.scenario, None)
    found = compared((none, low, high), "none")
    status = next(line for line in found.outcomes if line.name == "status")
    assert status.values == {"none": "infeasible", "low": "optimal", "high": "optimal"}
    a1 = by_right(found.mines)["A1"]
    assert set(a1.values) == {"low", "high"}
    assert a1.differences == {"low": None, "high": None}
    assert a1.differs
    assert found.mines[0].differs


def test_a_licence_of_one_register_alone():
    """A mine that the other case's register does not have is not given 0 there: it is not known."""
    low, high = two.cases()
    short = replace(high.scenario, rights=high.scenario.rights[1:])
    answer = replace(high.allocation, quotas=high.allocation.quotas[1:])
    found = compared((low, replace(high, scenario=short, allocation=answer)), "low")
    a1 = by_right(found.mines)["A1"]
    assert a1.values == {"low": 8.0, "high": None}
    assert a1.differences == {"high": None}
    assert a1.differs
    present = {line.key: line.values for line in found.inputs}
    assert present["A1.name"] == {"low": sample.FORMULA, "high": None}


def test_mines_of_another_plan_are_left_out():
    """With a plan of their own the six figures of `high` that `low` lacks are not laid beside."""
    low, high = two.cases()
    plan = high.scenario.plan.model_copy(update={"id": "other"})
    quotas = tuple(replace(one, right=f"X{one.right}") for one in high.allocation.quotas)
    rights = tuple(replace(one, licence=f"X{one.licence}") for one in high.scenario.rights)
    other = replace(
        high,
        scenario=replace(high.scenario, plan=plan, rights=rights),
        allocation=replace(high.allocation, quotas=quotas),
    )
    lines, left_out = mine_lines(Alignment((low, other), "low"))
    assert (lines, left_out) == ((), 13)
    same = replace(other, allocation=high.allocation)
    lines, left_out = mine_lines(Alignment((low, same), "low"))
    assert (sum(line.count for line in lines), left_out) == (6, 1)


def test_single_years_that_differ_are_one_year():
    """2025 against 2026, each alone: the figures of the year planned stand side by side."""
    low, high = two.cases()
    quotas = tuple(replace(one, year=2026) for one in high.allocation.quotas)
    later = replace(high.allocation, year=2026, years=(2026,), quotas=quotas)
    lines, _ = mine_lines(Alignment((low, replace(high, allocation=later)), "low"))
    assert by_right(lines)["A1"].values == {"low": 8.0, "high": 9.5}
    assert by_right(lines)["A1"].year is None


def test_a_figure_that_is_awaited():
    """A zero that waits for a document differs from a zero that is given."""
    low, high = two.cases()
    first, *rest = high.allocation.quotas
    waiting = replace(high.allocation, quotas=(replace(first, amount=8.0, awaiting=True), *rest))
    lines, _ = mine_lines(Alignment((low, replace(high, allocation=waiting)), "low"))
    assert by_right(lines)["A1"].awaiting == ("high",)
    assert by_right(lines)["A1"].differs
