"""What the planner is told: rights that may be the same, an excess that lapses."""

import builders
import pytest

from minequota.scenarios.rolling.decided import Decided, Issued
from minequota.scenarios.units import Quantity

COLUMNS = ("name", "county", "mineral", "capacity", "zone")


def issued():
    """Return Z1's one right as the run would issue it."""
    return Issued(
        candidate="Z1-1",
        converted=False,
        zone="Z1",
        name="西县石料集中开采区",
        county="西县",
        mineral="建筑石料",
        capacity=Quantity(30.0, "万立方米"),
        size_class="large",
        year=2024,
        first_output_year=2024,
        term_years=20,
        assumed=False,
        source="附表7",
    )


def told(rolled, code):
    """Return subject and text of the notices of a code."""
    return [(one.subject, one.text) for one in rolled.notices if one.code == code]


@pytest.mark.parametrize(("zone", "planned", "same"), [("", 1, 1), ("Z1", 1, 0), ("", 0, 0)])
def test_an_event_without_a_zone_may_be_a_right_booked_as_planned(desk, zone, planned, same):
    """C9 was issued and nobody says where; Z1's right is booked as well: that is said."""
    event = ("2024-06-01", "新立", "C9", "新矿", "西县", "建筑石料", "30 万立方米", zone)
    decided = Decided(issued=(issued(),) * planned)
    rolled = desk.roll(
        [builders.right("A", "东县", "菱镁矿", "10 万吨")],
        events=[event],
        event_columns=COLUMNS,
        outputs=[("A", "1")],
        decided=decided,
        as_planned=True,
    )
    assert [subject for subject, _ in told(rolled, "maybe_same")] == ["C9"] * same


@pytest.mark.parametrize(("excess", "lapsed"), [("13 万吨", "3 万吨"), ("10 万吨", None)])
def test_an_excess_beyond_the_capacity_lapses(desk, excess, lapsed):
    """A of 10 can lose no more than its 10 in one year: of 13 that were over, 3 lapse."""
    over = {"A": {"amount": excess, "year": 2023, "assumed": False, "source": "t"}}
    rolled = desk.roll(
        [builders.right("A", "东县", "菱镁矿", "10 万吨")],
        outputs=[("A", "1")],
        question={"overproduced": over},
    )
    found = told(rolled, "overproduced_lapsed")
    assert [subject for subject, _ in found] == (["A"] if lapsed else [])
    assert all(lapsed in text.zh and lapsed in text.en for _, text in found)
