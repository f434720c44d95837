"""Wrong or forbidden new rights are caught."""

import builders
import pytest
from wrong import Wrong, both, nothing, put, renamed_copy, row, twice

ISSUED = ("issuance", "Z1-1")
#: The hand-solved zone, with something else stated of it.
ZONE = {"authority": "city"}
EXTRA = {
    "id": "P1",
    "name": "东县拟设采矿权",
    "county": "东县",
    "mineral": "菱镁矿",
    "deposit_class": "small",
    "maximum": "20 万吨",
    "source": "test",
}


def zones(**changes):
    """Return a plan whose zone differs."""
    return {"zones": [builders.zone(**(ZONE | changes))]}


def directions(kind, **changes):
    """Return a plan that names building stone in a direction of that kind."""
    said = {"kind": kind, "names": ["石料"], "minerals": ["建筑石料"], "source": "第四章"}
    return {"directions": [said | changes]}


def extra(**changes):
    """Return a question with one proposed magnesite right in the east."""
    return {"extra_candidates": [EXTRA | changes], "options": {}}


def issue_extra(capacity=12.0, **changes):
    """Issue the proposed right at the table's minimum of 10 万吨 or the one given."""
    return renamed_copy(
        "issuance",
        "Z1-1",
        "P1",
        zone="",
        zone_name="东县拟设采矿权",
        county="东县",
        mineral="菱镁矿",
        product="菱镁矿",
        area_km2=None,
        capacity=capacity,
        minimum=10.0,
        maximum=20.0,
        capacity_unit="万吨",
        size_class="small",
        term_years=10,
        own_authority=None,
        **changes,
    )


