"""The row an answer comes to: every column by hand, from hand-made records."""

from __future__ import annotations

from dataclasses import replace

import pytest
import report_sample as sample

from minequota.optimizer.allocation import GoalResult, Reorganisation, SolveStatus
from minequota.optimizer.outcome import COLUMNS, column_of, outcome, outcome_units


def goal(name, value, rounded):
    """Return a solved goal in 万元."""
    return GoalResult(name, name, name, "万元", SolveStatus.OPTIMAL, value, value, 0, 0, 0, rounded)


def reorganisation(identity, kind, *members):
    """Return a merger or an expansion of licences."""
    return Reorganisation(
        id=identity,
        kind=kind,
        right=members[0],
        name=identity,
        members=members,
        holder="",
        county="东县",
        mineral="菱镁矿",
        capacity_before=1.0,
        capacity=2.0,
        minimum=0.0,
        capacity_unit="万吨",
        size_class="small",
        year=2025,
        first_output_year=2025,
        synthetic=False,
        assumed=False,
        source="",
    )


def test_one_year():
    """The sample of the reports: magnesite 20.5 of 30 (9.5 short), stone 30 + 20 of 50.

    Caps: 20.5/31, 20.5/21, 0/10. One right issued, A3 leaves by rule, S1 and S2 are chosen, S3 is
    renewed. Five rights stay: 1 large, 1 medium, 3 small, so 2/5 are large or medium. The cap of
    the east and the demand of magnesite bind.
    """
    assert outcome(sample.allocation()) == {
        "status": "optimal",
        "goal.unmet_demand_1": pytest.approx(0.316666667, abs=1e-12),
        "demand.菱镁矿": 30.0,
        "demand.建筑石料": 50.0,
        "output.菱镁矿": 20.5,
        "output.建筑石料": 50.0,
        "unmet.菱镁矿": 9.5,
        "unmet.建筑石料": 0.0,
        "cap_used.CAP.magnesite_city": 20.5,
        "cap_used.CAP.magnesite_east": 20.5,
        "cap_used.CAP.magnesite_west": 0.0,
        "cap_share.CAP.magnesite_city": pytest.approx(20.5 / 31),
        "cap_share.CAP.magnesite_east": pytest.approx(20.5 / 21),
        "cap_share.CAP.magnesite_west": 0.0,
        "issued": 1,
        "converted": 0,
        "expanded": 0,
        "merged": 0,
        "left_forced": 1,
        "left_chosen": 2,
        "renewed": 1,
        "lapsed": 0,
        "rights": 5,
        "large": 1,
        "medium": 1,
        "small": 3,
        "large_medium_ratio": 0.4,
        "issued_rights": "Z1-1",
        "leaving_rights": "A3;S1;S2",
        "expanded_rights": "",
        "merged_rights": "",
        "binding": "CAP.magnesite_east;DEMAND.菱镁矿",
        "unmet_products": "菱镁矿",
    }


def test_two_years():
    """Amounts add up over the years; caps and counts are those of their last year.

    Demand 30 + 40 = 70, output 20.5 + (20 + 5) = 45.5, unmet 9.5 + 15 = 24.5; a centre's line is
    part of the whole and adds nothing. The cap of the city ends in 2025 with 20.5 of 31, that of
    the east is 25 of 50 in 2026.
    """
    first = sample.allocation()
    further = sample.balance(
        "菱镁矿", "万吨", year=2026, demand=40.0, production_existing=20.0, production_new=5.0
    )
    answer = replace(
        first,
        mode="calendar",
        year=2026,
        years=(2025, 2026),
        balance=(
            *first.balance,
            replace(further, unmet=15.0),
            sample.balance("菱镁矿", "万吨", year=2026, place="港", demand=40.0, unmet=15.0),
        ),
        caps=(
            sample.cap("magnesite_east", "东县", 50.0, 25.0, year=2026),
            sample.cap("magnesite_east", "东县", 21.0, 20.5),
            sample.cap("magnesite_city", "", 31.0, 20.5),
        ),
        structure=(
            sample.structure("all", "", 0, 1, 6, 3, 0, 1, 1, 1, 3),
            sample.structure("all", "", 0, 1, 6, 7, 0, 0, 0, 0, 0, year=2026),
        ),
        rules=(
            sample.rule("CAP", "CAP.magnesite_east", 21.0, 21.0, binding=True),
            sample.rule("CAP", "CAP.magnesite_east", 50.0, 50.0, binding=True, year=2026),
        ),
    )
    row = outcome(answer)
    assert (row["demand.菱镁矿"], row["output.菱镁矿"], row["unmet.菱镁矿"]) == (70, 45.5, 24.5)
    assert row["demand.建筑石料"] == 50.0
    assert row["cap_used.CAP.magnesite_east"] == 25.0
    assert row["cap_share.CAP.magnesite_east"] == 0.5
    assert row["cap_used.CAP.magnesite_city"] == 20.5
    assert row["rights"] == 0
    assert row["large_medium_ratio"] is None
    assert row["binding"] == "CAP.magnesite_east@2025;CAP.magnesite_east@2026"


