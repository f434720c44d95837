"""Caps from above, in other bases, of one use, and as a multiple of a base."""

import builders
import pytest
from small import asked, clause, magnesite, mine, quotas

from minequota.optimizer.solve import solve

FREE = {"caps": []}
HANDED_DOWN = {
    "id": "magnesite_above",
    "title": {"zh": "菱镁矿开采总量", "en": "magnesite"},
    "product": "菱镁矿",
    "attribute": "binding",
    "years": {"first": 2021, "last": 2025},
    "issuer": "省自然资源厅",
    "source": "第六章",
}


def document(**changes):
    """Return one document's figure for 2025."""
    return {"product": "菱镁矿", "year": 2025, "document": "〔2025〕1号"} | changes


def test_without_the_figure_there_is_no_quota():
    """Never invented, never unlimited: nothing is handed out, and the line is not judged."""
    answer = solve(
        magnesite([mine("A", "9 万吨")], "9 万吨", FREE | {"handed_down": [HANDED_DOWN]})
    )
    (quota,) = answer.quotas
    assert (quota.amount, quota.awaiting, quota.kind) == (0, True, "control")
    assert quota.reason.startswith("待下达")
    line = clause(answer, "CAP.magnesite_above")
    assert (line.limit, line.verdict, line.applies) == (None, "not_judged", True)
    assert clause(answer, "DEMAND.菱镁矿").missed_by == 9


def test_with_the_figure_the_right_split_appears():
    """6 of 9 wanted, over capacities of 9 and 3: 4.5 and 1.5."""
    answer = solve(
        magnesite(
            [mine("A", "9 万吨"), mine("B", "3 万吨")],
            "9 万吨",
            FREE | {"handed_down": [HANDED_DOWN]},
            caps_from_above=[document(amount="6 万吨")],
        )
    )
    assert quotas(answer) == {"A": 4.5, "B": 1.5}
    assert not any(one.awaiting for one in answer.quotas)
    assert [one.clause for one in answer.caps] == ["CAP.above.菱镁矿"]


def test_the_stricter_of_plan_and_document_holds():
    """The plan's 21 for the east against 6 from above, and 25 from above against the 21."""
    rights = [mine("A", "30 万吨")]
    low = magnesite(rights, "30 万吨", caps_from_above=[document(amount="6 万吨")])
    high = magnesite(rights, "30 万吨", caps_from_above=[document(amount="25 万吨")])
    assert quotas(low) == {"A": 6}
    assert quotas(high) == {"A": 21}


def test_batches_of_one_year_add_up_and_show():
    """4 and then 2: 6 in all, handed out in the two tranches."""
    answer = solve(
        magnesite(
            [mine("A", "9 万吨")],
            "9 万吨",
            FREE,
            caps_from_above=[
                document(amount="4 万吨"),
                document(amount="2 万吨", batch=2, document="〔2025〕7号"),
            ],
        )
    )
    (quota,) = answer.quotas
    assert (quota.amount, quota.batches) == (6, (4, 2))
    assert "〔2025〕7号" in answer.caps[0].source


def test_batches_may_be_the_scenarios_own():
    """A first batch of 60 % of 9: 5.4 and 3.6."""
    answer = solve(
        magnesite(
            [mine("A", "9 万吨")], "9 万吨", FREE, options={"batches": {"菱镁矿": [0.6, 0.4]}}
        )
    )
    assert answer.quotas[0].batches == pytest.approx((5.4, 3.6))


def test_main_and_comprehensive_use_have_caps_of_their_own():
    """5 for main use and 1 for comprehensive use."""
    answer = solve(
        magnesite(
            [mine("A", "9 万吨"), mine("B", "9 万吨", use="comprehensive")],
            "12 万吨",
            FREE,
            caps_from_above=[document(main="5 万吨", comprehensive="1 万吨")],
        )
    )
    assert quotas(answer) == {"A": 5, "B": 1}
    assert {one.right: one.use for one in answer.quotas} == {"A": "main", "B": "comprehensive"}
    assert {one.clause: one.used for one in answer.caps} == {
        "CAP.above.菱镁矿.main": 5,
        "CAP.above.菱镁矿.comprehensive": 1,
    }


def test_a_county_without_a_figure_waits_alone():
    """Only the east has a figure."""
    answer = solve(
        magnesite(
            [mine("A", "9 万吨"), mine("B", "9 万吨", "西县")],
            "18 万吨",
            FREE | {"handed_down": [HANDED_DOWN]},
            caps_from_above=[document(amount="6 万吨", county="东县")],
        )
    )
    assert quotas(answer) == {"A": 6, "B": 0}
    assert {one.right: one.awaiting for one in answer.quotas} == {"A": False, "B": True}


def test_demand_from_a_cap_that_is_not_there_is_nothing():
    """No figure: nothing is asked, nothing is missed."""
    answer = solve(
        magnesite(
            [mine("A", "9 万吨")],
            {"from_cap": True, "assumed": True, "source": "test"},
            FREE | {"handed_down": [HANDED_DOWN]},
        )
    )
    assert clause(answer, "DEMAND.菱镁矿").missed_by == 0