CASES = {
    "issued twice": Wrong("issuance_repeated", "Z1-1", twice(*ISSUED)),
    "unknown candidate": Wrong("issuance_unknown", "Z1-2", renamed_copy(*ISSUED, "Z1-2")),
    "two rights on a one-right zone": Wrong("zone_overfull", "Z1", renamed_copy(*ISSUED, "Z1-2")),
    "a zone that does not exist": Wrong("zone_overfull", "Z7", put(*ISSUED, zone="Z7")),
    "zone swapped": Wrong("issuance_differs", "Z1-1", put(*ISSUED, zone="Z7")),
    "zone renamed": Wrong("issuance_differs", "Z1-1", put(*ISSUED, zone_name="另一区")),
    "county swapped": Wrong("issuance_differs", "Z1-1", put(*ISSUED, county="东县")),
    "mineral swapped": Wrong("issuance_differs", "Z1-1", put(*ISSUED, mineral="金矿")),
    "product swapped": Wrong("issuance_differs", "Z1-1", put(*ISSUED, product="菱镁矿")),
    "area changed": Wrong("issuance_differs", "Z1-1", put(*ISSUED, area_km2=2.5)),
    "area left out": Wrong("issuance_differs", "Z1-1", put(*ISSUED, area_km2=None)),
    "another year of issue": Wrong("year_unknown", "issuance", put(*ISSUED, year=2024)),
    "output before it is issued": Wrong(
        "issuance_differs", "Z1-1", put(*ISSUED, first_output_year=2024)
    ),
    "called a conversion": Wrong("issuance_differs", "Z1-1", put(*ISSUED, kind="converted")),
    "called assumed": Wrong("issuance_differs", "Z1-1", put(*ISSUED, assumed=True)),
    "a term too long": Wrong("term_wrong", "Z1-1", put(*ISSUED, term_years=31)),
    "a term longer than the reserves": Wrong(
        "term_wrong", "Z1-1", nothing, plan=zones(reserves="240 万立方米")
    ),
    "a term of the plan's own": Wrong(
        "term_wrong",
        "Z1-1",
        nothing,
        plan={"licence_terms": [{"minerals": ["建筑石料"], "most": 5, "source": "第六章"}]},
    ),
    "authority swapped": Wrong("issuance_differs", "Z1-1", put(*ISSUED, own_authority=False)),
    "authority left out": Wrong("issuance_differs", "Z1-1", put(*ISSUED, own_authority=None)),
    "authority invented": Wrong("issuance_differs", "Z1-1", nothing, plan=zones(authority=None)),
    "stated bound called assumed": Wrong(
        "issuance_differs", "Z1-1", put(*ISSUED, maximum_assumed=True)
    ),
    "minimum misstated": Wrong("minimum_misstated", "Z1-1", put(*ISSUED, minimum=24.0)),
    "maximum misstated": Wrong("maximum_misstated", "Z1-1", put(*ISSUED, maximum=80.0)),
    "assumed bound is a multiple of the minimum": Wrong(
        "maximum_misstated",
        "Z1-1",
        nothing,
        plan=zones(maximum=None),
        question={"candidates": {"multiple_of_minimum": 2, "source": "test"}},
    ),
    "below the minimum": Wrong("issued_below_minimum", "Z1-1", put(*ISSUED, capacity=19.0)),
    "above the maximum": Wrong("issued_above_maximum", "Z1-1", put(*ISSUED, capacity=61.0)),
    "capacity unit swapped": Wrong(
        "issued_below_minimum", "Z1-1", put(*ISSUED, capacity_unit="立方米")
    ),
    "capacity in tonnes": Wrong("issued_below_minimum", "Z1-1", put(*ISSUED, capacity_unit="万吨")),
    "capacity in an unknown unit": Wrong(
        "minimum_misstated", "Z1-1", put(*ISSUED, capacity_unit="车")
    ),
    "capacity between the steps": Wrong("issued_off_step", "Z1-1", put(*ISSUED, capacity=24.5)),
    "reserves too short": Wrong(
        "issued_beyond_reserves",
        "Z1-1",
        nothing,
        plan=zones(reserves="230 万立方米"),
        question={"options": {"least_service_life": 10}},
    ),
    "class wrong": Wrong("issued_class_wrong", "Z1-1", put(*ISSUED, size_class="medium")),
    "banned mineral": Wrong("banned_mineral_issued", "Z1-1", nothing, plan=directions("banned")),
    "restricted mineral": Wrong(
        "restricted_mineral_issued", "Z1-1", nothing, plan=directions("restricted")
    ),
    "mineral banned in open pits": Wrong(
        "banned_mineral_issued",
        "Z1-1",
        nothing,
        plan=directions("banned", method="open_pit") | zones(method="open_pit"),
    ),
    "a zone filled since the plan": Wrong(
        "issuance_unknown", "Z1-1", nothing, question={"issued_since": {"Z1": 1}, "options": {}}
    ),
    "mineral the plan does not know": Wrong(
        "unknown_mineral_issued", "Z1-1", nothing, plan=zones(mineral="石英")
    ),
    "stone outside the zones": Wrong(
        "outside_zones_issued",
        "P1",
        issue_extra(),
        question=extra(mineral="建筑石料", maximum="40 万立方米"),
    ),
    "a scale the table forbids": Wrong(
        "forbidden_scale_issued",
        "P1",
        issue_extra(),
        plan={
            "minimum_scales": [
                builders.minimum_scale("magnesite", ["菱镁矿"], "100 万吨", "50 万吨", "×")
            ]
        },
        question=extra(),
    ),
    "a scale the table leaves open": Wrong(
        "undecided_scale_issued",
        "P1",
        issue_extra(),
        plan={
            "minimum_scales": [
                builders.minimum_scale("magnesite", ["菱镁矿"], "100 万吨", "50 万吨", "/")
            ]
        },
        question=extra(),
    ),
    "a large deposit mined small": Wrong(
        "issued_below_minimum",
        "Z1-1",
        nothing,
        plan=zones(minimum=None) | {"special_minimums": []},
        question={
            "zone_details": {"Z1": {"deposit_class": "large", "assumed": True, "source": "test"}}
        },
    ),
    "a minimum for such deposits alone": Wrong(
        "minimum_misstated",
        "P1",
        issue_extra(),
        plan={
            "special_minimums": [
                {
                    "id": "small_deposits",
                    "minerals": ["菱镁矿"],
                    "applies_to": ["new"],
                    "amounts": ["11 万吨"],
                    "deposit_classes": ["small"],
                    "source": "第六章",
                }
            ]
        },
        question=extra(),
    ),
    "below the table's minimum": Wrong(
        "issued_below_minimum", "P1", issue_extra(9.0), question=extra()
    ),
    "below the block's own minimum": Wrong(
        "issued_below_minimum", "P1", issue_extra(12.0), question=extra(minimum="15 万吨")
    ),
    "the table holds though the block states less": Wrong(
        "issued_below_minimum", "P1", issue_extra(9.0), question=extra(minimum="5 万吨")
    ),
    "too small for its area": Wrong(
        "area_minimum_missed",
        "P1",
        issue_extra(),
        plan={
            "area_minimums": [
                {
                    "area": "GK1",
                    "size_class": "medium",
                    "attribute": "binding",
                    "source": "第四章",
                }
            ]
        },
        question=extra(area="GK1"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_issuance_is_caught(name):
    """The check that is meant catches it."""
    assert CASES[name].caught(), CASES[name].faults()


def test_permission_lifts_a_restriction():
    """A restricted mineral that the scenario permits may be issued."""
    options = {"permitted_restricted": ["建筑石料"], "protection": {"weights": {"stopped": 0.5}}}
    wrong = Wrong("", "", nothing, plan=directions("restricted"), question={"options": options})
    assert wrong.faults() == ()


def test_a_direction_for_one_way_of_mining_bars_no_other():
    """Banned underground: an open pit, and a zone whose way is not said, may be issued."""
    plan = directions("banned", method="underground")
    assert Wrong("", "", nothing, plan=plan).faults() == ()
    assert Wrong("", "", nothing, plan=plan | zones(method="open_pit")).faults() == ()


def test_an_area_asks_only_of_the_minerals_it_names():
    """A least class for building stone in the area asks nothing of magnesite."""
    asked = {"area": "GK1", "size_class": "medium", "attribute": "binding", "source": "第四章"}
    plan = {"area_minimums": [asked | {"minerals": ["建筑石料"]}]}
    faults = Wrong("", "", issue_extra(), plan=plan, question=extra(area="GK1")).faults()
    assert "area_minimum_missed" not in {one.code for one in faults}


def test_zone_whose_authority_is_open_is_nobodys():
    """The plan may leave open who issues; then the flag is null."""
    wrong = Wrong("", "", put(*ISSUED, own_authority=None), plan=zones(authority=None))
    assert wrong.faults() == ()


def test_extra_candidate_of_twelve_is_right():
    """12 万吨 lies between the table's 10 and the block's 20; its own row has no fault."""
    faults = Wrong("", "", issue_extra(), question=extra()).faults()
    codes = {one.code for one in faults if one.where.startswith("P1")}
    assert codes == {"quota_missing"}


def test_a_stone_licence_in_tonnes_has_its_own_minimum():
    """A zone of 50 万吨 issued at 60 万吨: 60 / 2.5 = 24 万立方米, the hand-solved figures."""
    change = both(
        put(
            *ISSUED,
            capacity=60.0,
            minimum=50.0,
            maximum=150.0,
            capacity_unit="万吨",
            maximum_assumed=True,
        ),
        put("quotas", "Z1-1", ore=44.45, ore_unit="万吨", capacity=60.0, capacity_unit="万吨"),
        lambda records: row(records, "quotas", "Z1-1").update(share_of_capacity=44.45 / 60),
    )
    faults = Wrong("", "", change, plan=zones(minimum="50 万吨", maximum=None)).faults()
    assert faults == ()
