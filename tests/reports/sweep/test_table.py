"""The table of cases: columns, types, units, files that pandas, DuckDB and Excel read alike."""

import csv
import io
import json

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import small_sweep
from rich.console import Console

from minequota.optimizer.sweep.job import Parameter
from minequota.reports.sweep.cases import CaseTable, Request, case_table
from minequota.reports.sweep.columns import Cases, column_units
from minequota.reports.sweep.files import (
    UnlikeTableError,
    csv_text,
    write_csv,
    write_parquet,
)
from minequota.reports.sweep.result import Finished
from minequota.reports.sweep.screen import show_sweep
from minequota.reports.sweep.specification import Specification
from minequota.reports.sweep.summary import summarise
from minequota.scenarios.load import load_scenario

UNITS = {
    "demand.菱镁矿": ("万吨", "metal"),
    "unmet.菱镁矿": ("万吨", "ore"),
    "goal.closures": ("加权个数", "ore"),
}


def specification(table):
    """Return a specification of a table, without documents."""
    return Specification("tiny", (), (), {}, table, None, 25, False, "highs", {"minequota": "0"})


def answer(number, **columns):
    """Return one row as a worker gives it."""
    row = {"case": number, "status": "optimal", "issued": 1, "unmet.菱镁矿": 0.0}
    return row | columns


def cases(*rows, vary=("demand.菱镁矿=0.5:0.7:0.1",)):
    """Return the cases of a sweep whose workers gave these rows."""
    return Cases(specification(case_table(Request(vary=vary))), rows, UNITS)


def three():
    """Return three cases, the second infeasible, the third with goals the first has not."""
    return cases(
        answer(1, **{"demand.菱镁矿": 15, "binding": "CAP.a"}),
        {"case": 2, "status": "infeasible", "demand.菱镁矿": 0.6},
        answer(3, **{"demand.菱镁矿": 21.0, "goal.closures": 2, "rights": 4, "evenness": None}),
    )


def test_columns_stand_in_the_documented_order():
    """Case, parameters, then as `outcome` documents them, whatever order rows bring them in."""
    assert [column.name for column in three().columns] == [
        *("case", "factor.demand.菱镁矿", "status", "goal.closures", "demand.菱镁矿"),
        *("unmet.菱镁矿", "issued", "rights", "evenness", "binding"),
    ]


def test_a_factor_is_not_the_demand_it_multiplies():
    """Row 2 has no answer, so its `demand.菱镁矿` is the factor again, and no demand."""
    table = three()
    assert table.values("factor.demand.菱镁矿") == [0.5, 0.6, 0.7]
    assert table.values("demand.菱镁矿") == [15, None, 21.0]


def test_types_do_not_depend_on_what_is_there(tmp_path):
    """A column of nulls and one of whole numbers are numbers all the same, counts stay whole."""
    path = write_parquet(three(), tmp_path, {})
    types = {field.name: field.type for field in pq.read_schema(path)}
    assert types == {
        "case": pa.int64(),
        "factor.demand.菱镁矿": pa.float64(),
        "status": pa.string(),
        "goal.closures": pa.float64(),
        "demand.菱镁矿": pa.float64(),
        "unmet.菱镁矿": pa.float64(),
        "issued": pa.int64(),
        "rights": pa.int64(),
        "evenness": pa.float64(),
        "binding": pa.string(),
    }


@pytest.mark.parametrize(
    ("vary", "kind"),
    [
        ("a=1,2,3", pa.int64()),
        ("a=1,2.5,3", pa.float64()),
        ("a=x,y,z", pa.string()),
        ("a=1:3:1 万吨", pa.string()),
        ("demand.b=1:3:1", pa.float64()),
    ],
)
def test_types_of_parameters(tmp_path, vary, kind):
    """A value's column has the type of the values, a factor's is a number."""
    table = cases(answer(1), answer(2), answer(3), vary=(vary,))
    schema = pq.read_schema(write_parquet(table, tmp_path, {}))
    assert schema.field(1).type == kind


def test_metadata_says_format_and_units(tmp_path):
    """Units stand with each column in both languages, what the sweep was with the file."""
    path = write_parquet(three(), tmp_path, {"sample": None, "register": "合成"})
    schema = pq.read_schema(path)
    assert schema.metadata[b"format"] == b"minequota-sweep/1"
    assert json.loads(schema.metadata[b"register"]) == "合成"
    field = schema.field("unmet.菱镁矿").metadata
    assert field[b"unit"].decode() == "万吨"
    assert field[b"unit_en"].decode() == "×10⁴ t"
    assert field[b"title"].decode() == "未满足需求 菱镁矿"
    assert schema.field("demand.菱镁矿").metadata[b"basis"] == b"metal"
    assert "需求 菱镁矿（万吨（金属量））" in csv_text(three(), "zh")


