"""What is merged, enlarged, held back or ramping up is read as the rules say, and no other way.

Each question is solved; its answer passes, and the same answer to a neighbouring question, or a
changed answer, does not.
"""

from datetime import date

import builders
import pytest
from small import asked, calendar, expansion, extra, magnesite, merger, mine, quarry
from wrong import other_question, row

from minequota.optimizer.solve import solve
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document
from minequota.scenarios.scenario import Scenario

WIDE = [builders.cap("wide", "500 万吨")]
#: One right must go, so two merge rather than one be closed.
ONE_LESS = {"caps": WIDE, "counts": [builders.count(1)]}


def metal():
    """Return products whose magnesite counts as metal."""
    products = builders.tiny_plan()["products"]
    return [products[0] | {"basis": "metal", "grade": 0.4}, products[1]]


def solved(scenario: Scenario):
    """Return the records of an answer."""
    return allocation_document(scenario, solve(scenario))


def codes(scenario, records):
    """Return the codes of all faults."""
    return {one.code for one in verify_records(scenario, records)}


def lowered(records, right, year, amount):
    """Lower one figure and keep its ore and share in step."""
    one = row(records, "quotas", right, year=year)
    part = amount / one["amount"]
    one.update(
        amount=amount, ore=one["ore"] * part, share_of_capacity=one["share_of_capacity"] * part
    )


def test_last_output_above_the_licence_asks_no_more_than_the_licence():
    """15 made of 10 licensed, down by a tenth: 13.5 cannot be kept, 10 must be, 8 is too little."""
    steady = {"steady": {"up": 0.1, "down": 0.1, "source": "test"}}
    rights = [mine("A", "10 万吨", last_output="15 万吨"), mine("B", "20 万吨")]
    scenario = magnesite(rights, "30 万吨", {"caps": WIDE}, **calendar(2024, **steady))
    records = solved(scenario)
    assert verify_records(scenario, records) == ()
    assert row(records, "quotas", "A", year=2024)["amount"] == 10
    lowered(records, "A", 2024, 8.0)
    assert "quota_unsteady" in codes(scenario, records)


def enlarging(**changes):
    """Return a mine of 10 enlarged to 40, and what it is asked for."""
    options = {"lead_time": 1, "steady": {"up": 0.1, "down": 0.1, "source": "test"}}
    years = {2023: "10 万吨", 2024: "10 万吨"}
    return magnesite(
        [mine("A", "10 万吨", **changes)],
        asked("40 万吨", by_year=years),
        {"caps": WIDE},
        expansions=[expansion("A", "40 万吨")],
        **calendar(2023, **options),
    )


def test_an_enlarged_right_is_free_from_the_year_of_the_decision_on():
    """Decided in 2024 it yields in 2025: 40 after 10 is no unsteady output."""
    scenario = enlarging(last_output="10 万吨")
    records = solved(scenario)
    assert row(records, "quotas", "A", year=2025)["amount"] == 40
    assert verify_records(scenario, records) == ()
    without = other_question(scenario, {}, {"expansions": []})
    assert "quota_unsteady" in codes(without, records)


def test_an_expansions_reserves_bound_a_right_whose_own_are_unknown():
    """60 are dug until 2025; 59 would not be enough."""
    stated = {"id": "enlarge", "right": "A", "capacity": "40 万吨", "source": "专栏九"}
    scenario = enlarging(last_output="10 万吨")
    records = solved(scenario)
    for reserves, found in (("60 万吨", False), ("59 万吨", True)):
        other = other_question(
            scenario, {}, {"expansions": [stated | {"reserves": reserves, "years": None}]}
        )
        assert ("reserves_exceeded" in codes(other, records)) is found


