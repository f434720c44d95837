"""Last year's excess: whose it may be, of which year, in which unit, and on which register."""

from __future__ import annotations

from typing import Any

import builders
import pytest

from minequota.scenarios.load import load_scenario, resolved_documents

REGISTER = """licence,name,county,mineral,capacity,use
M1,一号矿,东县,菱镁矿,20 万吨,
M2,二号矿,西,菱镁矿,60 万吨,综合利用
S1,石场,西县,建筑用石料,75 万吨,
G1,金山,东县,金矿,5 万吨,
"""


def dug(licence: str = "M1", **changes: Any) -> dict[str, Any]:
    """Return a question with one excess."""
    entry = {"amount": "2.5 万吨", "year": 2024, "assumed": False, "source": "执行情况表"} | changes
    kept = {key: value for key, value in entry.items() if value is not None}
    return builders.tiny_question(overproduced={licence: kept})


@pytest.mark.parametrize(
    ("question", "code", "key"),
    [
        (dug(), None, ""),
        (dug(amount="25000 吨"), None, ""),
        (dug(amount="0 万吨"), None, ""),
        # Stone has a density, magnesite none.
        (dug("S1", amount="2 万立方米"), None, ""),
        (dug(amount="2 万立方米"), "unit_mismatch", "amount"),
        (dug(amount="-1 万吨"), "negative", "amount"),
        (dug("M9"), "project_right", "M9"),
        # A licence, not a name: two mines may share a name.
        (dug("一号矿"), "project_right", "一号矿"),
        (dug("M2"), "overproduced_use", "M2"),
        (dug("G1"), "overproduced_product", "G1"),
        (dug(year=2023), "overproduced_year", "year"),
        (dug(year=2025), "overproduced_year", "year"),
        (dug(source=""), "empty_text", "source"),
        (dug(assumed=None), "missing_key", "M1"),
        (dug(note="x"), "unknown_key", "note"),
    ],
)
def test_an_excess_in_a_question(problems, question, code, key):
    """Each mistake is one problem, placed at the entry or its key."""
    found = problems(question=question, register=REGISTER)
    assert [one.code for one in found] == ([code] if code else [])
    assert all("scenario.yaml:" in one.place for one in found)


def test_the_year_is_that_before_the_calendar(problems):
    """Of a calendar from 2023 the year before is 2022, not the one before its last."""
    calendar = {"mode": "calendar", "first_year": 2023}
    assert problems(question=dug(year=2022) | calendar, register=REGISTER) == []
    (problem,) = problems(question=dug(year=2024) | calendar, register=REGISTER)
    assert problem.code == "overproduced_year"
    assert "2022" in problem.text()


def test_the_exempt_are_told_why(problems):
    """The message names the document, in both languages."""
    (problem,) = problems(question=dug("M2"), register=REGISTER)
    assert "国土资发〔2012〕44号" in problem.text()
    assert "综合利用" in problem.text()
    assert "comprehensive use" in problem.text("en")


def test_all_mistakes_at_once(problems):
    """Three entries, three problems."""
    question = dug("M9")
    question["overproduced"] |= dug("M2")["overproduced"] | dug(year=2020)["overproduced"]
    found = problems(question=question, register=REGISTER)
    assert sorted(one.code for one in found) == [
        "overproduced_use",
        "overproduced_year",
        "project_right",
    ]


def test_it_is_written_out_and_read_again(folder, tmp_path):
    """The run folder's files hold it; an override reaches its amount."""
    path = folder(question=dug(), register=REGISTER)
    scenario = load_scenario(path, overrides={"overproduced.M1.amount": "4 万吨"})
    assert str(scenario.question.overproduced["M1"].amount) == "4 万吨"
    assert scenario.changes[0].path == "overproduced.M1.amount"
    assert scenario.question.overproduced["M1"].source.endswith("（改为4 万吨）")
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    for name, text in resolved_documents(scenario).items():
        (inputs / name).write_bytes(text.encode())
    assert load_scenario(inputs).question == scenario.question


def test_another_register_leaves_out_the_excess_of_strangers(folder, tmp_path):
    """Of M1, which the other register does not have, the log tells; S1's is kept."""
    question = dug()
    question["overproduced"] |= dug("S1")["overproduced"]
    other = tmp_path / "other.csv"
    other.write_text(
        "licence,name,county,mineral,capacity\nS1,石场,西县,建筑用石料,75 万吨\n", "utf-8"
    )
    scenario = load_scenario(folder(question=question, register=REGISTER), register=other)
    assert list(scenario.question.overproduced) == ["S1"]
    (change,) = [one for one in scenario.changes if one.path.startswith("overproduced")]
    assert change.path == "overproduced.M1"
    assert change.new is None
    assert change.old == {
        "amount": "2.5 万吨",
        "year": 2024,
        "assumed": False,
        "source": "执行情况表",
    }
