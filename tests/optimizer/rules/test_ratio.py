"""RATIO: closing small rights, issuing large ones, and the class boundary."""

import builders
import pytest
from small import clause, extra, goal, issued, leaving, magnesite, mine, stone

from minequota.optimizer.solve import solve
from minequota.optimizer.stages import NoAllocationError
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document


def register(small=3):
    """Return a medium mine and some small ones."""
    return [
        mine("M", "60 万吨", size_class="medium"),
        *(mine(f"S{k}", "10 万吨") for k in range(1, small + 1)),
    ]


def wanted(share, rights=None, blocks=(), plan=None, **changes):
    """Return a small year under one ratio."""
    own = {"caps": [], "ratios": [builders.ratio(share, **changes)]} | (plan or {})
    rights = register() if rights is None else rights
    return magnesite(rights, "5 万吨", own, extra_candidates=list(blocks))


@pytest.mark.parametrize("attribute", ["binding", "expected"])
@pytest.mark.parametrize(
    ("share", "gone"),
    [
        (0.25, []),  # 1 of 4 is exactly a quarter.
        (0.26, ["S3"]),
        (1 / 3, ["S3"]),
        (0.5, ["S2", "S3"]),
        (1.0, ["S1", "S2", "S3"]),
    ],
)
def test_small_rights_leave_until_the_share_is_reached(share, gone, attribute):
    """One medium right of four."""
    answer = solve(wanted(share, attribute=attribute))
    assert leaving(answer) == gone
    line = clause(answer, "RATIO.large_medium_ratio")
    assert line.used == pytest.approx(100 / (4 - len(gone)))
    assert (line.limit, line.unit) == (pytest.approx(100 * share), "%")
    assert line.missed_by == 0


def test_large_counts_as_medium_does():
    """One large and one medium of four are the half."""
    rights = [mine("L", "100 万吨", size_class="large"), *register(2)]
    assert leaving(wanted(0.5, rights)) == []


def test_an_issued_right_raises_the_share_without_a_closure():
    """40 % of four need one closure; a block of 50, the boundary of medium, makes it 2 / 5.

    Closures come before issues, so the block is issued although nobody asks for its ore, and no
    larger than the boundary, which belongs to the upper class.
    """
    answer = solve(wanted(0.4, blocks=[extra("X", "60 万吨")]))
    assert (leaving(answer), issued(answer)) == ([], {"X": 50})
    assert answer.issuance[0].size_class == "medium"
    assert clause(answer, "RATIO.large_medium_ratio").used == pytest.approx(40)


@pytest.mark.parametrize(
    ("maximum", "gone", "capacity"),
    [
        # Whoever can only be small helps nobody: 2 must leave for 1 / 2.
        ("49 万吨", ["S2", "S3"], {}),
        ("50 万吨", [], {"X": 50}),
    ],
)
def test_the_boundary_belongs_to_the_upper_class(maximum, gone, capacity):
    """40 % with a block just below, or at, the boundary of 50."""
    answer = solve(wanted(0.4, blocks=[extra("X", maximum)]))
    assert (leaving(answer), issued(answer)) == (gone, capacity)


def test_a_block_that_is_always_medium_counts_at_its_minimum():
    """On a medium deposit (minimum 50) the block counts as medium whatever its capacity."""
    block = extra("X", "60 万吨", deposit_class="medium")
    assert issued(wanted(0.4, blocks=[block])) == {"X": 50}


def test_a_new_small_right_weighs_against_the_share():
    """5 more are asked of nobody: a small block alone would make 1 / 5 < 1 / 4."""
    own = {"caps": [], "ratios": [builders.ratio(0.25)]}
    rights = [mine("M", "3 万吨", size_class="medium"), *(mine(f"S{k}", "0.1 万吨") for k in "123")]
    answer = solve(magnesite(rights, "8 万吨", own, extra_candidates=[extra("X", "20 万吨")]))
    # 4.7 are missing without it: the block of 10 comes, and one small right leaves for it.
    assert issued(answer) == {"X": 10}
    assert len(leaving(answer)) == 1
    assert clause(answer, "RATIO.large_medium_ratio").used == pytest.approx(25)


def test_the_size_class_of_stone_is_by_volume():
    """A zone right of at least 20 万立方米 is large (from 10): 1 of 2 without a closure."""
    plan = builders.tiny_plan()
    minerals = [one | {"class_row": "building_stone"} for one in plan["minerals"][1:2]]
    minerals = [plan["minerals"][0], *minerals, plan["minerals"][2]]
    ratios = [builders.ratio(0.5, scope={"minerals": ["建筑石料"]})]
    quarry = builders.right("C", "西县", "建筑石料", "4 万立方米", zone="Z1")
    scenario = stone([quarry], "1 万立方米", {"minerals": minerals, "ratios": ratios})
    answer = solve(scenario)
    assert (leaving(answer), issued(answer)) == ([], {"Z1-1": 20})
    assert answer.issuance[0].size_class == "large"


