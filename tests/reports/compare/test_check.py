"""The independent check of a comparison: right ones pass, every wrong figure is found."""

import ast
import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import compare_sample as two
import pytest
import report_sample as sample

from minequota.reports.compare import check
from minequota.reports.compare.compared import compared
from minequota.reports.compare.document import comparison_text
from minequota.reports.compare.tables import build_tables
from minequota.reports.csvfile import write_csv
from minequota.reports.machine import allocation_text
from minequota.scenarios.register.reader import format_register


@pytest.fixture(params=["zh", "en"])
def made(request, tmp_path):
    """Return the document's path, and the folders of the two answers."""
    return written(tmp_path, [even(case) for case in two.cases()], request.param)


def even(case):
    """Return a case that was solved for evenness too."""
    goals = case.allocation.goals
    goal = replace(goals[0], name="evenness", unit="相对差", value=0.0, rounded_value=0.02)
    return changed(case, goals=(*goals, goal))


def written(folder, cases, lang="zh"):
    """Write two answers, their registers, the document and the tables; return the former."""
    placed = []
    for case in cases:
        place = folder / "cases" / case.name
        (place / "inputs").mkdir(parents=True)
        text = allocation_text(case.scenario, case.allocation)
        (place / "allocation.json").write_text(text, encoding="utf-8")
        register = format_register(case.scenario.rights)
        (place / "inputs" / "mines.csv").write_bytes(register.encode("utf-8-sig"))
        placed.append(replace(case, folder=f"cases/{case.name}", place=place))
    found = compared(tuple(placed), "low")
    document = folder / "comparison.json"
    document.write_text(comparison_text(found), encoding="utf-8")
    (folder / "tables").mkdir()
    for table in build_tables(found, lang):
        write_csv(table, folder / "tables")
    return document, {case.name: case.place for case in placed}


def line(said, kind, right):
    """Return one line of the document; one of rights without a name by product or mineral."""
    key = {"outcomes": "name", "goals": "name", "zones": "zone"}.get(kind, "right")
    return next(
        one
        for one in said[kind]
        if one[key] == right
        or (one.get("named") is False and right == one.get("product", one["mineral"]))
    )


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
        ("mines", "建筑石料", change("values", "low", to=1.0)),
        ("mines", "建筑石料", change("count", to=2)),
        ("mines", "建筑石料", change("named", to=True)),
        ("mines", "建筑石料", change("synthetic", to=False)),
        ("mines", "A1", change("name", to="B1")),
        ("mines", "A1", change("county", to="西县")),
        ("mines", "A1", change("mineral", to="金矿")),
        ("mines", "A1", change("named", to=False)),
        ("mines", "A1", change("synthetic", to=True)),
        ("mines", "A1", change("awaiting", to=["high"])),
        ("mines", "A1", change("differs", to=False)),
        ("mines", "A1", change("unit", to="万立方米")),
        ("mines", "A1", change("basis", to="62 %")),
        ("mines", "A1", change("year", to=2024)),
        ("zones", "Z1", change("values", "high", to=71.0)),
        ("zones", "Z1", change("issued", "high", to=1)),
        ("zones", "Z1", change("issued_differences", "high", to=2)),
        ("rights", "A2", change("values", "high", to=10.0)),
        ("rights", "A2", change("unit", to="万立方米")),
        ("rights", "A2", change("county", to="西县")),
        ("rights", "A2", change("size_class", to="large")),
        ("rights", "A2", change("differs", to=False)),
        ("rights", "A2", change("fates", "high", "project", to="E3")),
        ("rights", "A2", change("name", to="B")),
        ("rights", "建筑石料", change("count", to=2)),
        ("rights", "建筑石料", change("fates", "low", "kind", to="keep")),
        ("zones", "Z1", change("name", to="Z")),
        ("zones", "Z1", change("county", to="东县")),
        ("zones", "Z1", change("unit", to="万吨")),
        ("zones", "Z1", change("rights", "high", 1, "year", to=2024)),
        ("zones", "Z1", change("differs", to=False)),
        ("outcomes", "unmet.菱镁矿", change("values", "high", to=9.5)),
        ("outcomes", "unmet.菱镁矿", change("differences", "high", to=0.0)),
        ("outcomes", "issued", change("values", "low", to=2)),
        ("outcomes", "rights", change("values", "low", to=6)),
        ("outcomes", "cap_used.CAP.magnesite_city", change("values", "low", to=0.0)),
        ("outcomes", "cap_share.CAP.magnesite_city", change("values", "low", to=0.0)),
        ("outcomes", "large_medium_ratio", change("values", "low", to=0.5)),
        ("outcomes", "evenness", change("values", "low", to=0.5)),
        ("outcomes", "binding", change("values", "low", to="")),
        ("outcomes", "leaving_rights", change("values", "low", to="A3")),
        ("outcomes", "expanded_rights", change("values", "high", to="")),
        ("outcomes", "unmet_products", change("values", "low", to="")),
        ("outcomes", "unmet.菱镁矿", change("unit", to="万立方米")),
        ("outcomes", "unmet.菱镁矿", change("basis", to="62 %")),
        ("outcomes", "status", change("values", "low", to="within_gap")),
        ("goals", "unmet_demand_1", change("statuses", "low", to="within_gap")),
    ],
)
def test_a_wrong_figure_is_found(made, kind, right, wrong):
    """A figure or a difference that the answers do not bear out is a fault that names it."""
    document, places = made
    said = json.loads(document.read_text(encoding="utf-8"))
    wrong(line(said, kind, right))
    document.write_text(json.dumps(said), encoding="utf-8")
    # The tables say what was so before: here they are not asked.
    faults = of_document(check.comparison_faults(document, places))
    assert faults
    label = right if right != "建筑石料" else ("（不具名）", "建筑石料", "S1")
    labels = (label,) if isinstance(label, str) else label
    allowed = tuple(f"{kind} {one}" for one in labels)
    assert [fault for fault in faults if fault.startswith(allowed)]


