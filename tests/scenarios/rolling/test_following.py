"""The next year's question and plan: what speaks of the past is gone, what is awaited is said."""

import re

import builders
import pytest

from minequota.scenarios.errors import InputError
from minequota.scenarios.events.reader import read_events
from minequota.scenarios.rolling.later import format_events
from minequota.scenarios.rolling.messages import codes, problem, texts_of


def mine(licence="A", **fields):
    """Return a magnesite mine in the east."""
    return builders.right(licence, "东县", "菱镁矿", "10 万吨", reserves="100 万吨", **fields)


def above(year, **changes):
    """Return a figure handed down for a year."""
    return {"product": "菱镁矿", "year": year, "amount": "9 万吨", "document": f"{year}号文"} | (
        changes
    )


def subjects(rolled, code):
    """Return what the planner is told under a code."""
    return [one.subject for one in rolled.notices if one.code == code]


def test_figures_of_the_year_are_gone(desk):
    """Caps from above, last year's excess; the register's date and the title move on."""
    rolled = desk.roll(
        [mine()],
        outputs=[("A", "1")],
        question={
            "title": {"zh": "小市2024年度方案", "en": "Tiny City 2024: quotas"},
            "caps_from_above": [above(2024), above(2025)],
            "overproduced": {
                "A": {"amount": "1 万吨", "year": 2023, "assumed": False, "source": "表"}
            },
        },
    )
    question = rolled.question
    assert (question.year, question.first_year, question.register_date) == (
        2025,
        None,
        "2024-12-31",
    )
    assert (question.title.zh, question.title.en) == ("小市2025年度方案", "Tiny City 2025: quotas")
    assert [one.year for one in question.caps_from_above] == [2025]
    assert question.overproduced == {}
    assert subjects(rolled, "caps_from_above") == []


def test_an_awaited_figure_is_a_thing_to_do(desk):
    """Where the plan leaves the figure to the province, the new year's is 待下达."""
    clause = {
        "id": "handed",
        "title": builders.name("菱镁矿年度指标"),
        "product": "菱镁矿",
        "attribute": "binding",
        "years": builders.YEARS,
        "issuer": "省厅",
        "source": "专栏一",
    }
    rolled = desk.roll(
        [mine()],
        outputs=[("A", "1")],
        plan={"handed_down": [clause], "caps": []},
        question={"caps_from_above": [above(2024)], "options": {"hand_out": {"菱镁矿": "cap"}}},
    )
    assert subjects(rolled, "awaiting") == ["caps_from_above.菱镁矿.2025"]
    assert rolled.question.options.hand_out == {"菱镁矿": "cap"}


def test_a_figure_without_a_successor_is_a_thing_to_do(desk):
    """No clause awaits it: what was handed out or demanded of it is let go, and said."""
    rolled = desk.roll(
        [mine()],
        outputs=[("A", "1")],
        plan={"caps": []},
        question={
            "caps_from_above": [above(2024)],
            "options": {"hand_out": {"菱镁矿": "cap"}},
            "demand": {"菱镁矿": {"from_cap": True, "assumed": True, "source": "test"}},
        },
    )
    assert subjects(rolled, "caps_from_above") == ["caps_from_above.菱镁矿.2025"]
    assert (rolled.question.options.hand_out, rolled.question.demand) == ({}, {})


def test_a_calendar_loses_its_first_year(desk):
    """2024-2025 becomes a calendar of one year; what speaks of 2024 falls away."""
    demand = {
        "amount": "30 万吨",
        "by_year": {2024: "20 万吨", 2025: "25 万吨"},
        "assumed": True,
        "source": "test",
    }
    rolled = desk.roll(
        [mine()],
        outputs=[("A", "1")],
        plan={"counts": [builders.count(9)]},
        question={
            "mode": "calendar",
            "first_year": 2024,
            "year": 2025,
            "demand": {"菱镁矿": demand},
            "options": {
                "lead_time": 1,
                "paths": {"mine_count": {2024: 9, 2025: 8}},
                "year_weights": {2024: 2.0},
            },
        }
        | {"title": builders.name("小市2024—2025年安排")},
    )
    question = rolled.question
    assert (question.first_year, question.year, question.options.lead_time) == (2025, 2025, 1)
    assert question.title.zh == "小市2025年安排"
    assert {k: str(v) for k, v in question.demand["菱镁矿"].by_year.items()} == {2025: "25 万吨"}
    assert (question.options.paths, question.options.year_weights) == (
        {"mine_count": {2025: 8}},
        {},
    )


def calendar(**changes):
    """Return what makes the question a calendar of 2023 to 2025."""
    return {"mode": "calendar", "first_year": 2023, "year": 2025} | changes


def test_a_year_in_the_middle_needs_the_years_before(desk):
    """2023 is not known: refused, or assumed by choice and said."""
    with pytest.raises(InputError) as refused:
        desk.roll([mine()], outputs=[("A", "1")], question=calendar())
    assert [one.code for one in refused.value.problems] == ["run_years_unknown"]
    rolled = desk.roll([mine()], outputs=[("A", "1")], question=calendar(), missing="zero")
    assert subjects(rolled, "year_assumed") == ["2023"]
    assert rolled.question.first_year == 2025


