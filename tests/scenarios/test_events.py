"""Events: the register brought to the first planned year, and everything that cannot have been."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import builders
import openpyxl
import pytest

from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.events.event import WORDS, Event, EventKind
from minequota.scenarios.events.issued import with_issued
from minequota.scenarios.events.reader import read_events
from minequota.scenarios.load import load_scenario, resolved_documents
from minequota.scenarios.right import Provenance, Right, Status
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.synthesis.generator import library_plan
from minequota.scenarios.units import Quantity

HEADER = "日期,事件,许可证号,并入"
NEW = "矿山名称,县区,矿种,生产规模"


@pytest.fixture
def load(folder: Callable[..., Path]) -> Callable[..., Scenario]:
    """Return the scenario of the tiny folder with these events."""

    def _load(text: str, *, call: dict[str, Any] | None = None, **question: Any) -> Scenario:
        given = {"events": "events.csv", "register_date": "2020-12-31"} | question
        path = folder(question=builders.tiny_question(**given))
        (path / "events.csv").write_text(text, encoding="utf-8")
        return load_scenario(path, **(call or {}))

    return _load


@pytest.fixture
def wrong(load: Callable[..., Scenario]) -> Callable[..., list[Problem]]:
    """Return the problems these events have."""

    def _wrong(text: str, **question: Any) -> list[Problem]:
        with pytest.raises(InputError) as caught:
            load(text, **question)
        return list(caught.value.problems)

    return _wrong


def right(scenario: Scenario, licence: str) -> Right:
    """Return the right of that licence."""
    (found,) = (one for one in scenario.rights if one.licence == licence)
    return found


def test_states_follow_one_another(load):
    """What stopped, was sealed or expired is so; what resumed or was renewed runs again."""
    scenario = load(
        f"{HEADER},有效期止\n"
        "2021-03-01,停产,M1,,\n"
        "2021-05-01,查封,M2,,\n"
        "2022-01-01,延续,S1,,2027-06-30\n"
        "2022-06-01,复产,M1,,\n"
        "2022-07-01,过期,M1,,\n"
    )
    assert right(scenario, "M1").status is Status.EXPIRED
    assert right(scenario, "M1").licence_end == date(2022, 7, 1)
    assert right(scenario, "M2").status is Status.SEALED
    assert right(scenario, "S1").status is Status.PRODUCING
    assert right(scenario, "S1").licence_end == date(2027, 6, 30)
    assert [one.day.year for one in scenario.events] == [2021, 2021, 2022, 2022, 2022]
    assert scenario.events[3].before.status is Status.STOPPED
    assert scenario.events[3].after.status is Status.PRODUCING
    assert scenario.question.events == ""


def test_who_comes_and_goes(load):
    """Issued and converted rights enter with their whole row, closed and merged ones leave."""
    scenario = load(
        f"{HEADER},{NEW}\n"
        "2021-03-01,新立,N1,,新矿,西县,建筑用石料,30 万立方米\n"
        "2021-04-01,探转采,N2,,探矿,东,金矿,\n"
        "2021-05-01,整合,M2,M1,,,,\n"
        "2021-06-01,注销,S1,,,,,\n"
        "2021-07-01,整合,G1,N2,,,,\n"
    )
    assert [one.licence for one in scenario.rights] == ["M1", "N1", "N2"]
    new = right(scenario, "N1")
    assert (new.county, new.mineral, new.capacity) == ("西县", "建筑石料", Quantity(30, "万立方米"))
    assert new.size_class is not None
    kinds = [one.kind for one in scenario.events]
    assert kinds == ["issued", "converted", "merged", "closed", "merged"]
    assert (scenario.events[2].into, scenario.events[2].after) == ("M1", None)
    assert scenario.events[0].before is None
    assert scenario.events[0].after.licence == "N1"


def test_changes_replace_what_is_filled_in(load):
    """Capacity, holder and the rest are replaced; what follows from the old ones goes with them."""
    register = (
        "licence,name,county,mineral,capacity,size_class,holder,holder_group,renewal\n"
        "M1,一号矿,东县,菱镁矿,20 万吨,small,甲公司,甲集团,leave\n"
    )
    scenario = load(
        f"{HEADER},生产规模（万吨/年）,采矿权人,有效期止\n"
        "2021-03-01,扩能,M1,,120,,\n"
        "2021-04-01,转让,M1,,,乙公司,\n"
        "2021-05-01,延续,M1,,,,2031-12-31\n",
        call=None,
    )
    assert right(scenario, "M1").capacity == Quantity(120, "万吨")
    assert right(scenario, "M1").size_class == "large"
    assert right(scenario, "M1").holder == "乙公司"
    assert right(scenario, "M1").licence_end == date(2031, 12, 31)
    assert right(scenario, "M1").name == "一号矿"
    assert right(scenario, "M1").origin("capacity") is Provenance.REGISTER
    path = Path(scenario.files[0]).parent
    (path / "mines.csv").write_text(register, encoding="utf-8")
    again = right(load_scenario(path), "M1")
    assert (again.size_class, again.origin("size_class")) == ("large", Provenance.DEFAULT)
    assert (again.holder_group, again.renewal) == ("", None)


def test_a_mine_that_resumes_has_its_safety_licence(load, folder):
    """Resuming says that it produces; a row that says otherwise wins."""
    register = (
        "licence,name,county,mineral,capacity,status,safety_licence,resumes\n"
        "M1,一号矿,东县,菱镁矿,20 万吨,stopped,no,2023\n"
    )
    for cell, held in (("", True), ("无", False)):
        path = folder(
            question=builders.tiny_question(events="e.csv", register_date="2020-12-31"),
            register=register,
        )
        events = f"{HEADER},安全生产许可证\n2021-03-01,复产,M1,,{cell}\n"
        (path / "e.csv").write_text(events, encoding="utf-8")
        (one,) = load_scenario(path).rights
        assert (one.status, one.safety_licence, one.resumes) == (Status.PRODUCING, held, None)


@pytest.mark.parametrize(
    ("question", "applied"),
    [
        ({"year": 2025}, ["2021", "2023", "2024"]),
        ({"year": 2024}, ["2021", "2023"]),
        ({"mode": "calendar", "first_year": 2022, "year": 2025}, ["2021"]),
    ],
)
def test_up_to_the_first_planned_year(load, question, applied):
    """31 December counts, 1 January is planned already; later events are kept apart."""
    scenario = load(
        f"{HEADER}\n"
        "2024-12-31,停产,M1,\n"
        "2021-06-30,停产,S1,\n"
        "2023-12-31,查封,M2,\n"
        "2025-01-01,注销,G1,\n",
        **question,
    )
    assert [one.day.isoformat()[:4] for one in scenario.events] == applied
    assert len(scenario.events_later) == 4 - len(applied)
    assert "G1" in {one.licence for one in scenario.rights}
    assert (right(scenario, "M1").status is Status.STOPPED) == ("2024" in applied)


def test_the_order_of_the_rows_decides_nothing(load):
    """Reversed rows give the same register and the same list of events."""
    lines = [
        "2021-05-01,整合,M2,N1,,,,",
        "2021-05-01,新立,N1,,新矿,东县,菱镁矿,30 万吨",
        "2021-05-01,变更,M2,,,,,40 万吨",
        "2021-06-01,停产,N1,,,,,",
    ]
    one = load("\n".join([f"{HEADER},{NEW}", *lines]))
    other = load("\n".join([f"{HEADER},{NEW}", *lines[::-1]]))
    assert one.rights == other.rights
    assert one.events == other.events
    assert one.events[1].after.capacity == Quantity(40, "万吨")


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_word_for_an_event(kind, load):
    """Chinese words and the English name mean the same event."""
    cells = ",新矿,东县,菱镁矿,20 万吨,,2031-12-31"
    for word in (kind.value, *WORDS[kind]):
        licence = "N1" if kind in ("issued", "converted") else "M1"
        given = {
            "issued": cells,
            "converted": cells,
            "merged": "M2,,,,,,",
            "transferred": ",,,,,乙公司,",
            "changed": ",,,,25 万吨,,",
            "renewed": ",,,,,,2031-12-31",
        }.get(kind.value, ",,,,,,")
        text = (
            f"date,event,licence,into,{NEW},采矿权人,有效期止\n2021-01-05,{word},{licence},{given}"
        )
        assert [one.kind for one in load(text).events] == [kind], word


def test_provenance_of_an_event(load):
    """A row may say that what it changes is synthetic; the rest of the right keeps its own."""
    scenario = load(
        f"{HEADER},生产规模,字段来源\n"
        "2021-03-01,变更,M1,,30 万吨,synthetic\n"
        "2021-03-01,停产,M1,,,\n"
    )
    one = right(scenario, "M1")
    assert one.origin("capacity") is Provenance.SYNTHETIC
    assert one.origin("status") is one.origin("name") is Provenance.REGISTER


def test_a_workbook_of_events(folder):
    """A workbook may hold register and events, each on its own sheet."""
    path = folder(
        question=builders.tiny_question(
            register="all.xlsx", events="all.xlsx", register_date="2020-12-31"
        )
    )
    book = openpyxl.Workbook()
    book.active.title = "采矿权现状表"
    rows = ["许可证号,矿山名称,县区,矿种,生产规模（万吨/年）", "M1,一号矿,东县,菱镁矿,20"]
    for row in rows:
        book.active.append(row.split(","))
    sheet = book.create_sheet("变更事件")
    for row in (["日期", "事件", "许可证号"], [date(2021, 3, 1), "停产", "M1"]):
        sheet.append(row)
    book.save(path / "all.xlsx")
    assert load_scenario(path).rights[0].status is Status.STOPPED


def test_resolved_inputs_hold_the_register_after_the_events(load, tmp_path):
    """A run folder loads as the same rights; none is left to apply twice, later ones are kept."""
    scenario = load(f"{HEADER}\n2021-03-01,注销,M1,\n2021-03-01,停产,M2,\n2026-01-01,注销,M2,\n")
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    for name, text in resolved_documents(scenario).items():
        (inputs / name).write_bytes(text.encode())
    again = load_scenario(inputs)
    assert (again.rights, again.question) == (scenario.rights, scenario.question)
    said = [[(e.day, e.kind, e.licence) for e in one.events_later] for one in (again, scenario)]
    assert (again.events, said[0]) == ((), said[1])
    assert len(scenario.events_later) == 1
    assert [file.name for file in scenario.files] == [
        "scenario.yaml",
        "plan.yaml",
        "mines.csv",
        "events.csv",
    ]


def test_another_register_stands_without_the_events(load, tmp_path):
    """A register of the call is of its own date: the events are left out, and that is logged."""
    other = tmp_path / "other.csv"
    other.write_text("许可证号,矿山名称,县区,矿种,生产规模（万吨）\nN,新,东县,菱镁矿,3\n", "utf-8")
    scenario = load(f"{HEADER}\n2021-03-01,注销,M1,\n", call={"register": other})
    assert [one.licence for one in scenario.rights] == ["N"]
    assert scenario.events == ()
    assert [(one.path, one.old, one.new) for one in scenario.changes] == [
        ("events", "events.csv", "")
    ]


ONE = [
    ("2021-03-01,停产,M9,", "event_unknown", "2:3"),
    ("2020-12-30,停产,M1,", "event_early", "2:3"),
    ("2021-02-30,停产,M1,", "cell_date", "2:1"),
    (",停产,M1,", "cell_empty", "2:1"),
    ("2021-03-01,减产,M1,", "cell_choice", "2:2"),
    ("2021-03-01,,M1,", "cell_empty", "2:2"),
    ("2021-03-01,停产,,", "cell_empty", "2:3"),
    ("2021-03-01,整合,M1,", "cell_empty", "2:4"),
    ("2021-03-01,整合,M1,M9", "event_into_unknown", "2:3"),
    ("2021-03-01,整合,M1,M1", "event_into_itself", "2:3"),
    ("2021-03-01,注销,M1,M2", "event_spare_into", "2:4"),
    ("2021-03-01,变更,M1,", "event_changes_nothing", "2:3"),
    ("2021-03-01,转让,M1,", "event_asks", "2:3"),
    ("2021-03-01,延续,M1,", "event_asks", "2:3"),
    ("2021-03-01,复产,S1,", "event_barred", "2:3"),
    ("2030-03-01,停产,M9,", "event_unknown", "2:3"),
]


@pytest.mark.parametrize(("line", "code", "place"), ONE)
def test_one_wrong_event(wrong, line, code, place):
    """Each mistake is one problem at its line and column, in both languages."""
    (problem,) = wrong(f"{HEADER}\n{line}\n")
    assert problem.code == code
    assert problem.place.endswith(f"events.csv:{place}")
    assert "{" not in problem.text("zh") + problem.text("en")


CELLS = [
    ("新立,M1,新矿,东县,菱镁矿,20 万吨,,", "event_exists"),
    ("新立,N1,,东县,菱镁矿,20 万吨,,", "cell_empty"),
    ("新立,N1,新矿,东县,菱镁矿,,,", "capacity_missing"),
    ("新立,N1,新矿,北县,菱镁矿,20 万吨,,", "unknown_county"),
    ("停产,M1,别的矿,,,,,", "event_differs"),
    ("停产,M1,,西县,,,,", "event_differs"),
    ("延续,M1,别的矿,,,,2031-12-31,", "event_differs"),
    ("延续,M1,,西县,,,2031-12-31,", "event_differs"),
    ("变更,M1,,西县,,20 万吨,,", "event_differs"),
    ("停产,M1,,,,,,生产", "event_state"),
    ("变更,M1,,,,20 万立方米,,", "capacity_dimension"),
    ("变更,M1,,,,-20 万吨,,", "cell_negative"),
    ("延续,M1,,,,,2021-01-31,", "event_renewed_back"),
]


@pytest.mark.parametrize(("cells", "code"), CELLS)
def test_one_wrong_cell(wrong, cells, code):
    """Cells are checked as a register's, and against the right they speak of."""
    header = f"日期,事件,许可证号,{NEW},有效期止,状态"
    (problem,) = wrong(f"{header}\n2021-03-01,{cells}\n")
    assert problem.code == code
    assert "events.csv:2" in problem.place