def test_scope():
    """A share of a half among the east's rights only: one of its two small mines leaves."""
    rights = [
        mine("M", "60 万吨", size_class="medium"),
        *(mine(f"S{k}", "10 万吨") for k in (1, 2)),
        mine("W", "10 万吨", "西县"),
    ]
    assert leaving(wanted(0.5, rights, scope={"county": "东县"})) == ["S2"]


def test_an_expected_ratio_that_nobody_can_reach():
    """No medium right and three protected small ones: 0.5 × 3 missing of a base of 0.5 × 3."""
    rights = [mine(f"S{k}", "10 万吨", green=True) for k in (1, 2, 3)]
    answer = solve(wanted(0.5, rights, attribute="expected"))
    assert goal(answer, "expected_indicators").value == pytest.approx(1)
    assert clause(answer, "RATIO.large_medium_ratio").missed_by == pytest.approx(50)


def test_a_binding_ratio_that_protection_forbids_is_infeasible():
    """Three protected small rights can never be half medium."""
    rights = [mine(f"S{k}", "10 万吨", green=True) for k in (1, 2, 3)]
    with pytest.raises(NoAllocationError):
        solve(wanted(0.5, rights))


def test_nobody_left_keeps_any_ratio():
    """Three unprotected small rights under a binding half: all leave."""
    assert leaving(wanted(0.5, register()[1:])) == ["S1", "S2", "S3"]


@pytest.mark.parametrize("capacity", ["10 万吨", "60 万吨"])
def test_a_ceiling_on_the_share_sees_the_class_that_is_issued(capacity):
    """At most a quarter large or medium: a new right of 60 would be the second of five."""
    own = {"caps": [], "ratios": [builders.ratio(0.25, sense="ceiling")]}
    demand = "90 万吨" if capacity == "10 万吨" else "145 万吨"
    answer = solve(magnesite(register(), demand, own, extra_candidates=[extra("X", "60 万吨")]))
    # 60 + 3 × 10 = 90 are there; a small block may add 49 of the 55 more that are asked.
    assert issued(answer) == ({} if capacity == "10 万吨" else {"X": 49})
    assert clause(answer, "RATIO.large_medium_ratio").missed_by == 0


def about(share, tolerance, rights, **changes):
    """Return a year under one binding ratio that is to be met about."""
    return wanted(share, rights, sense="about", tolerance=tolerance, **changes)


def test_about_is_about_the_rights_held():
    """Half ± 30 % of the rights held: with k small ones gone 2 / (10 − k) ≥ 0.35, so k = 5.

    By the ten on the register the band would be ± 1.5 rights, and k = 3 (2 ≥ 3.5 − 1.5) enough.
    """
    rights = [*register(8), mine("N", "60 万吨", size_class="medium")]
    scenario = about(0.5, 0.3, rights)
    answer = solve(scenario)
    assert len(leaving(answer)) == 5
    line = clause(answer, "RATIO.large_medium_ratio")
    assert (line.used, line.missed_by) == (pytest.approx(40), 0)
    # 15 points of band, 10 of them used.
    assert line.slack == pytest.approx(5)
    assert verify_records(scenario, allocation_document(scenario, answer)) == ()


def test_about_counts_both_ways():
    """Two medium of three are 67 %; half ± 30 % lets at most 65 % be, so a medium one goes."""
    rights = [*register(1), mine("N", "60 万吨", size_class="medium")]
    options = {"protection": {"never_close": []}}
    own = {"caps": [], "ratios": [builders.ratio(0.5, sense="about", tolerance=0.3)]}
    answer = solve(magnesite(rights, "5 万吨", own, options=options))
    assert leaving(answer) in (["M"], ["N"])


def test_a_miss_about_a_share_begins_at_the_edge_of_the_band():
    """One medium of four, all protected, of 0.5 ± 20 %: 1 ≥ (0.5 − 0.1) · 4 − 0.6.

    0.6 of a base of 0.5 · 4 in the goal; 40 − 25 = 15 percentage points in the table.
    """
    rights = [mine(f"S{k}", "10 万吨", green=True) for k in (1, 2, 3)] + register(0)
    scenario = about(0.5, 0.2, rights, attribute="expected")
    answer = solve(scenario)
    assert goal(answer, "expected_indicators").value == pytest.approx(0.3)
    assert clause(answer, "RATIO.large_medium_ratio").missed_by == pytest.approx(15)
    assert verify_records(scenario, allocation_document(scenario, answer)) == ()
