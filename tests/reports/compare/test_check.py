"""The independent check of a comparison: right ones pass, every wrong figure is found."""

import ast
import json
from dataclasses import replace
from pathlib import Path

import compare_sample as two
import pytest

from minequota.reports.compare import check
from minequota.reports.compare.compared import compared
from minequota.reports.compare.document import comparison_text
from minequota.reports.machine import allocation_text


@pytest.fixture
def made(tmp_path):
    """Return the document's path, its content and the folders of the two answers."""
    placed = []
    for case in two.cases():
        place = tmp_path / "cases" / case.name
        place.mkdir(parents=True)
        text = allocation_text(case.scenario, case.allocation)
        (place / "allocation.json").write_text(text, encoding="utf-8")
        placed.append(replace(case, folder=f"cases/{case.name}", place=place))
    document = tmp_path / "comparison.json"
    document.write_text(comparison_text(compared(tuple(placed), "low")), encoding="utf-8")
    return document, {case.name: case.place for case in placed}


def line(said, kind, right):
    """Return one line of the document."""
    key = {"outcomes": "name", "zones": "zone"}.get(kind, "right")
    return next(one for one in said[kind] if one[key] == right)


def change(*path, to):
    """Return a function that puts a value at a path of a line."""

    def done(found):
        for part in path[:-1]:
            found = found[part]
        found[path[-1]] = to

    return done


def test_a_right_comparison_passes(made):
    """The hand-made comparison agrees with its answers."""
    assert check.comparison_faults(*made) == ()


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("mines", "A1", change("differences", "high", to=1.6)),
        ("mines", "A1", change("differences", "high", to=None)),
        ("mines", "A1", change("values", "high", to=9.6)),
        ("mines", "A1", change("differences", to={})),
        ("mines", "A1", change("largest_difference", to=2.0)),
        ("mines", "S1", change("values", "low", to=1.0)),
        ("zones", "Z1", change("values", "high", to=71.0)),
        ("zones", "Z1", change("issued", "high", to=1)),
        ("zones", "Z1", change("issued_differences", "high", to=2)),
        ("rights", "A2", change("values", "high", to=10.0)),
        ("rights", "S1", change("fates", "low", "kind", to="keep")),
        ("outcomes", "unmet.菱镁矿", change("values", "high", to=9.5)),
        ("outcomes", "unmet.菱镁矿", change("differences", "high", to=0.0)),
        ("outcomes", "issued", change("values", "low", to=2)),
        ("outcomes", "rights", change("values", "low", to=6)),
        ("outcomes", "cap_used.CAP.magnesite_city", change("values", "low", to=0.0)),
    ],
)
def test_a_wrong_figure_is_found(made, kind, right, wrong):
    """A figure or a difference that the answers do not bear out is a fault that names it."""
    document, places = made
    said = json.loads(document.read_text(encoding="utf-8"))
    wrong(line(said, kind, right))
    document.write_text(json.dumps(said), encoding="utf-8")
    faults = check.comparison_faults(document, places)
    assert faults
    assert all(fault.startswith(f"{kind} {right}") for fault in faults)


@pytest.mark.parametrize("kind", ["mines", "zones", "rights", "outcomes"])
def test_a_missing_line_is_found(made, kind):
    """Nothing an answer has is left out without being counted."""
    document, places = made
    said = json.loads(document.read_text(encoding="utf-8"))
    del said[kind][0]
    document.write_text(json.dumps(said), encoding="utf-8")
    assert check.comparison_faults(document, places)


def test_an_answer_changed_since_is_found(made):
    """The answers compared are known by their hash."""
    document, places = made
    place = places["high"] / "allocation.json"
    place.write_text(place.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert check.comparison_faults(document, places) == (
        "cases high: not the allocation.json compared",
    )


def test_the_check_shares_nothing_with_what_it_checks():
    """It imports the standard library alone."""
    tree = ast.parse(Path(check.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [name for name in imported if name.startswith("minequota")]
