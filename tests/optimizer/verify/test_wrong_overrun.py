"""An excess of last year that is not taken off, or not told of, is caught."""

import shutil

import builders
import mechanisms
import pytest
from small import calendar, magnesite, mine
from wrong import Wrong, drop, nothing, other_question, put, put_in, row
from wrong_run import rehash

from minequota.optimizer.solve import solve
from minequota.optimizer.verify import verify_records, verify_run
from minequota.optimizer.verify.inputs import read_inputs
from minequota.optimizer.verify.reckoning import reckon
from minequota.optimizer.verify.shape import to_frames
from minequota.optimizer.verify.uneven import unevenness_reach
from minequota.reports.machine import allocation_document

FACTS = {"year": 2023, "assumed": True, "source": "test"}


def dug_in(year, **amounts):
    """Return excesses of a year."""
    return {licence: FACTS | {"year": year, "amount": a} for licence, a in amounts.items()}


def dug(**amounts):
    """Return a question with other excesses."""
    return {"overproduced": dug_in(2023, **amounts)}


def moved(year, amount, giver, taker):
    """Let one mine's output of a year pass to another, all else kept in step."""

    def change(records):
        for right, more in ((giver, -amount), (taker, amount)):
            one = row(records, "quotas", right, year=year)
            one["amount"] = one["ore"] = round(one["amount"] + more, 6)
            one["share_of_capacity"] = one["ore"] / one["capacity"]

    return change


