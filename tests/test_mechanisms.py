"""The table of mechanisms names what exists: plans, rules, goals, files and tests."""

import re
from functools import lru_cache
from pathlib import Path
from typing import get_args

import pytest

from minequota.optimizer.rules import RULES
from minequota.scenarios.library import library_names
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Goal
from minequota.scenarios.synthesis.generator import library_plan

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "mechanisms.md"
HEADER = ["mechanism", "asked for by", "done by", "fails without it"]


def table_rows():
    """Return the cells of every row of every table, headers and rulers left out."""
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row != HEADER and set(row[0]) != {"-"}]


ROWS = table_rows()
ALL = pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])


@lru_cache(maxsize=1)
def plans():
    """Return the library's plans by name."""
    return {name: library_plan(name) for name in library_names()}


def named(cell):
    """Return what stands in `code` in a cell."""
    return re.findall(r"`([^`]+)`", cell)


@ALL
def test_a_row_has_its_four_cells(row):
    """What it is, who asks for it, what does it, what fails without it."""
    assert len(row) == 4
    assert all(row)


@ALL
def test_the_plan_holds_the_clause(row):
    """A key of a plan named here holds something; a row without one says why it has none."""
    facts = [word.split(".") for word in named(row[1]) if "." in word]
    for plan, key in facts:
        assert key in Plan.model_fields
        assert getattr(plans()[plan], key), f"{plan}.{key}"
        assert plan.capitalize() in row[1]
    words = ("(text only)", "(its scenario)")
    assert facts or row[1].startswith(("practice", "design")) or any(w in row[1] for w in words)


@ALL
def test_the_code_is_there(row):
    """The file exists, and every word in capitals is the code of a rule."""
    files = [word for word in named(row[2]) if "/" in word]
    assert files, row[0]
    assert [one for one in files if not (ROOT / one).exists()] == []
    said = set(re.findall(r"\b[A-Z]{3,}\b", row[2]))
    assert said <= {rule.code for rule in RULES}
    assert {word for word in named(row[2]) if "/" not in word} <= set(get_args(Goal))


@ALL
def test_the_tests_are_there(row):
    """Every test is a function of the file it is said to stand in."""
    tests = named(row[3])
    assert tests, row[0]
    for test in tests:
        path, _, name = test.partition("::")
        text = (ROOT / path).read_text("utf-8")
        assert re.search(rf"^def {name}\(", text, re.MULTILINE), test


def test_every_rule_and_every_goal_is_asked_for():
    """No rule or goal of the program is without a mechanism, and every plan asks for something."""
    done = " ".join(row[2] for row in ROWS)
    assert [rule.code for rule in RULES if not re.search(rf"\b{rule.code}\b", done)] == []
    assert [goal for goal in get_args(Goal) if f"`{goal}`" not in done] == []
    asked = " ".join(row[1] for row in ROWS)
    assert [plan for plan in plans() if f"`{plan}." not in asked] == []


def test_no_mechanism_stands_twice():
    """Every line says something else."""
    names = [row[0] for row in ROWS]
    assert len(names) == len(set(names))
