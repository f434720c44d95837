"""Broken caps, counts and ratios, and tables that hide it, are caught."""

import builders
import hand_solved
import pytest
from wrong import Wrong, drop, nothing, put, renamed_copy, row, twice

EAST = ("caps", "CAP.magnesite_east")


def caps(*others, **changes):
    """Return a plan whose west cap differs, with other caps behind."""
    plan = hand_solved.plan()
    west = next(one for one in plan["caps"] if one["id"] == "magnesite_west")
    west.update(changes)
    return {"caps": [*plan["caps"], *others]}


def count(limit, **changes):
    """Return a plan with one binding count."""
    return {"counts": [builders.count(limit, **changes)]}


def ratio(share, **changes):
    """Return a plan with one binding ratio."""
    return {"ratios": [builders.ratio(share, **changes)]}


def line(by, key, /, **changes):
    """Change one line of the structure table."""

    def change(records):
        found = next(one for one in records["structure"] if (one["by"], one["key"]) == (by, key))
        found.update(changes)

    return change


CASES = {
    "one step over a county cap": Wrong(
        "cap_exceeded", "CAP.magnesite_east", put("quotas", "A1", amount=16.59)
    ),
    "over the city cap": Wrong(
        "cap_exceeded", "CAP.magnesite_city", put("quotas", "B1", amount=10.01)
    ),
    "over a cap net of holdback": Wrong(
        "cap_exceeded",
        "CAP.magnesite_east",
        nothing,
        question={"options": {"holdback": {"菱镁矿": 0.05}}},
    ),
    "output where nothing is allotted": Wrong(
        "cap_exceeded", "CAP.no_north.北县", put("quotas", "N1", amount=0.01)
    ),
    "a floor not reached": Wrong(
        "cap_not_reached", "CAP.magnesite_west", nothing, plan=caps(sense="floor")
    ),
    "a level not kept": Wrong(
        "cap_not_reached", "CAP.magnesite_west", nothing, plan=caps(sense="level")
    ),
    "outside the tolerance of about": Wrong(
        "cap_not_reached", "CAP.magnesite_west", nothing, plan=caps(sense="about", tolerance=0.1)
    ),
    "county moved in the record only": Wrong(
        "cap_differs", "CAP.magnesite_east", put(*EAST, county="西县")
    ),
    "cap missing": Wrong("cap_missing", "CAP.magnesite_east", drop(*EAST)),
    "no-allotment cap missing": Wrong(
        "cap_missing", "CAP.no_north", drop("caps", "CAP.no_north.北县")
    ),
    "forecast missing": Wrong(
        "cap_missing",
        "CAP.hope",
        nothing,
        plan=caps(builders.cap("hope", "5 万吨", sense="forecast")),
    ),
    "cap twice": Wrong("cap_repeated", "CAP.magnesite_east", twice(*EAST)),
    "cap of no plan": Wrong("cap_unknown", "CAP.x", renamed_copy(*EAST, "CAP.x")),
    "cap of another time": Wrong(
        "cap_unknown",
        "CAP.magnesite_west",
        nothing,
        plan=caps(years={"first": 2016, "last": 2020}),
    ),
    "attribute swapped": Wrong(
        "cap_differs", "CAP.magnesite_east", put(*EAST, attribute="expected")
    ),
    "sense swapped": Wrong("cap_differs", "CAP.magnesite_east", put(*EAST, sense="level")),
    "unit swapped": Wrong("cap_differs", "CAP.magnesite_east", put(*EAST, unit="吨")),
    "plan unit swapped": Wrong("cap_differs", "CAP.magnesite_east", put(*EAST, plan_unit="亿吨")),
    "product swapped": Wrong("cap_differs", "CAP.magnesite_east", put(*EAST, product="建筑石料")),
    "source swapped": Wrong("cap_differs", "CAP.magnesite_east", put(*EAST, source="附表1")),
    "limit off": Wrong("cap_limit", "CAP.magnesite_east", put(*EAST, limit=22.0)),
    "held back off": Wrong("cap_held_back", "CAP.magnesite_east", put(*EAST, held_back=1.0)),
    "used off": Wrong("cap_used", "CAP.magnesite_east", put(*EAST, used=20.99)),
    "plan figure off": Wrong("cap_plan_limit", "CAP.magnesite_east", put(*EAST, plan_limit=21.1)),
    "use in the plan's unit off": Wrong(
        "cap_plan_used", "CAP.magnesite_west", nothing, plan=caps(amount="0.001 亿吨")
    ),
    "too many rights": Wrong("count_exceeded", "COUNT.mine_count", nothing, plan=count(6)),
    "too few rights": Wrong(
        "count_not_reached", "COUNT.mine_count", nothing, plan=count(8, sense="floor")
    ),
    "too many in a county": Wrong(
        "count_exceeded",
        "COUNT.mine_count",
        nothing,
        plan=count(2, scope={"county": "西县"}),
    ),
    "too many of a group": Wrong(
        "count_exceeded", "COUNT.mine_count", nothing, plan=count(0, scope={"group": "metal"})
    ),
    "too many of a mineral": Wrong(
        "count_exceeded",
        "COUNT.mine_count",
        nothing,
        plan=count(1, scope={"minerals": ["建筑石料"]}),
    ),
    "too many of an authority": Wrong(
        "count_exceeded", "COUNT.mine_count", nothing, plan=count(0, scope={"authority": "city"})
    ),
    "too few large and medium": Wrong(
        "ratio_missed", "RATIO.large_medium_ratio", nothing, plan=ratio(0.43)
    ),
    "too few large and medium in a county": Wrong(
        "ratio_missed",
        "RATIO.large_medium_ratio",
        nothing,
        plan=ratio(0.34, scope={"county": "东县"}),
    ),
    "line missing": Wrong("structure_missing", "北县", lambda records: records["structure"].pop(5)),
    "no line for all": Wrong(
        "structure_missing", "all", lambda records: records["structure"].pop(0)
    ),
    "line twice": Wrong(
        "structure_repeated",
        "东县",
        lambda records: records["structure"].append(dict(records["structure"][3])),
    ),
    "line of another county": Wrong(
        "structure_unknown", "南县", line("county", "北县", key="南县")
    ),
    "one right miscounted": Wrong(
        "structure_miscounted", "county 西县", line("county", "西县", small=2)
    ),
    "total off": Wrong("structure_miscounted", "all all", line("all", "all", large=3)),
    "a leaver forgotten": Wrong(
        "structure_miscounted", "group non_metal", line("group", "non_metal", leaving=1)
    ),
    "an issue forgotten": Wrong("structure_miscounted", "all all", line("all", "all", issued=0)),
    "base miscounted": Wrong(
        "structure_miscounted", "group metal", line("group", "metal", base_small=2)
    ),
    "medium counted as large": Wrong(
        "structure_miscounted", "county 东县", line("county", "东县", large=1, medium=0)
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_cap_or_count_is_caught(name):
    """The check that is meant catches it."""
    assert CASES[name].caught(), CASES[name].faults()


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (caps(sense="ceiling", amount="8 万吨"), "cap_exceeded"),
        (caps(sense="floor", amount="8 万吨"), "cap_not_reached"),
        (caps(sense="level", amount="8 万吨"), "cap_not_reached"),
        (caps(sense="about", amount="10 万吨", tolerance=0.2), "cap_not_reached"),
        (count(7), "count_exceeded"),
        (count(7, sense="floor"), "count_not_reached"),
        (ratio(0.42), "ratio_missed"),
    ],
)
def test_a_limit_just_reached_is_kept(plan, code):
    """The west makes 8; 7 rights are held; 3 of 7 (0.4286 ≥ 0.42) are large or medium."""
    assert code not in {one.code for one in Wrong("", "", nothing, plan=plan).faults()}


def test_the_binding_ratio_follows_the_printed_classes():
    """With C2 called small in the register, 2 of 7 are large or medium: 0.42 is missed."""
    from wrong import register_with

    register = register_with("C2", size_class="small")
    wrong = Wrong("ratio_missed", "RATIO", nothing, ratio(0.42), {}, register)
    assert wrong.caught()


def test_a_cap_named_for_the_jurisdiction_is_the_same():
    """A cap on the whole may carry the jurisdiction's name, null or nothing."""
    for county in (None, "", "小市"):
        change = put("caps", "CAP.magnesite_city", county=county)
        assert Wrong("", "", change).faults() == ()


def test_total_is_judged_by_the_register_not_by_the_record():
    """Calling A1 a western mine does not take its output off the east."""

    def change(records):
        row(records, "quotas", "A1")["county"] = "西县"
        row(records, *EAST)["used"] = 4.42

    wrong = Wrong("cap_used", "CAP.magnesite_east", change)
    assert wrong.caught()