def test_a_year_outside_the_run_is_refused(desk):
    """2024 is not among 2025 alone."""
    with pytest.raises(InputError) as refused:
        desk.roll([mine()], outputs=[("A", "1")], question={"year": 2025})
    assert [one.code for one in refused.value.problems] == ["run_year"]


def ending_in_2024(**changes):
    """Return a plan that ends with 2024; one cap has its own last year before."""
    years = {"first": 2021, "last": 2024}
    return {
        "target_year": 2024,
        "caps": [
            builders.cap("magnesite_city", "31 万吨", years=years),
            builders.cap("magnesite_early", "40 万吨", years={"first": 2021, "last": 2022}),
        ],
        "minimum_scale_use": {
            "column_meaning": "deposit_size",
            "applies_to": ["new", "existing"],
            "source": "附表6",
        },
    } | changes


def test_a_plan_that_has_ended_is_refused_or_extended(desk):
    """Nothing is invented: by default it ends. Extended, what held in its last year holds on.

    A clause that ended earlier stays ended; the deadline for existing mines stays 2024.
    """
    with pytest.raises(InputError) as refused:
        desk.roll([mine()], outputs=[("A", "1")], plan=ending_in_2024())
    (said,) = refused.value.problems
    assert said.code == "plan_ends"
    assert "magnesite_city" in said.text("zh")
    rolled = desk.roll([mine()], outputs=[("A", "1")], plan=ending_in_2024(), extend_plan=True)
    assert rolled.plan.target_year == 2025
    city, early = rolled.plan.caps
    assert (city.years.last, city.reading, early.years.last) == (2025, "inferred", 2022)
    assert "2024" in city.note
    assert rolled.plan.minimum_scale_use.existing_by == 2024
    assert subjects(rolled, "plan_extended") == ["plan"]


def test_a_plan_extended_twice_says_when_it_ended(desk):
    """Extended to 2024 a year ago and to 2025 now, it ended with 2023 all the same."""
    note = "原注；规划期止于2023年，滚动时延用至2024年（推定）"
    plan = ending_in_2024()
    plan["caps"] = [plan["caps"][0] | {"note": note}]
    rolled = desk.roll([mine()], outputs=[("A", "1")], plan=plan, extend_plan=True)
    assert rolled.plan.caps[0].note == "原注；规划期止于2023年，滚动时延用至2025年（推定）"
    (told,) = [one for one in rolled.notices if one.code == "plan_extended"]
    assert "规划期到 2023 年为止" in told.text.zh


def test_clauses_that_begin_and_end_inside_the_period_are_told(desk):
    """A cap to 2024 ends, another from 2025 begins."""
    caps = [
        builders.cap("old", "31 万吨", years={"first": 2021, "last": 2024}),
        builders.cap("new", "25 万吨", years={"first": 2025, "last": 2025}),
    ]
    rolled = desk.roll([mine()], outputs=[("A", "1")], plan={"caps": caps})
    assert subjects(rolled, "clause_ends") == ["plan.caps.old"]
    assert subjects(rolled, "clause_begins") == ["plan.caps.new"]


def test_later_events_read_back_the_same(desk):
    """A sealing and a new right of next year stand in the file as they were read."""
    columns = ("name", "county", "mineral", "capacity", "licence_end", "green")
    rows = [
        ("2025-02-01", "查封", "A", "", "", "", "", "", ""),
        ("2025-03-01", "新立", "N", "新矿", "东县", "菱镁矿", "12.5 万吨", "2040-01-01", "是"),
        ("2025-04-01", "变更", "A", "", "", "", "30 万吨", "", ""),
    ]
    rolled = desk.roll([mine()], [], [("A", "1")], rows, event_columns=columns)
    path = desk.folder / "later.csv"
    path.write_text(format_events(rolled.later), encoding="utf-8")
    back = read_events(path, rolled.plan)
    assert back.problems == ()
    assert [(str(one.day), one.kind, one.licence) for one in back.entries] == [
        ("2025-02-01", "sealed", "A"),
        ("2025-03-01", "issued", "N"),
        ("2025-04-01", "changed", "A"),
    ]
    assert str(back.entries[1].right.capacity) == "12.5 万吨"
    assert back.entries[1].right.green
    assert str(back.entries[2].values["capacity"]) == "30 万吨"


def test_messages_say_the_same_in_both_languages():
    """Each message has the same parts in Chinese and English, and is used."""
    from pathlib import Path

    import minequota

    root = Path(minequota.__file__).parent
    folders = [root / "scenarios" / "rolling", root / "reports" / "roll"]
    text = "".join(p.read_text(encoding="utf-8") for one in folders for p in one.glob("*.py"))
    for code in codes():
        zh, more_zh, en, more_en = texts_of(code)
        parts = [set(re.findall(r"{(\w+)}", one)) for one in (zh + more_zh, en + more_en)]
        assert parts[0] == parts[1], code
        assert text.count(f'"{code}"') > 1, code
    assert problem("run_missing", "x").text("zh").startswith("x：")