def metal(**changes):
    """Return the tiny plan's products with magnesite counted by its contents at 50 %."""
    first, second = builders.tiny_plan()["products"]
    return {"products": [first | {"basis": "mineral", "grade": 0.5} | changes, second]}


def test_a_cap_in_another_basis_is_counted_in_it():
    """Demand and quota count content at 50 %; a cap of 6 of ore is 3 of content."""
    plan = metal() | {"caps": [builders.cap("ore", "6 万吨", basis="ore")]}
    answer = solve(magnesite([mine("A", "20 万吨")], "9 万吨", plan))
    (quota,) = answer.quotas
    assert (quota.amount, quota.ore) == (3, 6)
    (use,) = answer.caps
    assert (use.used, use.limit, use.basis) == (6, 6, "ore")


def test_the_rights_own_grade_counts():
    """At 20 % in A and 50 % in B, 6 of ore each way is 1.2 and 3 of content."""
    plan = metal() | {"caps": [builders.cap("east", "6 万吨", "东县", basis="ore")]}
    answer = solve(magnesite([mine("A", "20 万吨", grade=0.2)], "9 万吨", plan))
    assert quotas(answer) == {"A": 1.2}


def test_recovery_takes_its_part():
    """10 of ore at 50 % and a recovery of 80 %: 4."""
    plan = metal(recovery=0.8) | FREE
    assert quotas(magnesite([mine("A", "10 万吨")], "9 万吨", plan)) == {"A": 4}


def multiple(**changes):
    """Return a plan whose cap is three times the base-year output, hoped for as a floor."""
    return {
        "caps": [
            builders.cap("triple", "0 万吨", attribute="expected", sense="forecast")
            | {"amount": None, "times_base": 3, "hoped": "floor"}
            | changes
        ]
    }


@pytest.mark.parametrize(("synthetic", "verdict"), [(True, "not_judged"), (False, "met")])
def test_a_multiple_of_a_made_up_base_is_never_met(synthetic, verdict):
    """3 × 2 = 6 is reached by 9; with an invented base nobody may say so."""
    base = {"菱镁矿": {"amount": "2 万吨", "synthetic": synthetic, "source": "test"}}
    answer = solve(magnesite([mine("A", "9 万吨")], "9 万吨", multiple(), base_outputs=base))
    line = clause(answer, "CAP.triple")
    assert (line.limit, line.used, line.verdict) == (6, 9, verdict)


def test_a_forecast_is_only_compared():
    """5 of 6 hoped for: nothing is forced, the miss is said."""
    plan = {"caps": [builders.cap("hope", "6 万吨", sense="forecast", hoped="floor")]}
    answer = solve(magnesite([mine("A", "9 万吨")], "5 万吨", plan))
    assert quotas(answer) == {"A": 5}
    assert clause(answer, "CAP.hope").verdict == "missed"


def test_a_holdback_is_kept_of_what_comes_from_above_too():
    """A tenth of 6 is kept back."""
    answer = solve(
        magnesite(
            [mine("A", "9 万吨")],
            asked("9 万吨"),
            FREE,
            caps_from_above=[document(amount="6 万吨")],
            options={"holdback": {"菱镁矿": 0.1}},
        )
    )
    assert quotas(answer) == {"A": 5.4}
    assert answer.caps[0].held_back == pytest.approx(0.6)


def test_each_use_has_its_own_batches():
    """Main 3 + 1 and comprehensive 0.5 + 1.5: four and two, each split as its documents say."""
    answer = solve(
        magnesite(
            [mine("A", "9 万吨"), mine("B", "9 万吨", use="comprehensive")],
            "12 万吨",
            FREE,
            caps_from_above=[
                document(main="3 万吨", comprehensive="0.5 万吨"),
                document(main="1 万吨", comprehensive="1.5 万吨", batch=2),
            ],
        )
    )
    assert {one.right: one.batches for one in answer.quotas} == {"A": (3, 1), "B": (0.5, 1.5)}


def test_a_figure_for_one_use_frees_no_other():
    """Handed down for main use alone: comprehensive use goes on waiting."""
    answer = solve(
        magnesite(
            [mine("A", "9 万吨"), mine("B", "9 万吨", use="comprehensive")],
            "18 万吨",
            FREE | {"handed_down": [HANDED_DOWN]},
            caps_from_above=[document(main="5 万吨")],
        )
    )
    assert quotas(answer) == {"A": 5, "B": 0}
    assert {one.right: one.awaiting for one in answer.quotas} == {"A": False, "B": True}


def test_a_holdback_lowers_no_floor():
    """At least 8, a tenth held back: 8 stays 8, and 7 miss it by 1."""
    plan = {"caps": [builders.cap("floor", "8 万吨", sense="floor", attribute="expected")]}
    answer = solve(
        magnesite([mine("A", "9 万吨")], "7 万吨", plan, options={"holdback": {"菱镁矿": 0.1}})
    )
    line = clause(answer, "CAP.floor")
    assert (line.limit, line.missed_by, line.verdict) == (8, 1, "missed")