def test_pandas_and_duckdb_read_the_same(tmp_path):
    """Values and blanks, by both."""
    path = write_parquet(three(), tmp_path, {})
    frame = pd.read_parquet(path)
    assert list(frame["demand.菱镁矿"].fillna(-1)) == [15, -1, 21]
    rows = duckdb.sql(
        f"""select "case", status, issued, "demand.菱镁矿" from '{path}'"""
    ).fetchall()
    assert rows == [(1, "optimal", 1, 15.0), (2, "infeasible", None, None), (3, "optimal", 1, 21.0)]


def test_the_same_rows_are_the_same_bytes(tmp_path):
    """Nothing of the time or the machine is in the file."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = (write_parquet(three(), tmp_path / name, {}) for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_what_is_not_read_back_is_not_handed_over(tmp_path, monkeypatch):
    """A writer that loses a row is found out."""
    real = pq.write_table
    monkeypatch.setattr(pq, "write_table", lambda table, *a, **k: real(table.slice(1), *a, **k))
    with pytest.raises(UnlikeTableError):
        write_parquet(three(), tmp_path, {})


def test_csv_is_safe_and_has_its_mark(tmp_path):
    """A name that is a formula gets an apostrophe, a number twelve digits, a blank nothing."""
    table = cases(
        answer(1, issued_rights="=cmd|' /C calc'!A0", evenness=1 / 3),
        answer(2),
        answer(3, issued_rights="@x;y"),
    )
    path = write_csv(table, tmp_path, "zh")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    assert rows[0]["投放的采矿权"] == "'=cmd|' /C calc'!A0"
    assert rows[2]["投放的采矿权"] == "'@x;y"
    assert float(next(rows[0][name] for name in rows[0] if "均衡" in name)) == 0.333333333333
    assert rows[1]["投放的采矿权"] == ""
    assert rows[0]["未满足需求 菱镁矿（万吨）"] == "0"
    assert "Unmet demand 菱镁矿 (×10⁴ t)" in csv_text(table, "en").splitlines()[0]


def test_units_of_a_scenario(tmp_path):
    """Products, caps and goals have the units the records of a run have."""
    from minequota.optimizer.outcome import outcome_units
    from minequota.optimizer.solve import solve

    scenario = load_scenario(small_sweep.write_scenario(tmp_path / "small"))
    units = column_units(scenario)
    recorded = outcome_units(solve(scenario))
    families = [name for name in recorded if "." in name and not name.startswith("cap_share.")]
    assert len(families) > 10
    expected = {name: (recorded[name], "ore") for name in families}
    assert {name: units[name] for name in families} == expected


def test_iron_counts_standard_ore():
    """Liaoyang's iron is counted as 62 % ore: its columns and headings say so."""
    units = column_units(load_scenario("liaoyang"))
    assert units["unmet.铁矿"] == ("万吨", "standard_iron_62")
    caps = {basis for name, (_, basis) in units.items() if name.startswith("cap_used.")}
    assert "standard_iron_62" in caps


def sampled():
    """Return five cases drawn: 0, 1, 2, 3, 10 unmet, of which the first is none."""
    rows = [
        answer(at + 1, **{"unmet.菱镁矿": unmet, "demand.菱镁矿": 30.0, "left_forced": 1})
        | {"left_chosen": at, "large_medium_ratio": 0.25}
        for at, unmet in enumerate((1e-9, 1.0, 2.0, 3.0, 10.0))
    ]
    about = {
        "path": "demand.菱镁矿",
        "distribution": "uniform",
        "parameters": {"low": 0.5, "high": 1.5},
        "source": "--sample",
    }
    values = tuple((0.6 + at / 10,) for at in range(5))
    parameter = Parameter("demand.菱镁矿", "factor")
    table = CaseTable((parameter,), values, tuple(range(5)), (about,), sampled=True)
    return Cases(specification(table), rows, UNITS)


def test_a_summary_by_hand():
    """Mean 16/5 = 3.2; the 5 % quantile lies at 0.2 of 4 steps: 0.2, the 95 % at 3.8: 8.6.

    1e-9 is a solver's rounding, so four of five are short, from case 2 to case 5. Leaving are one
    by rule and 0 to 4 chosen.
    """
    summary = summarise(sampled(), sampled=True)
    unmet, issued, leaving, ratio = summary.spreads
    assert (unmet.least, unmet.mean, unmet.most) == pytest.approx((0, 3.2, 10), abs=1e-8)
    assert unmet.quantiles == pytest.approx((0.2, 2.0, 8.6), abs=1e-8)
    assert (leaving.least, leaving.mean, leaving.most) == (1, 3, 5)
    assert (issued.cases, ratio.mean) == (5, 0.25)
    (short,) = summary.shortages
    assert (short.cases, short.first, short.last) == (4, 2, 5)
    assert summary.statuses == {"optimal": 5}
    assert summarise(sampled(), sampled=False).spreads[0].quantiles == ()