def test_what_an_expansion_adds_is_not_dug_before_it_is_decided():
    """Reserves 25, 200 once enlarged: 10 a year are dug by 2024; of 15 the second year is short."""
    stated = {"reserves": "200 万吨"}
    for own, found in (("25 万吨", False), ("15 万吨", True)):
        scenario = enlarging(last_output="10 万吨", reserves="25 万吨")
        scenario = other_question(
            scenario, {}, {"expansions": [expansion("A", "40 万吨", **stated)]}
        )
        records = solved(scenario)
        # Enlarged in 2025 at once: until then only its own reserves are there.
        row(records, "reorganisations", "enlarge").update(year=2025)
        rights = enlarging(last_output="10 万吨", reserves=own).rights
        told = codes(Scenario(scenario.name, scenario.plan, scenario.question, rights), records)
        assert ("reserves_exceeded" in told) is found


def unlike(**question):
    """Return two mines of unlike ore that merge: 10 at a tenth and 90 at a half."""
    rights = [
        mine("A", "10 万吨", grade=0.1, green=True, reserves="100 万吨"),
        mine("B", "90 万吨", grade=0.5, green=True, reserves="80 万吨"),
    ]
    plan = ONE_LESS | {"products": metal(), "caps": [builders.cap("ore", "60 万吨", basis="ore")]}
    return magnesite(rights, "50 万吨", plan, mergers=[merger("ab", "A", "B")], **question)


def test_merged_ore_is_counted_by_its_members():
    """100 of ore hold 46 of metal: a cap of 60 in ore lets 27.6 of metal be made."""
    scenario = unlike()
    records = solved(scenario)
    assert verify_records(scenario, records) == ()
    assert row(records, "quotas", "merger:ab")["amount"] == pytest.approx(27.6)
    tighter = [builders.cap("ore", "59 万吨", basis="ore")]
    assert "cap_exceeded" in codes(other_question(scenario, {"caps": tighter}, {}), records)


def test_merged_reserves_are_what_the_members_hold():
    """100 at a tenth and 80 at a half hold 50 of metal, whatever the mean grade of the licences."""
    wide = {"caps": [builders.cap("ore", "900 万吨", basis="ore")]}
    for life, found in ((1, False), (1.05, False), (1.1, True)):
        scenario = other_question(unlike(), wide, {})
        records = solved(scenario)
        other = other_question(scenario, {}, {"options": {"least_service_life": life}})
        # 46 a year: 50 last 1.087 years; by the mean grade 82.8 would last 1.8.
        assert ("reorganised_beyond_reserves" in codes(other, records)) is found


def test_waste_of_merged_mines_is_counted_by_their_ore():
    """Half a 万立方米 a 万吨 of ore: 60 of ore bring 30 of stone, not more."""
    waste = {"minerals": ["菱镁矿"], "per_ore": "0.5 万立方米", "assumed": True, "source": "t"}
    stone = asked("40 万立方米", by_product_from=[waste], priority=2)
    scenario = unlike()
    demand = {"菱镁矿": asked("50 万吨"), "建筑石料": stone}
    scenario = other_question(scenario, {}, {"demand": demand})
    records = solved(scenario)
    assert verify_records(scenario, records) == ()
    line = row(records, "balance", "建筑石料")
    assert line["by_product"] == pytest.approx(30)
    line.update(by_product=30.5, unmet=9.5)
    assert "by_product_impossible" in codes(scenario, records)


def test_a_ramping_right_is_asked_its_share_of_the_minimum():
    """Half of its capacity in the first year: half of the minimum of 10, not all of it."""
    table = builders.minimum_scale("magnesite", ["菱镁矿"], "100 万吨", "50 万吨", "10 万吨")
    options = {"minimum_binds_output": True, "ramp_up": [0.5], "lead_time": 0}
    scenario = magnesite(
        [],
        asked("12 万吨", by_year={2024: "6 万吨"}),
        {"caps": WIDE, "minimum_scales": [table]},
        extra_candidates=[extra("P", "14 万吨")],
        **calendar(2024, **options),
    )
    records = solved(scenario)
    assert verify_records(scenario, records) == ()
    assert row(records, "quotas", "P", year=2024)["amount"] == 6
    lowered(records, "P", 2024, 4.9)
    assert "quota_below_least" in codes(scenario, records)


