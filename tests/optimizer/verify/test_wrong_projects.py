"""Mergers, expansions, conversions, holders and exchanges told wrongly are caught."""

from dataclasses import replace

import mechanisms
import pytest
from wrong import Wrong, both, drop, nothing, put, put_in, register_of, row, twice

from minequota.scenarios.right import Status
from minequota.scenarios.units import Quantity

MERGED = ("reorganisations", "ab")
ENLARGED = ("reorganisations", "enlarge")
CONVERTED = ("issuance", "convert:explored")


def wrong(code, where, change, **changes):
    """Return a wrong neighbour of the answer with projects."""
    return Wrong(code, where, change, of="projects", **changes)


def raised(right, year, amount):
    """Raise one figure and keep its ore and share in step."""

    def change(records):
        one = row(records, "quotas", right, year=year)
        one.update(amount=amount, ore=amount, share_of_capacity=amount / one["capacity"])

    return change


def lone(licence, **changes):
    """Return a merger list in which the merger has other members."""
    return {
        "mergers": [
            {
                "id": "ab",
                "name": "整合ab",
                "members": licence,
                "holder": "丙公司",
                "years": {"first": 2024, "last": 2025},
                "source": "情景",
                "assumed": True,
            }
            | changes
        ]
    }


def holders(limit, **changes):
    """Return another limit on holders."""
    return {
        "holder_limits": [
            {
                "id": "holders",
                "title": {"zh": "holders", "en": "holders"},
                "attribute": "binding",
                "sense": "ceiling",
                "years": {"first": 2025, "last": 2025},
                "source": "专栏一",
                "limit": limit,
            }
            | changes
        ]
    }


def exchange(**changes):
    """Return another exchange."""
    return {
        "exchanges": [
            {
                "id": "one_for_one",
                "title": {"zh": "one_for_one", "en": "one_for_one"},
                "attribute": "binding",
                "sense": "ceiling",
                "years": {"first": 2021, "last": 2025},
                "source": "专栏一",
                "leaving": {"minerals": ["菱镁矿"]},
            }
            | changes
        ]
    }


def enlarged(**changes):
    """Return another expansion of E."""
    return {
        "expansions": [
            {
                "id": "enlarge",
                "right": "E",
                "capacity": "60 万吨",
                "years": {"first": 2024, "last": 2025},
                "yields_from": 2025,
                "enlarges_area": True,
                "source": "专栏九",
            }
            | changes
        ]
    }


def converted(**changes):
    """Return another conversion."""
    return {
        "conversions": [
            {
                "id": "explored",
                "name": "探转采项目",
                "county": "东县",
                "mineral": "菱镁矿",
                "capacity": "20 万吨",
                "yields_from": 2025,
                "authority": "province",
                "source": "专栏九",
            }
            | changes
        ]
    }


def scales(*cells):
    """Return another minimum-scale line for magnesite."""
    large, medium, small = cells
    return {
        "minimum_scales": [
            {
                "id": "magnesite",
                "mineral": "菱镁矿",
                "minerals": ["菱镁矿"],
                "large": large,
                "medium": medium,
                "small": small,
                "level": "province",
                "source": "附表6",
            }
        ]
    }


def merged_to(capacity):
    """Return the merger of U and V with a capacity of its own."""
    return {
        "mergers": [
            {
                "id": "uv",
                "name": "整合uv",
                "members": ["U", "V"],
                "capacity": capacity,
                "source": "情景",
                "assumed": True,
            }
        ]
    }


def also_merge_f(records):
    """Put B into a second merger that is carried out as well."""
    records["reorganisations"].append(
        row(records, *MERGED) | {"id": "bf", "right": "merger:bf", "members": ["B", "F"]}
    )