def test_turning_points_are_shown_and_stored(tmp_path, monkeypatch):
    """What is found stands on the screen, in sweep.json and in a CSV of its own."""
    from pathlib import Path

    from minequota.reports.sweep.sweep import sweep

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("minequota.reports.sweep.checked.solve_checked", small_sweep.fake_chunk)
    scenario = small_sweep.write_scenario(tmp_path / "small")

    def turning(asked, rows, jobs):
        assert (asked.table.parameters[0].path, jobs) == ("demand.菱镁矿", 1)
        first = next(row for row in rows if row["unmet.菱镁矿"] > 0)
        figures = {"parameter": "=demand", "at": 1.0, "below": 1.0, "above": 1.000001}
        words = {"text": "需求开始未满足：菱镁矿", "text_en": "Demand first goes unmet"}
        kind = {"what": "unmet_products", "item": "菱镁矿", "begins": True}
        return [figures | kind | words | {"other": first["case"]}]

    order = small_sweep.order(scenario, Path("out"), "demand.菱镁矿=0.5:1.5:0.5", turning=True)
    done, out = sweep(order, lambda line: None, turning)
    text = (out / "turning_points.csv").read_bytes().decode("utf-8-sig")
    names, row, _ = text.split("\r\n")
    assert names == "parameter,at,below,above,what,item,begins,text,text_en,other"
    assert row.startswith("'=demand,1,1,1.000001,unmet_products,菱镁矿,true,")
    document = json.loads((out / "sweep.json").read_text("utf-8"))
    assert document["turning_points"] == list(done.turning_points)
    assert "turning_points.csv" in json.loads((out / "manifest.json").read_text("utf-8"))["files"]
    shown = screen(done, "zh")
    assert "转折点" in shown
    assert "需求开始未满足：菱镁矿" in shown
    assert "other" in shown


def test_a_made_up_right_that_leaves_is_not_named(tmp_path):
    """M1's name is synthetic: the screen says that a right leaves, not which."""
    from dataclasses import replace

    from minequota.scenarios.right import Provenance

    scenario = load_scenario(small_sweep.write_scenario(tmp_path / "small"))
    made_up = tuple(
        replace(one, provenance={**one.provenance, "name": Provenance.SYNTHETIC})
        if one.licence == "M1"
        else one
        for one in scenario.rights
    )
    points = [
        {"parameter": "p", "at": 1.0, "what": "leaving_rights", "item": item}
        | {"text": f"开始退出：{item}", "text_en": f"Right leaves: {item}"}
        for item in ("M1", "M2")
    ]
    table = three()
    asked = specification(case_table(Request(vary=("demand.菱镁矿=0.5:0.7:0.1",))))
    summary = summarise(table, sampled=False)
    done = Finished(asked, replace(scenario, rights=made_up), table, summary, (), points)
    shown = screen(done, "en")
    assert "M1" not in shown
    assert "Right leaves: a synthetic right (not named)" in shown
    assert "Right leaves: M2" in shown


def screen(done, lang, **options):
    """Return what a finished sweep shows."""
    from pathlib import Path

    console = Console(file=io.StringIO(), width=100, highlight=False, markup=False, emoji=False)
    show_sweep(done, Path("out"), lang, console=console, **options)
    return console.file.getvalue()


def test_the_screen_in_both_languages(tmp_path):
    """Names are never markup; quietly only how it ended and where; quantiles of a sample."""
    scenario = load_scenario(small_sweep.write_scenario(tmp_path / "small"))
    table = sampled()
    asked = Specification(
        *("[bold]x", (), (), {}),
        CaseTable(
            (Parameter("demand.菱镁矿", "factor"),),
            tuple((row["factor.demand.菱镁矿"],) for row in table.rows),
            tuple(range(5)),
            ({"distribution": "uniform", "parameters": {"low": 0.5, "high": 1.5}},),
            sampled=True,
        ),
        {"number": 5, "seed": 1, "method": "random", "independent": True},
        *(25, False, "highs", {}),
    )
    done = Finished(asked, scenario, table, summarise(table, sampled=True), ())
    chinese = screen(done, "zh")
    for words in ("[bold]x", "简单随机抽样 5 个案例", "相互独立", "80.0%", "2 (0.7)", "8.6", "3.2"):
        assert words in chinese
    english = screen(done, "en")
    for words in ("Random sample of 5 cases, seed 1", "Unmet demand magnesite", "95 %", "rights"):
        assert words in english
    quiet = screen(done, "en", quiet=True)
    assert quiet.splitlines() == ["5 cases: proven optimal 5", "Result folder: out"]
