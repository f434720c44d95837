"""A robust plan as it is written and shown, and what the check of its files finds."""

import csv
import hashlib
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
import yaml
from robust_futures import write_three

from minequota.optimizer.verify import verify_run
from minequota.reports.manifest import file_hashes
from minequota.reports.robust import run_robust
from minequota.reports.robust_check import robust_faults
from minequota.reports.robust_screen import show_robust
from minequota.reports.robust_verify import is_robust, verify_robust
from minequota.reports.run import Order
from minequota.reports.run_folder import VerificationFailedError
from minequota.reports.staging import RunFolderExistsError
from minequota.reports.terminal import make_console

CASES = ("first=3", "second=2")
TABLES = {
    "zh": ["各种未来", "逐级目标", "各方案比较", "稳健的代价", "预知需求的价值", "采矿权决定"],
    "en": ["futures", "goals", "plans", "price", "knowing", "rights"],
}


def quiet(_):
    """Say nothing."""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Return the choice of three, decided by regret in both languages: the plans by language."""
    base = tmp_path_factory.mktemp("robust")
    path = write_three(base / "three")
    return {
        lang: run_robust(
            Order(str(path), CASES, out=base / lang, lang=lang, command="test"), "regret", quiet
        )
        for lang in ("zh", "en")
    }


@pytest.fixture
def document(written):
    """Return robust.json."""
    return json.loads((written["zh"].folder / "robust.json").read_text("utf-8"))


@pytest.fixture
def copied(written, tmp_path):
    """Return a copy of the folder, to be damaged."""
    return shutil.copytree(written["zh"].folder, tmp_path / "plan")


def test_the_folder_is_complete(written):
    """Run folders, tables, workbook, document, log, manifest: each hashed, and nothing besides."""
    for lang, done in written.items():
        names = {path.name for path in done.folder.iterdir()}
        assert names == {
            *("futures", "own", "tables", "robust.json", "robust.xlsx", "log.txt", "manifest.json")
        }
        tables = sorted(path.stem for path in (done.folder / "tables").iterdir())
        assert tables == [f"table{n}_{stem}" for n, stem in enumerate(TABLES[lang], start=1)]
        manifest = json.loads((done.folder / "manifest.json").read_text("utf-8"))
        assert manifest["files"] == file_hashes(done.folder)
        assert [one["weight"] for one in manifest["futures"]] == [0.6, 0.4]
    assert not [path for path in done.folder.parent.iterdir() if path.name.startswith(".")]


def test_every_future_is_a_run_that_verifies(written):
    """The check of an ordinary run accepts each future's folder, and the plan's own check all."""
    for done in written.values():
        for name in ("first", "second"):
            assert verify_run(done.folder / "futures" / name) == ()
        assert is_robust(done.folder)
        assert verify_robust(done.folder) == ()


def test_the_figures_by_hand(document):
    """N2 serves 12 of 20 and 12 of 30; alone the futures issue N0 (leaves 2) and N1 (2.5).

    Expected 0.6 × 2.4 + 0.4 × 2.6 = 2.48, worst 2.6, regret max(0.4, 0.1) = 0.4. Knowing saves
    2.48 − (0.6 × 2 + 0.4 × 2.5) = 0.28. Of 甲矿 10 and 200 lack, alone 0 and 200: 6 on average;
    of 丙矿 8 and 18, alone 20 and 30: −12.
    """
    measures = {
        one["plan"]: [one["expected"], one["worst"], one["regret"]]
        for one in document["measures"]
        if one["goal"] == "unmet_demand_1"
    }
    assert measures["robust"] == pytest.approx([2.48, 2.6, 0.4], abs=1e-6)
    assert measures["first"] == pytest.approx([2.38, 2.95, 0.45], abs=1e-6)
    assert measures["second"] == pytest.approx([2.5, 2.5, 0.5], abs=1e-6)
    (goal,) = document["knowing"]
    assert goal["value"] == pytest.approx(0.28, abs=1e-6)
    products = {one["product"]: one["value"] for one in document["knowing_products"]}
    assert products == pytest.approx({"甲矿": 6, "乙矿": 4, "丙矿": -12})
    prices = {
        one["future"]: one["price"] for one in document["prices"] if one["goal"] == "unmet_demand_1"
    }
    assert prices == pytest.approx({"first": 0.4, "second": 0.1})
    decided = {one["right"]: one["plans"] for one in document["rights"]}
    assert {
        right: [m and m["capacity"] for m in plans.values()] for right, plans in decided.items()
    } == {
        "N0": [None, 10, None],
        "N1": [None, None, 10],
        "N2": [12, None, None],
    }


def test_every_field_is_documented(document):
    """docs/formats.md names every field of robust.json and of its records."""
    page = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")
    section = page.split("### robust.json")[1].split("\n## ")[0]
    names = set(document)
    for part in document.values():
        for record in part if isinstance(part, list) else ():
            if isinstance(record, dict):
                names |= set(record)
    assert [name for name in sorted(names) if f"`{name}`" not in section] == []


def test_tables_and_workbook_say_the_same(written):
    """Each CSV has its sheet; the measured regrets stand in table 3 of both."""
    folder = written["en"].folder
    book = openpyxl.load_workbook(folder / "robust.xlsx")
    assert book.sheetnames[1:] == [f"T{n} {stem}" for n, stem in enumerate(TABLES["en"], start=1)]
    with (folder / "tables" / "table3_plans.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["Row"] == "detail"]
    regrets = [float(row["largest regret"]) for row in rows if "Unmet" in row["Part"]]
    assert regrets == pytest.approx([0.4, 0.45, 0.5], abs=1e-6)
    cells = [cell for line in book["T3 plans"].iter_rows(values_only=True) for cell in line]
    for value in regrets:
        assert any(isinstance(cell, float) and abs(cell - value) < 1e-9 for cell in cells)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [70, 160])
def test_the_screen(written, capsys, lang, width):
    """The answers, all tables and where it was written; without tables the answers alone."""
    console = make_console()
    console.width = width
    show_robust(written[lang].report, folder=written[lang].folder, console=console)
    shown = capsys.readouterr().out
    words = {
        "zh": ["稳健的代价", "最大后悔值", "表6", "0.28"],
        "en": ["Price", "largest regret", "Table 6", "0.28"],
    }
    assert all(word in shown for word in words[lang])
    assert all(len(line) <= width for line in shown.splitlines())
    show_robust(written[lang].report, console=console, tables=False)
    short = capsys.readouterr().out
    assert words[lang][2] not in short
    assert "0.28" in short


def test_a_plan_that_does_not_fit(written, tmp_path, capsys):
    """In one future nothing may be issued: the other's plan is infeasible there, and said to be."""
    path = written["zh"].folder.parent / "three" / "scenario.yaml"
    order = Order(str(path), ("first", "closed"), out=tmp_path / "plan", lang="en")
    done = run_robust(order, "worst", quiet)
    assert verify_robust(done.folder) == ()
    said = json.loads((done.folder / "robust.json").read_text("utf-8"))
    for plan, fits in (("robust", True), ("first", False), ("closed", True)):
        measures = [one for one in said["measures"] if one["plan"] == plan]
        assert all((one["worst"] is not None) == fits for one in measures)
    values = {(v["plan"], v["future"]): v["value"] for v in said["values"] if v["goal"] == GOAL}
    assert values["first", "first"] == 2.0
    assert values["first", "closed"] is None
    show_robust(done.report, console=make_console())
    assert "infeasible in closed" in capsys.readouterr().out
    with (done.folder / "tables" / "table3_plans.csv").open(encoding="utf-8-sig") as stream:
        rows = [row for row in csv.DictReader(stream) if row["Row"] == "detail"]
    fits = {row["Plan"]: row["Fits"] for row in rows}
    assert fits["Robust plan"] == "yes"
    assert fits['Plan for "first" alone'] == "infeasible: closed"