@pytest.mark.parametrize(
    ("sense", "limit", "share"),
    [
        ("ceiling", 0.0, None),
        ("floor", 40.0, None),
        ("forecast", 40.0, None),
        ("level", 40.0, 0.25),
        ("about", 40.0, 0.25),
    ],
)
def test_share_of_what_is_an_upper_limit(sense, limit, share):
    """10 of 40 is a quarter; nothing can be said of 0, and a floor is not used up."""
    answer = replace(sample.allocation(), caps=(sample.cap("c", "", limit, 10.0, sense=sense),))
    row = outcome(answer)
    assert row["cap_used.CAP.c"] == 10.0
    assert row["cap_share.CAP.c"] == share


def test_goals_conversions_and_reorganisations():
    """A conversion is one of the rights issued; a merger of two licences is one merger.

    The goal keeps the solver's value, cost and evenness are those of the printed figures.
    """
    answer = replace(
        sample.allocation(),
        goals=(goal("evenness", 0.25, 0.26), goal("cost", 120.5, 121.0)),
        issuance=(
            sample.issuance("Z1-1", 40.0),
            sample.issuance("convert:T1", 5.0, kind="converted"),
        ),
        reorganisations=(
            reorganisation("M", "merge", "B2", "B1"),
            reorganisation("E", "expand", "A1"),
        ),
    )
    row = outcome(answer)
    assert (row["issued"], row["converted"], row["merged"], row["expanded"]) == (2, 1, 1, 1)
    assert row["issued_rights"] == "Z1-1;convert:T1"
    assert (row["merged_rights"], row["expanded_rights"]) == ("B1;B2", "A1")
    assert (row["goal.evenness"], row["evenness"]) == (0.25, 0.26)
    assert (row["goal.cost"], row["cost"]) == (120.5, 121.0)


def test_a_solvers_noise_is_no_shortage():
    """One millionth of the demand is within what a clause may be missed by; more is not."""
    first = sample.allocation()
    lines = [sample.balance("菱镁矿", "万吨", demand=30.0, unmet=unmet) for unmet in (2e-5, 4e-5)]
    kept, missed = (outcome(replace(first, balance=(line,))) for line in lines)
    assert (kept["unmet_products"], missed["unmet_products"]) == ("", "菱镁矿")


def test_every_column_is_documented_once_and_in_order():
    """Every column of a row has its line in the table, and rows follow the table's order."""
    row = outcome(replace(sample.allocation(), goals=(goal("cost", 1, 1), goal("evenness", 1, 1))))
    places = [COLUMNS.index(column_of(name)) for name in row]
    assert places == sorted(places)
    assert set(places) == set(range(len(COLUMNS)))
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
    for column in COLUMNS:
        assert column.title_zh
        assert column.title_en.isascii()
        assert column.meaning
    with pytest.raises(KeyError):
        column_of("demands.石")


def test_units():
    """Products keep their own unit, counts are rights, and a text has none."""
    units = outcome_units(sample.allocation())
    assert units["unmet.建筑石料"] == "万立方米"
    assert units["cap_used.CAP.magnesite_east"] == "万吨"
    assert units["issued"] == "个"
    assert "status" not in units