TWO_MERGERS = {
    "mergers": [
        *lone(["A", "B"])["mergers"],
        lone(["B", "F"], id="bf", name="整合bf")["mergers"][0],
    ]
}
CASES = {
    "a project twice": wrong("reorganisation_repeated", "ab", twice(*MERGED)),
    "a project nobody lists": wrong(
        "reorganisation_unknown", "ab", nothing, question={"mergers": []}
    ),
    "a merger called an expansion": wrong(
        "reorganisation_unknown", "ab", put(*MERGED, kind="expand")
    ),
    "a merger of others": wrong("reorganisation_differs", "ab", put(*MERGED, members=["A", "F"])),
    "a merger without a member": wrong("reorganisation_differs", "ab", put(*MERGED, members=["A"])),
    "a holder who is not listed": wrong("reorganisation_differs", "ab", put(*MERGED, holder="戊")),
    "another right results": wrong("reorganisation_differs", "ab", put(*MERGED, right="merger:ba")),
    "another name": wrong("reorganisation_differs", "ab", put(*MERGED, name="另一矿")),
    "another county": wrong("reorganisation_differs", "ab", put(*MERGED, county="西县")),
    "another mineral": wrong("reorganisation_differs", "ab", put(*MERGED, mineral="金矿")),
    "another class": wrong("reorganisation_differs", "ab", put(*MERGED, size_class="large")),
    "made up or not": wrong("reorganisation_differs", "ab", put(*MERGED, synthetic=True)),
    "assumed or not": wrong("reorganisation_differs", "ab", put(*MERGED, assumed=False)),
    "another source": wrong("reorganisation_differs", "ab", put(*MERGED, source="规划")),
    "a first year too soon": wrong(
        "reorganisation_differs", "enlarge", put(*ENLARGED, first_output_year=2024)
    ),
    "capacity before": wrong(
        "reorganisation_capacity_before", "ab", put(*MERGED, capacity_before=13.0)
    ),
    "capacity afterwards": wrong("reorganisation_capacity", "ab", put(*MERGED, capacity=20.0)),
    "minimum": wrong("reorganisation_minimum", "ab", put(*MERGED, minimum=10.0)),
    "a merged right below its minimum": wrong(
        "reorganised_below_minimum", "ab", nothing, plan=scales("100 万吨", "15 万吨", "10 万吨")
    ),
    "a merged right on a deposit that is barred": wrong(
        "forbidden_scale_reorganised", "ab", nothing, plan=scales("100 万吨", "×", "10 万吨")
    ),
    "a merged right on a deposit left open": wrong(
        "undecided_scale_reorganised", "ab", nothing, plan=scales("100 万吨", "/", "10 万吨")
    ),
    "an enlarged right below its minimum": wrong(
        "reorganised_below_minimum",
        "enlarge",
        nothing,
        plan=scales("100 万吨", "12 万吨", "61 万吨"),
    ),
    "an enlarged right beyond its reserves": wrong(
        "reorganised_beyond_reserves",
        "enlarge",
        nothing,
        register=register_of("projects", "E", reserves=Quantity(239, "万吨")),
    ),
    "a merged right beyond its reserves": wrong(
        "reorganised_beyond_reserves", "ab", nothing, question=lone(["A", "B"], reserves="55 万吨")
    ),
    "a merger before its time": wrong(
        "project_too_early",
        "ab",
        nothing,
        question=lone(["A", "B"], years={"first": 2025, "last": 2025}),
    ),
    "an expansion before its time": wrong(
        "project_too_early", "enlarge", put(*ENLARGED, year=2023)
    ),
    "a conversion before its time": wrong(
        "project_too_early",
        "convert:explored",
        nothing,
        plan=converted(years={"first": 2026, "last": 2027}),
    ),
    "an expansion after its time": wrong(
        "project_too_late", "enlarge", nothing, plan=enlarged(years={"first": 2023, "last": 2024})
    ),
    "a conversion after its time": wrong(
        "project_too_late",
        "convert:explored",
        nothing,
        plan=converted(years={"first": 2023, "last": 2024}),
    ),
    "a conversion done before": wrong(
        "issuance_unknown",
        "convert:explored",
        nothing,
        question={"issued_since": {"explored": 1}},
    ),
    "a merger that lifts a seal": wrong(
        "quota_above_capacity",
        "merger:ab 2025",
        nothing,
        register=register_of("projects", "B", status=Status.SEALED),
    ),
    "a merger of none that may produce": wrong(
        "quota_not_entitled",
        "merger:ab 2025",
        nothing,
        register=[
            replace(one, status=Status.SEALED) if one.licence in "AB" else one
            for one in mechanisms.scenario("projects").rights
        ],
    ),
    "a merger that digs what its members have dug": wrong(
        "reserves_exceeded",
        "merger:ab",
        nothing,
        register=[
            replace(one, reserves=Quantity(20, "万吨")) if one.licence in "AB" else one
            for one in mechanisms.scenario("projects").rights
        ],
    ),
    "a merger too small for existing mines": Wrong(
        "reorganised_below_minimum", "uv", nothing, question=merged_to("8 万吨"), of="existing"
    ),
    "a right in two mergers": wrong("merged_twice", "B", also_merge_f, question=TWO_MERGERS),
    "a member that stays": wrong(
        "member_differs", "ab A", put("actions", "A", kind="keep", year=2025, project="")
    ),
    "a member that goes later": wrong("member_differs", "ab A", put("actions", "A", year=2025)),
    "a member of no project": wrong("member_differs", "ab A", put("actions", "A", project="")),
    "an expansion not told of its right": wrong(
        "member_differs", "enlarge E", put("actions", "E", kind="keep", project="")
    ),
    "an action of a project that is not carried out": wrong("project_unlisted", "A", drop(*MERGED)),
    "a project beside a right that stays": wrong(
        "project_unlisted", "F", put("actions", "F", project="ab")
    ),
    "a figure of a member after the merger": wrong(
        "quota_not_entitled",
        "A 2024",
        lambda records: records["quotas"].append(
            row(records, "quotas", "A", year=2023) | {"year": 2024}
        ),
    ),
    "no figure of the merged right": wrong(
        "quota_missing", "merger:ab 2024", drop("quotas", "merger:ab", year=2024)
    ),
    "the merged right above its capacity": wrong(
        "quota_above_capacity", "merger:ab 2025", raised("merger:ab", 2025, 14.5)
    ),
    "the new capacity before it yields": wrong(
        "quota_above_capacity",
        "E 2025",
        nothing,
        plan=enlarged(yields_from=2026),
    ),
    "the old capacity on the new licence": wrong(
        "quota_differs", "E 2025", put_in(2025, "quotas", "E", capacity=10.0)
    ),
    "the conversion above its capacity": wrong(
        "quota_above_capacity", "convert:explored 2025", raised("convert:explored", 2025, 20.5)
    ),
    "a conversion with a capacity of its own": wrong(
        "converted_capacity", "convert:explored", put(*CONVERTED, capacity=25.0)
    ),
    "a conversion called a new right": wrong(
        "issuance_differs", "convert:explored", put(*CONVERTED, kind="new")
    ),
    "a conversion of another authority": wrong(
        "issuance_differs", "convert:explored", put(*CONVERTED, own_authority=True)
    ),
    "a banned conversion": wrong(
        "banned_mineral_issued",
        "convert:explored",
        nothing,
        plan={
            "directions": [
                {"kind": "banned", "names": ["菱镁"], "minerals": ["菱镁矿"], "source": "第四章"}
            ]
        },
    ),
    "a conversion below the minimum": wrong(
        "issued_below_minimum",
        "convert:explored",
        nothing,
        plan=scales("100 万吨", "12 万吨", "21 万吨"),
    ),
    "too many rights in between": wrong(
        "count_exceeded",
        "COUNT.mine_count 2024",
        nothing,
        question={"options": {"least_service_life": 4, "paths": {"mine_count": {2024: 2}}}},
    ),
    "too many holders": wrong("holders_exceeded", "HOLDER.holders", nothing, plan=holders(1)),
    "too few holders": wrong(
        "holders_not_reached", "HOLDER.holders", nothing, plan=holders(3, sense="floor")
    ),
    "holders of an earlier year": wrong(
        "holders_exceeded",
        "HOLDER.holders 2023",
        nothing,
        plan=holders(3, years={"first": 2023, "last": 2025}),
    ),
    "holders told wrongly": wrong(
        "rule_used", "HOLDER.holders", put("rules", "HOLDER.holders", used=3.0)
    ),
    "more enter than leave": wrong(
        "exchange_missed",
        "EXCHANGE.one_for_one 2025",
        nothing,
        plan=exchange(leaving={"minerals": ["菱镁矿"], "county": "北县"}),
    ),
    "more enter than the ratio allows": wrong(
        "exchange_missed", "EXCHANGE.one_for_one 2025", nothing, plan=exchange(ratio=0.4)
    ),
    "an exchange told wrongly": wrong(
        "rule_used",
        "EXCHANGE.one_for_one",
        put_in(2025, "rules", "EXCHANGE.one_for_one", used=2.0),
    ),
    "a merger not counted": wrong(
        "structure_miscounted", "all all 2024", put_in(2024, "structure", "all", merged=0)
    ),
    "a merger counted as leaving": wrong(
        "structure_miscounted",
        "county 东县 2024",
        put_in(2024, "structure", "东县", merged=0, leaving=1),
    ),
    "a class that an expansion changed": wrong(
        "structure_miscounted",
        "county 东县 2025",
        lambda records: (
            one := row(records, "structure", "东县", year=2025),
            one.update(small=one["small"] + 1, medium=one["medium"] - 1),
        ),
    ),
    "closures without the merger's weight": wrong(
        "goal_value", "closures", put("goals", "closures", rounded_value=1.0)
    ),
    "actions without the expansion": wrong(
        "goal_value", "actions", put("goals", "actions", rounded_value=1.0)
    ),
    "production of the conversion called existing": wrong(
        "balance_production_new",
        "菱镁矿 2025",
        put_in(2025, "balance", "菱镁矿", production_existing=90.0, production_new=0.0),
    ),
    "mergers said to apply to nobody": wrong(
        "rule_applies", "MERGE", put("rules", "MERGE", applies=False, reach=0)
    ),
    "too small an existing mine kept": Wrong(
        "forced_leaver_kept",
        "S",
        put("actions", "S", kind="keep", year=2025, grounds=[], eligible=True),
        of="existing",
    ),
    "too small an existing mine leaves late": Wrong(
        "forced_year_wrong", "S", put("actions", "S", year=2025), of="existing"
    ),
    "an expansion that lifts nobody": Wrong(
        "forced_leaver_kept",
        "T",
        nothing,
        question={
            "expansions": [
                {"id": "enlarge", "right": "T", "capacity": "8 万吨", "source": "专栏九"}
            ]
        },
        of="existing",
    ),
    "an expansion that comes too late": Wrong(
        "forced_leaver_kept",
        "T",
        both(
            put("reorganisations", "enlarge", year=2025, first_output_year=2025),
            put("actions", "T", year=2025),
        ),
        of="existing",
    ),
    "a merger that comes too late": Wrong(
        "forced_leaver_kept",
        "U",
        both(
            put("reorganisations", "uv", year=2025, first_output_year=2025),
            put("actions", "U", year=2025),
            put("actions", "V", year=2025),
        ),
        of="existing",
    ),
    "a small mine not lifted from what else it must leave for": Wrong(
        "forced_leaver_kept",
        "T",
        nothing,
        register=register_of("existing", "T", exit_by=2025),
        of="existing",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_project_is_caught(name):
    """The check that is meant catches it."""
    assert CASES[name].caught(), CASES[name].faults()


def test_a_minimum_alone_lifts_nobody_by_accident():
    """Without the column for existing mines nobody must leave: S is said to without reason."""
    faults = Wrong(
        "", "", nothing, plan=scales("100 万吨", "50 万吨", "10 万吨"), of="existing"
    ).faults()
    assert {one.where for one in faults if one.code == "forced_without_reason"} == {"S"}