def test_a_calendar(written, tmp_path):
    """Year by year the rights are the same too; the year of each decision stands beside it."""
    path = written["zh"].folder.parent / "three" / "scenario.yaml"
    cases = ("first+longer=3", "second+longer=2")
    done = run_robust(Order(str(path), cases, out=tmp_path / "plan"), "expected", quiet)
    assert verify_robust(done.folder) == ()
    said = json.loads((done.folder / "robust.json").read_text("utf-8"))
    assert said["years"] == [2024, 2025]
    assert [future["folder"] for future in said["futures"]] == [
        *("futures/first+longer", "futures/second+longer")
    ]
    made = {one["right"]: one["plans"]["robust"] for one in said["rights"]}
    assert made["N0"] == {"year": 2024, "capacity": 10}
    text = (done.folder / "tables" / "table6_采矿权决定.csv").read_text("utf-8-sig")
    assert "10（2024年）" in text


def test_nothing_is_overwritten(written, tmp_path):
    """A folder that exists is refused before anything is read."""
    (tmp_path / "there").mkdir()
    with pytest.raises(RunFolderExistsError):
        run_robust(Order("no such scenario", CASES, out=tmp_path / "there"), "worst", quiet)


def test_a_fault_leaves_nothing(written, tmp_path, monkeypatch):
    """Where the check of the figures finds a fault, there is no folder at all."""
    monkeypatch.setattr("minequota.reports.robust.robust_faults", lambda folder: ("wrong",))
    path = written["zh"].folder.parent / "three" / "scenario.yaml"
    with pytest.raises(VerificationFailedError, match="wrong"):
        run_robust(Order(str(path), CASES, out=tmp_path / "deep" / "out"), "worst", quiet)
    assert list(tmp_path.iterdir()) == []