def of_document(faults):
    """Return the faults of the document, those of the tables left out."""
    return [fault for fault in faults if not fault.startswith("table ")]


@pytest.mark.parametrize("kind", ["mines", "zones", "rights", "outcomes", "goals"])
def test_a_missing_line_is_found(made, kind):
    """Nothing an answer has is left out without being counted."""
    document, places = made
    said = json.loads(document.read_text(encoding="utf-8"))
    del said[kind][0]
    document.write_text(json.dumps(said), encoding="utf-8")
    assert of_document(check.comparison_faults(document, places))


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [("mines", 0, -1), ("mines", 0, 1), ("rights", 0, -1), ("outcomes", 0, -1)],
)
def test_another_order_is_found(made, kind, first, second):
    """What differs comes first, the largest first; outcomes as they are documented."""
    document, places = made
    said = json.loads(document.read_text(encoding="utf-8"))
    lines = said[kind]
    lines[first], lines[second] = lines[second], lines[first]
    document.write_text(json.dumps(said), encoding="utf-8")
    assert of_document(check.comparison_faults(document, places))


@pytest.mark.parametrize("field", ["status", "solver", "years", "mode", "plan"])
def test_a_column_that_is_another_is_found(made, field):
    """How a column was asked and solved stands in its answer."""
    document, places = made
    said = json.loads(document.read_text(encoding="utf-8"))
    said["cases"][1][field] = [2024] if field == "years" else "no_answer"
    document.write_text(json.dumps(said), encoding="utf-8")
    faults = check.comparison_faults(document, places)
    assert [fault for fault in faults if fault.startswith(f"cases high: {field}")]


def cells_of(folder, number):
    """Yield every cell of a table as row, column, text; notes and headers left out."""
    (path,) = (folder / "tables").glob(f"table{number}_*.csv")
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    for at, row in enumerate(rows):
        if at and row[0] in {"明细", "detail"}:
            yield from ((path, rows, at, column) for column in range(1, len(row)))


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_every_cell_of_a_table_is_read(tmp_path, number):
    """Any number, word or blank of a table that is changed is found, one at a time.

    Where a mine's data come from is the register's to say, and only that it is synthetic is read;
    so is a title of a binding clause but for its id.
    """
    document, places = written(tmp_path, two.cases())
    tried = missed = 0
    for path, rows, at, column in cells_of(tmp_path, number):
        header = rows[0][column]
        binding = number == 2 and rows[at][1] == "起约束作用的条款" and column == 2
        if binding or (header == "数据来源" and "合成" not in rows[at][column]):
            continue
        wrong = [list(row) for row in rows]
        before = wrong[at][column]
        wrong[at][column] = "7.77" if before.replace(".", "").lstrip("-").isdigit() else "不同"
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(wrong)
        right = path.read_bytes()
        path.write_bytes(out.getvalue().encode("utf-8-sig"))
        tried += 1
        missed += not check.comparison_faults(document, places)
        path.write_bytes(right)
    assert tried > 5
    assert missed == 0


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_a_missing_row_is_found(made, number):
    """So is a table that is not there."""
    document, places = made
    path, rows, at, _ = next(cells_of(document.parent, number))
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows[:at] + rows[at + 1 :])
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    assert check.comparison_faults(document, places)
    path.unlink()
    assert f"table {number}: it is not there, or twice" in check.comparison_faults(document, places)