def test_a_floor_is_not_held_back():
    """20 must be reached whatever is kept for later: 18 misses it, and nothing is held back."""
    floor = builders.cap("least", "20 万吨", sense="floor", attribute="expected")
    scenario = magnesite(
        [mine("A", "30 万吨")], "18 万吨", {"caps": [floor]}, options={"holdback": {"菱镁矿": 0.1}}
    )
    records = solved(scenario)
    assert verify_records(scenario, records) == ()
    line = row(records, "caps", "CAP.least")
    assert (line["limit"], line["held_back"], line["verdict"]) == (20, 0, "missed")
    line.update(limit=18.0, held_back=2.0, verdict="met")
    assert {"cap_limit", "cap_held_back", "cap_verdict"} <= codes(scenario, records)


def documents(**parts):
    """Return a plan that leaves magnesite to the province, and one document of 2025."""
    handed = {
        "id": "handed",
        "title": builders.name("下达"),
        "product": "菱镁矿",
        "attribute": "binding",
        "years": builders.YEARS,
        "issuer": "省厅",
        "source": "专栏一",
    }
    line = {"product": "菱镁矿", "year": 2025, "batch": 1, "document": "1号", "issuer": "省厅"}
    rights = [mine("A", "30 万吨"), mine("B", "40 万吨", use="comprehensive")]
    plan = {"caps": [], "handed_down": [handed]}
    return magnesite(rights, "60 万吨", plan, caps_from_above=[line | parts])


def test_a_document_for_one_use_leaves_the_other_waiting():
    """With a figure for main use B still waits; with one for both it does not."""
    scenario = documents(main="10 万吨")
    records = solved(scenario)
    assert verify_records(scenario, records) == ()
    assert row(records, "quotas", "B")["awaiting"] is True
    assert "quota_awaiting" in codes(documents(main="10 万吨", comprehensive="5 万吨"), records)
    given = solved(documents(amount="50 万吨"))
    assert {"quota_awaiting", "quota_not_handed_down"} <= codes(scenario, given)


def test_an_expired_right_is_renewed_in_the_first_year():
    """Nobody waits for the end written on a licence that the register calls expired."""
    rights = [
        mine("A", "30 万吨"),
        mine("E", "9 万吨", status="expired", renewal="renew", licence_end=date(2025, 6, 30)),
    ]
    scenario = magnesite(rights, "30 万吨", {"caps": WIDE}, **calendar(2023))
    records = solved(scenario)
    assert verify_records(scenario, records) == ()
    action = row(records, "actions", "E")
    assert (action["kind"], action["year"]) == ("renew", 2023)
    action["year"] = 2025
    assert "action_year_wrong" in codes(scenario, records)


def test_an_exchange_counts_what_is_merged_by_any_member():
    """A of the city and B of the county merge: nobody of the county is gone, none may enter."""
    rights = [mine("A", "6 万吨", authority="city"), mine("B", "8 万吨", authority="county")]
    swap = {
        "id": "swap",
        "title": builders.name("swap"),
        "attribute": "binding",
        "sense": "ceiling",
        "years": builders.YEARS,
        "source": "专栏一",
        "entering": {},
        "leaving": {"authority": "county"},
    }
    plan = {"caps": WIDE, "counts": [builders.count(1)], "exchanges": [swap]}
    scenario = magnesite(rights, "60 万吨", plan, mergers=[merger("ab", "A", "B")])
    records = solved(scenario)
    assert verify_records(scenario, records) == ()
    used = [one["used"] for one in records["rules"] if one["clause"] == "EXCHANGE.swap"]
    row(records, "rules", "EXCHANGE.swap")["used"] = used[0] - 1
    assert "rule_used" in codes(scenario, records)