def damaged(folder, change):
    """Change robust.json with a function and return the faults the check finds."""
    path = folder / "robust.json"
    said = json.loads(path.read_text("utf-8"))
    change(said)
    path.write_text(json.dumps(said), encoding="utf-8")
    return robust_faults(folder)


def one_of(said, part, **keys):
    """Return the record of a part whose keys have these values."""
    return next(one for one in said[part] if all(one[k] == v for k, v in keys.items()))


def nothing_unmet(said):
    """Say that the robust plan leaves nothing unmet, with all that follows from it."""
    own = [one["own_value"] for one in said["prices"] if one["goal"] == GOAL]
    for one in said["values"]:
        if (one["plan"], one["goal"]) == ("robust", GOAL):
            one["value"] = 0.0
    measures = one_of(said, "measures", plan="robust", goal=GOAL)
    measures.update(expected=0.0, worst=0.0, regret=max(-value for value in own))
    for one in said["goals"]:
        if one["name"] == GOAL:
            one["value"] = measures[one["counted"]]
    for one in said["knowing"]:
        one.update(expected=0.0, value=-one["best"])


def none_fits(said):
    """Say that no single plan fits any future."""
    for one in said["values"]:
        if one["plan"] != "robust":
            one["value"] = None
    for one in said["measures"]:
        if one["plan"] != "robust":
            one.update(expected=None, worst=None, regret=None)


def no_price(said):
    """Say that every future's own plan is no better."""
    for one in said["prices"]:
        one.update(own=one["robust"], price=0.0)