CASES = {
    # 20 − 4 = 16 are left of A.
    "more than the excess leaves": Wrong(
        "quota_keeps_excess", "A 2024", moved(2024, 5.7, "C", "A"), of="overrun"
    ),
    "a figure though the excess takes all": Wrong(
        "quota_keeps_excess", "B 2024", moved(2024, 0.01, "C", "B"), of="overrun"
    ),
    # 9 − 2.5 = 6.5 are left of M and N together.
    "members' excess lost in their merger": Wrong(
        "quota_keeps_excess", "merger:mn 2024", moved(2024, 1.9, "A", "merger:mn"), of="overrun"
    ),
    # C takes what it can, 15; A and the merger share the rest by 20 : 9.
    "shared as if nothing had been dug": Wrong(
        "quota_after_excess", "A 2024", moved(2024, 0.1, "C", "A"), of="overrun"
    ),
    "taken off again a year later": Wrong(
        "sharing_uneven", "2025", moved(2025, 4.0, "A", "C"), of="overrun"
    ),
    "another excess": Wrong(
        "quota_reason",
        "A 2024",
        nothing,
        question=dug(A="3 万吨", B="11 万吨", M="2 万吨", N="0.5 万吨"),
        of="overrun",
    ),
    "an excess nobody took off": Wrong(
        "quota_keeps_excess",
        "C 2024",
        nothing,
        question=dug(A="4 万吨", B="11 万吨", C="9 万吨", M="2 万吨", N="0.5 万吨"),
        of="overrun",
    ),
    "an excess in another unit": Wrong(
        "quota_after_excess",
        "A 2024",
        nothing,
        question=dug(A="4 吨", B="11 万吨", M="2 万吨", N="0.5 万吨"),
        of="overrun",
    ),
    "the excess not told": Wrong(
        "quota_reason",
        "A 2024",
        put_in(2024, "quotas", "A", reason="需求已满足，按许可生产规模均衡分配"),
        of="overrun",
    ),
    "nothing, and no word why": Wrong(
        "quota_reason",
        "B 2024",
        put_in(2024, "quotas", "B", reason="达到许可生产规模"),
        of="overrun",
    ),
    "an assumption told as a fact": Wrong(
        "quota_reason",
        "merger:mn 2024",
        put_in(2024, "quotas", "merger:mn", reason="上年超采2.5万吨，已扣减；需求已满足"),
        of="overrun",
    ),
    "said to be taken off whole": Wrong(
        "quota_reason",
        "A 2024",
        put_in(2024, "quotas", "A", reason="上年超采4万吨（假定），扣减4万吨；需求已满足"),
        of="overrun",
    ),
    "less than a licence called a licence": Wrong(
        "quota_reason",
        "A 2024",
        lambda records: row(records, "quotas", "A", year=2024).update(
            reason=row(records, "quotas", "A", year=2024)["reason"] + "；达到许可生产规模"
        ),
        of="overrun",
    ),
    "the English says another figure": Wrong(
        "quota_reason",
        "A 2024",
        lambda records: row(records, "quotas", "A", year=2024).update(
            reason_en=row(records, "quotas", "A", year=2024)["reason_en"].replace("0.77", "4")
        ),
        of="overrun",
    ),
    "evenness without the excess": Wrong(
        "goal_value", "evenness", put("goals", "evenness", rounded_value=1.0), of="overrun"
    ),
    "the rule counts the merger too": Wrong(
        "rule_reach", "OVERRUN", put("rules", "OVERRUN", reach=5), of="overrun"
    ),
    "the rule said to be nobody's": Wrong(
        "rule_applies", "OVERRUN", put("rules", "OVERRUN", applies=False), of="overrun"
    ),
    "the rule left out": Wrong("rule_missing", "OVERRUN", drop("rules", "OVERRUN"), of="overrun"),
    "the rule said to speak of somebody": Wrong(
        "rule_reach", "OVERRUN", put("rules", "OVERRUN", applies=True, reach=1), of="years"
    ),
    "the rule twice": Wrong(
        "rule_repeated",
        "OVERRUN",
        lambda records: records["rules"].append(dict(row(records, "rules", "OVERRUN"))),
        of="overrun",
    ),
    "steadiness asked without the excess": Wrong(
        "quota_unsteady", "A 2024", nothing, question=dug(A="3 万吨"), of="steady"
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_excess_is_caught(name):
    """The check that is meant catches it."""
    assert CASES[name].caught(), [str(one) for one in CASES[name].faults()]


def test_a_run_from_before_the_rule_still_passes():
    """A run written when nobody could list an excess has no line of the rule."""
    assert Wrong("", "", drop("rules", "OVERRUN"), of="years").faults() == ()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_run_folder_passes(mechanism_run, lang):
    """Files, tables and records of a year with an excess, in either language."""
    assert [str(one) for one in verify_run(mechanism_run("overrun", lang))] == []


def test_a_run_whose_scenario_loses_the_excess_is_caught(mechanism_run, tmp_path):
    """The excess struck out of the scenario's own file, hashes renewed: the sharing is uneven."""
    run = shutil.copytree(mechanism_run("overrun"), tmp_path / "run")
    (path,) = run.rglob("scenario.yaml")
    text = path.read_text(encoding="utf-8")
    assert "amount: 4 万吨" in text
    path.write_text(text.replace("amount: 4 万吨", "amount: 0 万吨"), encoding="utf-8")
    rehash(run)
    assert "sharing_uneven" in {one.code for one in verify_run(run)}


@pytest.mark.parametrize("floor", [{"min_load": 0.7}, {"minimum_binds_output": True}])
def test_a_mine_that_rests_for_its_excess_is_no_fault(floor):
    """Of A's 12 less 5 not enough is left to run with; run with 7 it is below its least.

    The least is 70 % of 12, or the table's 10.
    """
    facts = FACTS | {"year": 2024, "amount": "5 万吨"}
    scenario = magnesite(
        [mine("A", "12 万吨"), mine("B", "20 万吨")],
        "25 万吨",
        {"caps": mechanisms.WIDE},
        overproduced={"A": facts},
        options=floor,
    )
    records = allocation_document(scenario, solve(scenario))
    assert row(records, "quotas", "A")["amount"] == 0
    assert verify_records(scenario, records) == ()
    moved(2025, 7.0, "B", "A")(records)
    assert "quota_below_least" in {one.code for one in verify_records(scenario, records)}


def test_the_check_reads_the_excess_for_itself():
    """Solved without the deduction, the answer does not pass where one is asked."""
    scenario = mechanisms.scenario("overrun")
    without = other_question(scenario, {}, {"overproduced": {}})
    records = allocation_document(scenario, solve(without))
    found = {one.code for one in verify_records(scenario, records)}
    assert {"quota_after_excess", "quota_reason", "quota_keeps_excess"} <= found


def mineral():
    """Return a plan whose magnesite counts as mineral of ore of 50 %."""
    products = builders.tiny_plan()["products"]
    return {"products": [products[0] | {"basis": "mineral", "grade": 0.5}, products[1]]}


STEADY = {"steady": {"up": 0.5, "down": 0.25, "source": "test"}}
LAST = {"sharing": {"basis": "last_output"}}
WIDE = {"caps": mechanisms.WIDE}
EAST = [mine("A", "20 万吨"), mine("B", "20 万吨")]
ACCEPTED = {
    # Nobody is asked for anything, so nobody falls behind.
    "nothing is shared": magnesite(EAST, "0 万吨", WIDE, overproduced=dug_in(2024, A="5 万吨")),
    # 6 after 8 with 6 too many, then 18: half more than 12.
    "a rise from what it would have had": magnesite(
        [mine("A", "30 万吨", last_output="8 万吨")],
        "30 万吨",
        WIDE,
        overproduced=dug_in(2023, A="6 万吨"),
        **calendar(2024, **STEADY),
    ),
    # 8 of last year less a quarter are 6, of which 5 are taken off.
    "a fall by what is taken off": magnesite(
        [mine("A", "30 万吨", last_output="8 万吨"), mine("B", "100 万吨")],
        "20 万吨",
        WIDE,
        overproduced=dug_in(2024, A="5 万吨"),
        options=STEADY,
    ),
    # 8 of ore are 4 of mineral.
    "ore counted by what it holds": magnesite(
        [mine("A", "40 万吨"), mine("B", "40 万吨")],
        "16 万吨",
        WIDE | mineral(),
        overproduced=dug_in(2024, A="8 万吨"),
    ),
    # By last output A would get ten times as much; 15 are all that is left of its licence.
    "at its ceiling whatever it weighs": magnesite(
        [mine("A", "20 万吨", last_output="100 万吨"), mine("B", "20 万吨", last_output="10 万吨")],
        "30 万吨",
        WIDE,
        overproduced=dug_in(2024, A="5 万吨"),
        options=LAST,
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_right_excess_is_accepted(name):
    """What the model makes of it the check reads alike."""
    scenario = ACCEPTED[name]
    records = allocation_document(scenario, solve(scenario))
    assert [str(one) for one in verify_records(scenario, records)] == []


def test_who_had_an_excess_is_no_measure_of_evenness():
    """C alone had none in 2024, and 2025 is shared evenly."""
    inputs = read_inputs(mechanisms.scenario("overrun"))
    frames = to_frames(mechanisms.records("overrun"))
    least, most = unevenness_reach(inputs, frames, reckon(inputs, frames))
    assert least == 0
    assert most < 0.02