def test_unevenness_is_told_within_the_reach_of_rounding():
    """The solved figure may differ from the rounded one by what rounding explains, no more."""
    scenario = magnesite([mine("A", "30 万吨"), mine("B", "40 万吨")], "50 万吨", {"caps": WIDE})
    records = solved(scenario)
    assert verify_records(scenario, records) == ()
    told = row(records, "goals", "evenness")
    right = dict(told)
    for value, code in ((0.0001, None), (0.3, "goal_beats_bound")):
        told.update(right, value=value, bound=value)
        assert codes(scenario, records) == ({code} if code else set())


def test_the_points_of_running_count_the_last_year_alone():
    """A runs in both years and has points in the end only."""
    options = {
        "min_load": 0.5,
        "preference": {"keep": {"green": 3.0}, "leave": {}},
    }
    scenario = magnesite(
        [mine("A", "10 万吨", green=True), quarry("Q", "10 万立方米")],
        "8 万吨",
        {"caps": WIDE},
        **calendar(2024, **options),
    )
    records = solved(scenario)
    assert verify_records(scenario, records) == ()
    goal = row(records, "goals", "policy_preference")
    assert goal["rounded_value"] == -3
    goal.update(rounded_value=-6.0, value=-6.0, bound=-6.0)
    assert "goal_value" in codes(scenario, records)


@pytest.mark.parametrize("when", [{}, calendar(2024)], ids=["target", "calendar"])
@pytest.mark.parametrize("strict", [False, True])
def test_a_merged_right_works_with_what_its_working_members_bring(when, strict):
    """A works, B is sealed: 8 of 16 can be used, and a minimum of 10 asks those 8 of it."""
    table = builders.minimum_scale("magnesite", ["菱镁矿"], "10 万吨", "10 万吨", "10 万吨")
    options = {"options": {"minimum_binds_output": strict}}
    scenario = magnesite(
        [mine("A", "8 万吨", green=True), mine("B", "8 万吨", status="sealed", green=True)],
        "30 万吨",
        ONE_LESS | {"minimum_scales": [table]},
        mergers=[merger("ab", "A", "B")],
        **(when | options),
    )
    records = solved(scenario)
    assert verify_records(scenario, records) == ()
    assert row(records, "quotas", "merger:ab")["amount"] == 8
    one = row(records, "quotas", "merger:ab")
    one.update(amount=9.0, ore=9.0, share_of_capacity=9 / 16)
    assert "quota_above_capacity" in codes(scenario, records)


def test_a_merger_of_none_that_may_produce_says_so():
    """Both are sealed: nothing is handed down, and the table says it."""
    rights = [mine(one, "8 万吨", status="sealed", green=True) for one in ("A", "B")]
    scenario = magnesite(rights, "30 万吨", ONE_LESS, mergers=[merger("ab", "A", "B")])
    records = solved(scenario)
    assert verify_records(scenario, records) == ()
    one = row(records, "quotas", "merger:ab")
    assert one["amount"] == 0
    one["reason"] = "需求已满足"
    assert codes(scenario, records) == {"quota_reason"}


def test_sharing_is_not_called_uneven_where_a_merger_digs_the_rest():
    """A digs 5 a year of its 15; what it leaves is the merged right's in 2025."""
    rights = [
        mine("A", "20 万吨", reserves="15 万吨"),
        mine("B", "5 万吨", reserves="30 万吨"),
        mine("C", "30 万吨", green=True),
    ]
    plan = {"caps": WIDE, "counts": [builders.count(2, years={"first": 2025, "last": 2025})]}
    years = {"first": 2025, "last": 2025}
    scenario = magnesite(
        rights, "40 万吨", plan, mergers=[merger("ab", "A", "B", years=years)], **calendar(2024)
    )
    records = solved(scenario)
    assert verify_records(scenario, records) == ()
    held = [one["right"] for one in records["quotas"] if one["year"] == 2025]
    assert sorted(held) == ["C", "merger:ab"]
