"""A calendar that contradicts itself from year to year is caught."""

from datetime import date

import pytest
from wrong import Wrong, both, drop, header, nothing, put, put_in, register_of, row

from minequota.scenarios.right import Renewal


def later(right, year, **changes):
    """Leave a right in another year, with its figures and nothing else as they were."""
    return Wrong(
        "forced_year_wrong", right, put("actions", right, year=year, **changes), of="years"
    )


def copied(right, year, to, **changes):
    """Give a right the figure of one year in another, too."""
    return lambda records: records["quotas"].append(
        row(records, "quotas", right, year=year) | {"year": to} | changes
    )


def shift_output(right, year, amount):
    """Raise one figure of one year and keep its ore and share in step."""

    def change(records):
        one = row(records, "quotas", right, year=year)
        one.update(amount=amount, ore=amount, share_of_capacity=amount / one["capacity"])
        one["batches"] = [round(0.6 * amount, 2), round(amount - round(0.6 * amount, 2), 2)]

    return change


PLACE = {"of": "years"}
CASES = {
    "another horizon": Wrong("header_differs", "header", header(years=[2024, 2025]), of="years"),
    "a cap of a year nobody plans": Wrong(
        "year_unknown", "caps", put("caps", "CAP.magnesite_city", year=2026), of="years"
    ),
    "a leaver a year late": later("B", 2025),
    "a leaver a year early": later("B", 2023),
    "an exit a year late": later("X", 2024),
    "a leaver kept": Wrong(
        "forced_leaver_kept",
        "B",
        put("actions", "B", kind="keep", year=2025, grounds=[], eligible=True),
        of="years",
    ),
    "forced called chosen": Wrong(
        "forced_called_chosen", "B", put("actions", "B", kind="leave_chosen"), of="years"
    ),
    "a protected right leaves": Wrong(
        "protected_right_leaves",
        "G",
        put("actions", "G", kind="leave_chosen", year=2024, eligible=False),
        of="years",
    ),
    "renewed in another year": Wrong(
        "action_year_wrong", "D", put("actions", "D", year=2023), of="years"
    ),
    "kept in another year": Wrong(
        "action_year_wrong", "A", put("actions", "A", year=2024), of="years"
    ),
    "the licence ended sooner": Wrong(
        "forced_year_wrong",
        "B",
        nothing,
        register=register_of("years", "B", licence_end=date(2023, 6, 30)),
        of="years",
    ),
    "a renewal that is none": Wrong(
        "forced_leaver_kept",
        "D",
        nothing,
        register=register_of("years", "D", renewal=Renewal.LEAVE),
        of="years",
    ),
    "a renewal only by new tender": Wrong(
        "forced_leaver_kept",
        "D",
        nothing,
        plan={
            "renewals": [
                {
                    "id": "tender",
                    "minerals": ["菱镁矿"],
                    "kind": "new_tender",
                    "source": "第六章",
                }
            ]
        },
        of="years",
    ),
    "an exit of the plan": Wrong(
        "forced_leaver_kept",
        "W",
        nothing,
        plan={
            "exits": [
                {
                    "id": "west_out",
                    "title": {"zh": "西县退出", "en": "West out"},
                    "scope": {"county": "西县"},
                    "outside_zones": True,
                    "by": 2024,
                    "source": "第五章",
                }
            ]
        },
        of="years",
    ),
    "a figure after leaving": Wrong(
        "quota_not_entitled", "B 2024", copied("B", 2023, 2024), of="years"
    ),
    "a figure before it is issued": Wrong(
        "quota_not_entitled",
        "P-1 2023",
        lambda records: row(records, "issuance", "P-1").update(year=2024, first_output_year=2025),
        of="years",
    ),
    "a figure missing in one year": Wrong(
        "quota_missing", "A 2024", drop("quotas", "A", year=2024), of="years"
    ),
    "a figure twice in one year": Wrong(
        "quota_repeated", "A 2024", copied("A", 2024, 2024), of="years"
    ),
    "a stopped mine before it resumes": Wrong(
        "quota_not_entitled", "C 2024", shift_output("C", 2024, 1.0), of="years"
    ),
    "output in the lead time": Wrong(
        "quota_above_capacity", "P-1 2023", shift_output("P-1", 2023, 1.0), of="years"
    ),
    "output above the ramp": Wrong(
        "quota_above_capacity", "P-1 2024", shift_output("P-1", 2024, 7.0), of="years"
    ),
    "a later first output": Wrong(
        "issuance_differs", "P-1", put("issuance", "P-1", first_output_year=2025), of="years"
    ),
    "a longer lead time": Wrong(
        "quota_above_capacity",
        "P-1 2024",
        nothing,
        question={"options": {"lead_time": 2, "ramp_up": [0.5], "batches": {"菱镁矿": [0.6, 0.4]}}},
        of="years",
    ),
    "more than the reserves over the years": Wrong(
        "reserves_exceeded",
        "W",
        both(shift_output("W", 2023, 2.5), shift_output("W", 2024, 2.8)),
        of="years",
    ),
    "a tranche too few": Wrong(
        "batch_number", "A 2023", put_in(2023, "quotas", "A", batches=[5.88]), of="years"
    ),
    "tranches that do not add up": Wrong(
        "batch_sum", "A 2023", put_in(2023, "quotas", "A", batches=[3.52, 2.35]), of="years"
    ),
    "tranches in other shares": Wrong(
        "batch_wrong", "A 2023", put_in(2023, "quotas", "A", batches=[2.88, 3.0]), of="years"
    ),
    "a tranche between the steps": Wrong(
        "batch_wrong", "A 2023", put_in(2023, "quotas", "A", batches=[3.525, 2.355]), of="years"
    ),
    "cap of one year missing": Wrong(
        "cap_missing",
        "CAP.magnesite_city 2024",
        drop("caps", "CAP.magnesite_city", year=2024),
        of="years",
    ),
    "cap's use of another year": Wrong(
        "cap_used",
        "CAP.magnesite_city 2024",
        put_in(2024, "caps", "CAP.magnesite_city", used=20.0, plan_used=20.0),
        of="years",
    ),
    "a line of the structure missing": Wrong(
        "structure_missing",
        "东县 2024",
        lambda records: records["structure"].remove(row(records, "structure", "东县", year=2024)),
        of="years",
    ),
    "a leaver counted in the wrong year": Wrong(
        "structure_miscounted",
        "county 东县 2023",
        put_in(2023, "structure", "东县", leaving=1, small=4),
        of="years",
    ),
    "an issue counted late": Wrong(
        "structure_miscounted",
        "county 东县 2023",
        put_in(2023, "structure", "东县", issued=0),
        of="years",
    ),
    "the balance of one year missing": Wrong(
        "balance_missing", "菱镁矿 2023", drop("balance", "菱镁矿", year=2023), of="years"
    ),
    "the demand of another year": Wrong(
        "balance_demand",
        "菱镁矿 2023",
        put_in(2023, "balance", "菱镁矿", demand=45.0, unmet=25.0),
        of="years",
    ),
    "a clause of one year missing": Wrong(
        "rule_missing",
        "COUNT.mine_count 2024",
        drop("rules", "COUNT.mine_count", year=2024),
        of="years",
    ),
    "a path broken on the way": Wrong(
        "count_exceeded",
        "COUNT.mine_count 2023",
        nothing,
        question={
            "options": {
                "lead_time": 1,
                "ramp_up": [0.5],
                "batches": {"菱镁矿": [0.6, 0.4]},
                "paths": {"mine_count": {2023: 6}},
            }
        },
        of="years",
    ),
    "another weight of the years": Wrong(
        "goal_value",
        "unmet_demand_1",
        nothing,
        question={
            "demand": {
                "菱镁矿": {
                    "amount": "45 万吨",
                    "by_year": {2023: "25 万吨", 2024: "30 万吨"},
                    "assumed": True,
                    "source": "test",
                }
            }
        },
        of="years",
    ),
    "timing misreported": Wrong(
        "goal_value", "timing", put("goals", "timing", rounded_value=2.0), of="years"
    ),
    "timing forgotten": Wrong("goal_order", "goals", drop("goals", "timing"), of="years"),
    "uneven in one year": Wrong(
        "sharing_uneven",
        "东县",
        both(shift_output("A", 2023, 5.38), shift_output("G", 2023, 4.62)),
        of="years",
    ),
    "output that jumps": Wrong(
        "quota_unsteady",
        "A 2025",
        lambda records: row(records, "quotas", "A", year=2025).update(amount=13.3),
        of="steady",
    ),
    "output that falls from the year before the plan": Wrong(
        "quota_unsteady",
        "A 2024",
        lambda records: row(records, "quotas", "A", year=2024).update(amount=8.9),
        of="steady",
    ),
    "steadiness said to be nobody's": Wrong(
        "rule_applies",
        "STEADY",
        put("rules", "STEADY", applies=True, reach=1),
        of="years",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_calendar_is_caught(name):
    """The check that is meant catches it."""
    assert CASES[name].caught(), CASES[name].faults()


def test_a_mine_that_resumes_may_jump():
    """C stands still in 2024 and resumes in 2025: there is no step between the two."""
    faults = Wrong("", "", nothing, of="steady").faults()
    assert faults == ()