CONTRADICTIONS = [
    (["2021-03-01,停产,M1,", "2021-03-01,复产,M1,"], "event_exclusive"),
    (["2021-03-01,停产,M1,", "2021-03-01,查封,M1,"], "event_exclusive"),
    (["2021-03-01,注销,M1,", "2021-03-01,整合,M1,M2"], "event_gone"),
    (["2021-03-01,注销,M1,", "2022-03-01,停产,M1,"], "event_gone"),
    (["2021-03-01,注销,M1,", "2021-04-01,注销,M1,"], "event_gone"),
    (["2021-03-01,注销,M2,", "2021-04-01,整合,M1,M2"], "event_into_unknown"),
]


@pytest.mark.parametrize(("lines", "code"), CONTRADICTIONS)
def test_two_that_cannot_both_be(wrong, lines, code):
    """Neither order of the rows lets two exclusive events pass."""
    for order in (lines, lines[::-1]):
        (problem,) = wrong("\n".join([HEADER, *order]))
        assert problem.code == code


def test_two_capacities_of_one_day(wrong):
    """Which of two changes came first, the day does not say; the same value twice is no matter."""
    lines = ["2021-03-01,变更,M1,,30 万吨", "2021-03-01,扩能,M1,,40 万吨"]
    (problem,) = wrong("\n".join([f"{HEADER},生产规模", *lines]))
    assert problem.code == "event_exclusive"
    assert "events.csv:3" in problem.place
    lines[1] = lines[1].replace("40", "30")
    (other,) = wrong("\n".join([f"{HEADER},生产规模", *lines, "2021-03-02,停产,M9,,"]))
    assert other.code == "event_unknown"


