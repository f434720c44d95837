"""Shares of capacity that can be used: whose, of which years, and on which register."""

from __future__ import annotations

from typing import Any

import builders
import pytest

from minequota.scenarios.load import load_scenario, resolved_documents

REGISTER = """licence,name,county,mineral,capacity
M1,一号矿,东县,菱镁矿,20 万吨
S1,石场,西县,建筑用石料,75 万吨
"""


def usable(shares: Any, licence: str = "M1") -> dict[str, Any]:
    """Return a question with the shares of one right."""
    return builders.tiny_question(options={"usable": {licence: shares}})


@pytest.mark.parametrize(
    ("question", "code", "line"),
    [
        (usable({2025: 0.5}), None, ""),
        (usable({2024: 0, 2030: 1}), None, ""),
        (usable({1990: 0.5, 2100: 0.5}), None, ""),
        (usable({}), None, ""),
        (usable({1989: 0.5}), "out_of_range", "1989"),
        (usable({2101: 0.5}), "out_of_range", "2101"),
        (usable({2025: -0.01}), "out_of_range", "2025"),
        (usable({2025: 1.01}), "out_of_range", "2025"),
        (usable({2025: "half"}), "not_number", "2025"),
        (usable({"next": 0.5}), "year_key", "next"),
        (usable(0.5), "not_mapping", "M1"),
        (usable({2025: 0.5}, "M9"), "project_right", "M9"),
        # A licence, not a name: two mines may share a name.
        (usable({2025: 0.5}, "一号矿"), "project_right", "一号矿"),
    ],
)
def test_a_share_in_a_question(problems, folder, question, code, line):
    """Each mistake is one problem, placed at its own line, in both languages."""
    found = problems(question=question, register=REGISTER)
    assert [one.code for one in found] == ([code] if code else [])
    for one in found:
        text = (folder(question=question, register=REGISTER) / "scenario.yaml").read_text("utf-8")
        number = int(one.place.split("scenario.yaml:")[1].split(":")[0])
        assert line in text.splitlines()[number - 1]
        assert one.text() != one.text("en")


def test_all_mistakes_at_once(problems):
    """A year and a share of one entry."""
    question = usable({1980: 2, 2025: -1})
    found = problems(question=question, register=REGISTER)
    assert [one.code for one in found] == ["out_of_range"] * 3


def test_it_is_written_out_and_read_again(folder, tmp_path):
    """The run folder's files hold it; an override reaches its share."""
    path = folder(question=usable({2024: 0.25, 2025: 0.5}), register=REGISTER)
    scenario = load_scenario(path, overrides={"options.usable.M1.2025": 0.75})
    assert scenario.question.options.usable == {"M1": {2024: 0.25, 2025: 0.75}}
    assert [one.path for one in scenario.changes] == ["options.usable.M1.2025"]
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    for name, text in resolved_documents(scenario).items():
        (inputs / name).write_bytes(text.encode())
    assert load_scenario(inputs).question == scenario.question


def test_another_register_leaves_out_the_shares_of_strangers(folder, tmp_path):
    """Of M1, which the other register does not have, the log tells; S1's are kept."""
    question = usable({2024: 0.25, 2025: 0.5})
    question["options"]["usable"]["S1"] = {2025: 0.5}
    other = tmp_path / "other.csv"
    other.write_text(
        "licence,name,county,mineral,capacity\nS1,石场,西县,建筑用石料,75 万吨\n", "utf-8"
    )
    scenario = load_scenario(folder(question=question, register=REGISTER), register=other)
    assert scenario.question.options.usable == {"S1": {2025: 0.5}}
    (change,) = [one for one in scenario.changes if "usable" in one.path]
    assert (change.path, change.new) == ("options.usable.M1", None)
    assert change.old == {"2024": 0.25, "2025": 0.5}