@pytest.mark.parametrize("secret", ["S1", "合成甲矿"])
@pytest.mark.parametrize("place", ["inputs", "leaving_rights", "table1", "table3", "table5"])
def test_a_name_that_may_not_be_told_is_found(made, secret, place):
    """S1 leaves and is made up: neither its licence nor its name stands in any file."""
    document, places = made
    if place.startswith("table"):
        (path,) = (document.parent / "tables").glob(f"{place}_*.csv")
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
        rows[1][2] = f"{secret}.name" if place == "table1" else secret
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(rows)
        path.write_bytes(out.getvalue().encode("utf-8-sig"))
    else:
        said = json.loads(document.read_text(encoding="utf-8"))
        if place == "inputs":
            said["inputs"][0]["key"] = f"{secret}.name"
        else:
            line(said, "outcomes", place)["values"]["low"] = f"A3;{secret}"
        document.write_text(json.dumps(said), encoding="utf-8")
    faults = check.comparison_faults(document, places)
    assert [fault for fault in faults if fault.endswith(f"names {secret}")]


def test_what_is_counted_otherwise_passes(tmp_path):
    """Other units, other bases, other years and a right gone from a register: all agree."""
    for at, (low, high) in enumerate(variants()):
        assert check.comparison_faults(*written(tmp_path / str(at), (low, high))) == ()


def variants():
    """Yield pairs of cases whose lines fall apart, in each way by itself."""
    low, high = two.cases()
    first, *rest = high.allocation.quotas
    for change in ({"basis": "62 %"}, {"unit": "万立方米"}, {"awaiting": True, "amount": 0.0}):
        yield low, changed(high, quotas=(replace(first, **change), *rest))
    grown = replace(two.ENLARGED, capacity=12.0, capacity_unit="万立方米")
    yield low, changed(high, reorganisations=(grown,))
    made = replace(two.ENLARGED, kind="merge", right="merger:M", id="M")
    yield changed(low, reorganisations=(made,)), high
    tons = sample.issuance("Z1-1", 90.0, capacity_unit="万吨")
    yield low, changed(high, issuance=(tons,))
    converted = sample.issuance("convert:T1", 90.0, kind="converted", zone="", zone_name="")
    yield changed(low, issuance=()), changed(high, issuance=(converted,))
    years = (2024, 2025)
    yield low, over_years(high, years)
    yield over_years(low, years), over_years(high, years)
    later = tuple(replace(one, year=2026) for one in high.allocation.quotas)
    yield low, changed(high, years=(2026,), year=2026, quotas=later)
    rights = tuple(one for one in high.scenario.rights if one.licence not in {"S3", "A1"})
    short = replace(high, scenario=replace(high.scenario, rights=rights))
    gone = {"S3", "A1"}
    yield (
        low,
        changed(
            short,
            quotas=tuple(one for one in high.allocation.quotas if one.right not in gone),
            actions=tuple(one for one in high.allocation.actions if one.right not in gone),
        ),
    )


def over_years(case, years):
    """Return a case that plans years, its figures as they stand."""
    question = case.scenario.question.model_copy(update={"mode": "calendar"})
    asked = replace(case, scenario=replace(case.scenario, question=question))
    return changed(asked, mode="calendar", years=years)


def changed(case, **fields):
    """Return a case with other records in its answer."""
    return replace(case, allocation=replace(case.allocation, **fields))


def test_an_answer_changed_since_is_found(made):
    """The answers compared are known by their hash."""
    document, places = made
    place = places["high"] / "allocation.json"
    place.write_text(place.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert check.comparison_faults(document, places) == (
        "cases high: not the allocation.json compared",
    )


def test_the_check_shares_nothing_with_what_it_checks():
    """Its parts import the standard library and each other alone."""
    parts = sorted(Path(check.__file__).parent.glob("check*.py"))
    assert len(parts) > 1
    for part in parts:
        tree = ast.parse(part.read_text(encoding="utf-8"))
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        own = [name for name in imported if name.startswith("minequota")]
        assert not [name for name in own if not name.startswith("minequota.reports.compare.check_")]
