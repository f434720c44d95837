"""The form that is sent to the mines, and what comes back."""

import csv

import builders
import openpyxl
import pytest
from small import asked, mine

from minequota.optimizer.solve import solve
from minequota.reports.roll.form import write_form
from minequota.reports.roll.run import Order, roll_run
from minequota.reports.run_folder import write_run
from minequota.reports.staging import RunFolderExistsError
from minequota.scenarios.errors import InputError


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return a run: A makes 12 and B 4 of 16 万吨; Z1-1 is issued for 20 万立方米 of stone."""
    scenario = builders.scenario(
        builders.tiny_plan(),
        builders.tiny_question(
            demand={"菱镁矿": asked("16 万吨"), "建筑石料": asked("20 万立方米", priority=2)}
        ),
        [
            mine("A", "30 万吨", name="<b>一号</b>, 矿"),
            mine("B", "10 万吨"),
        ],
    )
    folder = tmp_path_factory.mktemp("form") / "run"
    return write_run(scenario, solve(scenario), folder)


def lines(path):
    """Return the lines of a CSV form by licence."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {row["采矿权许可证号"]: row for row in csv.DictReader(stream)}


def test_every_quota_has_a_line(run, tmp_path):
    """Quotas of 12, 4 and 20 with their units; the new right has no name yet."""
    form = lines(write_form(run, tmp_path / "form.csv", None, "zh"))
    assert {key: row["年度指标"] for key, row in form.items()} == {
        "A": "12",
        "B": "4",
        "Z1-1": "20",
    }
    assert form["A"]["单位"] == "万吨"
    assert form["Z1-1"]["矿山名称"] == ""
    assert form["A"]["矿山名称"] == "<b>一号</b>, 矿"
    assert {row["实际产量"] for row in form.values()} == {""}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_filled_in_it_is_what_roll_reads(run, tmp_path, kind):
    """A reports 13 of 12 and B 3 of 4: one excess of 1, one unused of 1 that lapses."""
    form = write_form(run, tmp_path / f"form.{kind}", 2025, "zh")
    filled = {"A": 13, "B": 3, "Z1-1": 20}
    if kind == "csv":
        rows = list(csv.reader(form.read_text(encoding="utf-8-sig").splitlines()))
        with form.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(
                [rows[0], *([*row[:5], filled[row[0]], *row[6:]] for row in rows[1:])]
            )
    else:
        book = openpyxl.load_workbook(form)
        sheet = book.active
        for row in range(3, sheet.max_row + 1):
            sheet.cell(row, 6).value = filled[sheet.cell(row, 1).value]
        book.save(form)
    order = Order(run, form, tmp_path / "next", as_planned=True, extend_plan=True)
    told = roll_run(order).told
    rates = {one.right: one.rate for one in told.rolled.fulfilments}
    assert rates["A"] == pytest.approx(13 / 12)
    assert rates["B"] == pytest.approx(3 / 4)
    assert [one.right for one in told.rolled.fulfilments if one.entered] == ["A"]


def test_nothing_is_overwritten(run, tmp_path):
    """A form that exists stays as it is."""
    (tmp_path / "form.csv").write_text("filled in already", encoding="utf-8")
    with pytest.raises(RunFolderExistsError):
        write_form(run, tmp_path / "form.csv", None, "zh")
    assert (tmp_path / "form.csv").read_text(encoding="utf-8") == "filled in already"


@pytest.mark.parametrize(
    ("name", "year", "code"), [("a.pdf", None, "form_kind"), ("a.csv", 2031, "form_year")]
)
def test_what_cannot_be_written_is_refused(run, tmp_path, name, year, code):
    """A form is CSV or XLSX, and of a year the run has."""
    with pytest.raises(InputError) as refused:
        write_form(run, tmp_path / name, year, "zh")
    assert [one.code for one in refused.value.problems] == [code]
    assert list(tmp_path.iterdir()) == []