def test_all_at_once(wrong):
    """Every mistake of a table is said in one go."""
    found = wrong(f"{HEADER}\n2021-03-01,停产,M8,\n2019-03-01,停产,M1,\n2021-03-01,转让,M2,\n")
    assert [one.code for one in found] == ["event_unknown", "event_early", "event_asks"]
    found = wrong(f"{HEADER}\n昨天,停产,M8,\n2021-03-01,减产,M1,\n")
    assert [one.code for one in found] == ["cell_date", "cell_choice"]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"register_date": ""}, "events_undated"),
        ({"events": "../events.csv"}, "path_outside"),
        ({"events": "/etc/events.csv"}, "path_outside"),
        ({"events": "none.csv"}, "file_missing"),
        ({"events": "plan.yaml"}, "register_kind"),
    ],
)
def test_the_file_and_its_date(wrong, question, code):
    """Events need the register's date, and a table beside or below the scenario."""
    (problem,) = wrong(f"{HEADER}\n2021-03-01,停产,M1,\n", **question)
    assert problem.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("日期,事件,矿山名称\n2021-03-01,停产,一号矿\n", "column_missing"),
        ("日期,事件,许可证号\n2021-03-01,新立,N1\n", "event_needs"),
        ("a,b\n1,2\n", "header_missing"),
    ],
)
def test_columns_an_event_needs(wrong, text, code):
    """A table without the three columns, or without those of a new right, is refused."""
    found = wrong(text)
    assert {one.code for one in found} == {code}