GOAL = "unmet_demand_1"
DAMAGE = {
    "weight": (lambda s: s["futures"][0].update(weight=0.7), "weights"),
    "right": (
        lambda s: one_of(s, "rights", right="N2")["plans"]["robust"].update(capacity=13),
        "N2",
    ),
    "year": (lambda s: one_of(s, "rights", right="N2")["plans"]["robust"].update(year=2024), "N2"),
    "left out": (lambda s: s["rights"].pop(), "N2"),
    "value": (
        lambda s: one_of(s, "values", plan="first", goal=GOAL, future="second").update(value=2.0),
        "measures first",
    ),
    "measure": (
        lambda s: one_of(s, "measures", plan="robust", goal=GOAL).update(worst=2.5),
        "worst",
    ),
    "rounded": (lambda s: one_of(s, "rounded", goal=GOAL).update(expected=2.4), "rounded"),
    "unmet": (
        lambda s: one_of(s, "unmet", future="first", product="丙矿").update(robust=7.0),
        "unmet first",
    ),
    "price": (
        lambda s: one_of(s, "prices", future="first", goal=GOAL).update(price=0.3),
        "difference",
    ),
    "robust": (
        lambda s: one_of(s, "prices", future="first", goal=GOAL).update(robust=2.3, price=0.3),
        "by its balances",
    ),
    "knowing": (lambda s: s["knowing"][0].update(value=0.3), "knowing"),
    "best": (lambda s: s["knowing"][0].update(best=2.1, value=0.38), "best"),
    "product": (
        lambda s: one_of(s, "knowing_products", product="甲矿").update(expected=80.0),
        "甲矿",
    ),
    "plan": (lambda s: s.update(measure="worst"), "second is better"),
    "goals": (
        lambda s: [one.update(value=123.0) for one in s["goals"]],
        "regret 123.0, by its measures 0.4",
    ),
    "once": (lambda s: one_of(s, "goals", name="closures").update(value=1.0), "once"),
    "order": (lambda s: one_of(s, "goals", counted="order").update(value=1.0), "goals tie_break"),
    "bound": (lambda s: one_of(s, "goals", name=GOAL).update(bound=-5.0), "optimal, but"),
    "no bound": (lambda s: one_of(s, "goals", name=GOAL).update(bound=None), "without a bound"),
    "bound above": (lambda s: one_of(s, "goals", name=GOAL).update(bound=5.0), "bound 5.0 above"),
    "counted": (lambda s: one_of(s, "goals", counted="regret").update(counted="worst"), "counted"),
    "values": (lambda s: nothing_unmet(s), "values robust unmet_demand_1 first: 0.0"),
    "own value": (
        lambda s: one_of(s, "values", plan="first", goal=GOAL, future="first").update(value=1.9),
        "values first unmet_demand_1 first",
    ),
    "does not fit": (lambda s: none_fits(s), "values second unmet_demand_1 second: None"),
    "half fits": (
        lambda s: one_of(s, "values", plan="first", goal=GOAL, future="second").update(value=None),
        "for some goals only",
    ),
    "value left out": (lambda s: s["values"].pop(), "not one for each plan"),
    "price left out": (lambda s: s["prices"].pop(), "prices: not one"),
    "unmet left out": (lambda s: s["unmet"].pop(), "unmet"),
    "knowing left out": (lambda s: s["knowing"].pop(), "knowing: not one"),
    "rounded left out": (lambda s: s["rounded"].pop(), "rounded: not one"),
    "status": (lambda s: s.update(status="within_gap"), "the worst is optimal"),
    "of a goal": (lambda s: s["goals"][0].update(status="time_limit"), "the worst is time_limit"),
    "of a future": (lambda s: s["futures"][0].update(status="infeasible"), "written optimal"),
    "of an own plan": (lambda s: s["futures"][1].update(own_status="time_limit"), "own_status"),
    "single right": (
        lambda s: one_of(s, "rights", right="N0")["plans"]["first"].update(capacity=999.0),
        "in its own plan of first",
    ),
    "single left out": (
        lambda s: one_of(s, "rights", right="N1")["plans"].update(second=None),
        "in its own plan of second",
    ),
    "own": (lambda s: no_price(s), "own 2.4, written 2.0"),
    "unmet alone": (
        lambda s: one_of(s, "unmet", future="first", product="丙矿").update(own=7.0),
        "own 20",
    ),
    "demand": (
        lambda s: one_of(s, "unmet", future="first", product="丙矿").update(demand=7.0),
        "demand 20",
    ),
    "taken": (lambda s: s["notes"].append("single_plan_taken:first"), "its rights are others"),
    "own file": (lambda s: s["futures"][0].update(own_file="../x.json"), "leaves the folder"),
    "folder": (lambda s: s["futures"][0].update(folder="../three"), "leaves the folder"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_figure_changed_is_found(copied, name):
    """Every kind of figure of robust.json is checked against the futures' files or others."""
    change, said = DAMAGE[name]
    assert any(said in fault for fault in damaged(copied, change))


def test_another_answer_is_found(copied):
    """A future's run replaced by one with other rights: the hash, and the rights, say so."""
    path = copied / "futures" / "first" / "allocation.json"
    answer = json.loads(path.read_text("utf-8"))
    answer["issuance"][0]["capacity"] = 11.0
    path.write_text(json.dumps(answer), encoding="utf-8")
    faults = robust_faults(copied)
    assert any("not the allocation.json" in fault for fault in faults)
    assert any("rights issue N2" in fault for fault in faults)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    faults = damaged(copied, lambda s: s["futures"][0].update(allocation_sha256=digest))
    assert [fault for fault in faults if "rights issue N2" in fault] == list(faults)


def test_another_own_plan_is_found(copied):
    """A future's own plan is held to its hash, and prices and regrets to its records."""
    path = copied / "own" / "first.json"
    answer = json.loads(path.read_text("utf-8"))
    assert [one["right"] for one in answer["issuance"]] == ["N0"]
    (goal,) = (one for one in answer["goals"] if one["name"] == GOAL)
    goal["value"] = goal["rounded_value"] = 1.5
    path.write_text(json.dumps(answer), encoding="utf-8")
    faults = robust_faults(copied)
    assert "futures first: not the first.json of this plan" in faults
    for said in ("own 2.0, written 1.5", "own_value 2.0, written 1.5", "values first"):
        assert any(said in fault for fault in faults)


def test_own_records_are_checked_as_those_of_a_run(copied):
    """A balance of an own plan that does not add up is found in its file, as one cut short is."""
    path = copied / "own" / "second.json"
    answer = json.loads(path.read_text("utf-8"))
    answer["balance"][0]["unmet"] += 1.0
    path.write_text(json.dumps(answer), encoding="utf-8")
    (copied / "own" / "first.json").write_text("[", encoding="utf-8")
    faults = verify_robust(copied)
    assert any(fault.where.startswith("own/second.json ") for fault in faults)
    assert any(fault.where == "own/first.json" and fault.code == "ROBUST" for fault in faults)


def test_plans_of_the_same_rights_reach_the_same(written, tmp_path):
    """Both futures alike: a value of the plan for one in the other is that of the plan for both."""
    path = written["zh"].folder.parent / "three" / "scenario.yaml"
    question = yaml.safe_load(path.read_text("utf-8"))
    question["cases"]["again"] = {"title": {"zh": "再次", "en": "again"}, "set": {}}
    other = shutil.copytree(path.parent, tmp_path / "twice") / "scenario.yaml"
    other.write_text(yaml.safe_dump(question, allow_unicode=True), encoding="utf-8")
    done = run_robust(Order(str(other), ("first", "again"), out=tmp_path / "plan"), "worst", quiet)
    faults = damaged(
        done.folder,
        lambda s: one_of(s, "values", plan="first", goal=GOAL, future="again").update(value=2.5),
    )
    assert any("with the same rights" in fault for fault in faults)


def test_files_changed_missing_or_added(copied):
    """The manifest knows every file of the plan and of its futures."""
    (copied / "log.txt").unlink()
    (copied / "futures" / "first" / "new.txt").write_text("x", encoding="utf-8")
    (copied / "tables" / "table1_各种未来.csv").write_text("x", encoding="utf-8")
    places = {fault.where for fault in verify_robust(copied)}
    assert {"log.txt", "futures/first/new.txt", "tables/table1_各种未来.csv"} <= places


@pytest.mark.parametrize("text", ["{}", "[", "[]"])
def test_a_document_that_is_none(copied, text):
    """A robust.json that cannot be read is a fault, never a failure."""
    (copied / "robust.json").write_text(text, encoding="utf-8")
    assert any(fault.code == "ROBUST" for fault in verify_robust(copied))


@pytest.mark.parametrize("text", ["a: [", "demand: 3", "[" * 3000])
def test_a_question_that_is_none(copied, text):
    """A future's question that cannot be read is a fault, never a failure."""
    (copied / "futures" / "first" / "inputs" / "scenario.yaml").write_text(text, encoding="utf-8")
    assert any(fault.code == "ROBUST" for fault in verify_robust(copied))