def test_too_large_a_table(wrong, monkeypatch):
    """The limits of a register hold for events."""
    monkeypatch.setattr("minequota.scenarios.register.sheet.MAX_ROWS", 4 + 1)
    rows = "2021-03-01,停产,M1,\n" * 6
    assert [one.code for one in wrong(f"{HEADER}\n{rows}")] == ["table_rows"]


def test_no_events_yet(load):
    """A table with its header alone changes nothing, and needs no date."""
    scenario = load(f"{HEADER}\n", register_date="")
    assert (len(scenario.rights), scenario.events) == (4, ())


def test_unknown_columns_of_events_are_named(load):
    """A column no field was found for reaches the audit with its file."""
    scenario = load(f"{HEADER},批文号\n2021-03-01,停产,M1,,x\n")
    assert [one.rsplit("/", 1)[-1] for one in scenario.ignored] == ["events.csv: 批文号"]


def test_the_example_of_the_documentation(tmp_path):
    """What docs/register.md shows can be read as it stands, with the library's own names."""
    page = Path(__file__).parents[2] / "docs" / "register.md"
    example = page.read_text(encoding="utf-8").split("```csv\n")[1].split("```")[0]
    (tmp_path / "events.csv").write_text(example, encoding="utf-8")
    found = read_events(tmp_path / "events.csv", library_plan("dandong"))
    assert found.problems == ()
    assert [one.kind for one in found.entries] == ["issued", "stopped", "merged", "renewed"]


def test_what_events_issue_uses_up_the_plan() -> None:
    """A right issued in the zone takes its place; a project of that name is converted once."""
    base = builders.scenario(
        builders.tiny_plan(zones=[builders.zone(rights=2)]),
        builders.tiny_question(
            conversions=[
                {
                    "id": "explored",
                    "name": "探转采项目",
                    "county": "东县",
                    "mineral": "菱镁矿",
                    "capacity": "12 万吨",
                    "source": "专栏九",
                }
            ],
            issued_since={"Z1": 1},
        ),
    )
    issued = builders.right("N1", "西县", "建筑石料", "30 万立方米", zone="Z1")
    converted = builders.right("N2", "东县", "菱镁矿", "12 万吨", name="探转采项目")
    events = [
        Event(date(2022, 3, 1), EventKind.ISSUED, "N1", None, issued),
        Event(date(2022, 4, 1), EventKind.CONVERTED, "N2", None, converted),
    ]
    question = with_issued(base.plan, base.question, events)
    assert question.issued_since == {"Z1": 2, "explored": 1}
