"""Solving, checking again, and what a run folder tells about tampering."""

import csv
import hashlib
import json
import re
import shutil

import openpyxl
import pytest

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def test_help_and_versions(command):
    """Every command is listed; a bug report's versions are one a line."""
    shown = command("--help")
    assert shown.code == 0
    assert all(name in shown.out for name in ("check", "solve", "verify", "versions"))
    versions = dict(line.split(" ", 1) for line in command("versions").out.splitlines())
    assert {"minequota", "python", "pulp", "highspy", "pyyaml", "typer", "rich"} <= versions.keys()
    assert "not installed" not in versions.values()


def test_check_tells_the_plan_s_contradiction(command, desk):
    """Iron is 0.02 in one place and 0.026 亿吨 in the other: both are shown, nothing written."""
    outcome = command("check", "dandong")
    assert outcome.code == 0
    assert "0.02" in outcome.out
    assert "0.026" in outcome.out
    assert list(desk.iterdir()) == []


def test_solve_writes_a_folder_that_verifies(runs, command):
    """Tables, workbook, inputs, manifest and log stand there, and the check agrees."""
    base, shown = runs
    for lang in ("zh", "en"):
        assert shown[lang].code == 0, shown[lang].err
        names = {path.name for path in (base / lang).iterdir()}
        assert names == {
            "allocation.json",
            "inputs",
            "log.txt",
            "manifest.json",
            "tables",
            "tables.xlsx",
        }
        assert len(list((base / lang / "tables").iterdir())) == 7
        assert command("verify", base / lang).code == 0
    assert [path.name for path in base.iterdir() if path.name.startswith(".")] == []


def test_piped_output_is_plain_text(runs):
    """No escape codes and no progress reach a pipe, in either language."""
    _, shown = runs
    for outcome in shown.values():
        assert "\x1b" not in outcome.out + outcome.err
        assert outcome.err == ""


def test_the_case_is_applied_and_said(process, desk):
    """`--case` changes the demand, the folder's name and what the manifest logs."""
    assert process("solve", "dandong", "--case", "province_cuts_magnesite", "-q").code == 0
    (run,) = (desk / "runs").iterdir()
    assert run.name.startswith("dandong-province_cuts_magnesite-2025-")
    manifest = json.loads((run / "manifest.json").read_text("utf-8"))
    assert manifest["cases"] == ["province_cuts_magnesite"]
    figure, source = manifest["changes"]
    assert figure == {
        "case": "province_cuts_magnesite",
        "path": "plan.caps.magnesite_city.amount",
        "old": "31 万吨",
        "new": "25 万吨",
    }
    # What the plan says is not the source of another figure.
    assert source["path"] == "plan.caps.magnesite_city.source"
    assert source["new"] == f"{source['old']}（改为25 万吨）"


def test_english_output_has_no_chinese_but_names(runs):
    """What is left of the English screen and tables without names and sources is not Chinese."""
    base, shown = runs
    from minequota.scenarios.load import load_scenario

    scenario = load_scenario("dandong")
    plan = scenario.plan
    names = {right.name for right in scenario.rights} | {zone.name for zone in plan.zones}
    names |= sources_of(plan) | sources_of(scenario.question)
    names.add(plan.document)
    texts = {"screen": shown["en"].out}
    for path in (base / "en" / "tables").iterdir():
        assert path.name.isascii()
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                # Clauses are named as the plan's file names them, by a county too.
                for quoted in ("Source", "Source of demand", "Clause"):
                    row.pop(quoted, None)
                texts[path.name] = texts.get(path.name, "") + "\n".join((*row, *row.values()))
    for where, text in texts.items():
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(name, "")
        left = [line.strip() for line in text.splitlines() if CHINESE.search(line)]
        assert left == [], where


def sources_of(facts):
    """Return every source written in a plan or question."""
    if hasattr(facts, "model_dump"):
        facts = facts.model_dump()
    if isinstance(facts, dict):
        own = {facts["source"]} if isinstance(facts.get("source"), str) else set()
        return own.union(*map(sources_of, facts.values()))
    if isinstance(facts, list | tuple):
        return set().union(*map(sources_of, facts))
    return set()


@pytest.fixture
def tampered(runs, tmp_path):
    """Return a copy of the Chinese run folder, to be damaged."""
    return shutil.copytree(runs[0] / "zh", tmp_path / "run")


def test_one_digit_of_a_table(command, tampered):
    """The hash no longer fits: the file is named."""
    (path,) = (tampered / "tables").glob("table2_*.csv")
    text = path.read_text("utf-8-sig")
    assert "3.86" in text
    path.write_text(text.replace("3.86", "3.87"), encoding="utf-8-sig")
    outcome = command("verify", tampered)
    assert outcome.code == 1
    assert path.name in outcome.err
    assert "未通过校验" in outcome.err


def test_one_digit_of_a_table_and_its_hash(command, tampered):
    """With the hash forged too, the figure itself contradicts the records."""
    (path,) = (tampered / "tables").glob("table2_*.csv")
    text = path.read_bytes().decode("utf-8")
    path.write_bytes(text.replace("3.86", "3.87").encode("utf-8"))
    forge(tampered, path)
    outcome = command("verify", tampered)
    assert outcome.code == 1
    assert path.name in outcome.err


def test_a_quota_changed_with_its_hash(command, tampered):
    """A mine of Fengcheng with 1 more breaks the county's 10, whatever the manifest says."""
    path = tampered / "allocation.json"
    document = json.loads(path.read_text("utf-8"))
    quota = next(one for one in document["quotas"] if one["right"] == "SYN-DD-0151")
    quota["amount"] += 1
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    forge(tampered, path)
    outcome = command("verify", tampered, "--lang", "en")
    assert outcome.code == 1
    assert "SYN-DD-0151" in outcome.err
    assert "CAP.magnesite_fengcheng" in outcome.err


def test_a_file_gone_and_a_file_added(command, tampered):
    """Both are named."""
    (tampered / "log.txt").unlink()
    (tampered / "extra.txt").write_text("", encoding="utf-8")
    outcome = command("verify", tampered)
    assert outcome.code == 1
    assert "log.txt" in outcome.err
    assert "extra.txt" in outcome.err


def test_a_folder_that_is_no_run(command, desk):
    """Neither a missing nor an empty folder passes, and neither ends in a traceback."""
    (desk / "empty").mkdir()
    for name in ("empty", "nowhere"):
        outcome = command("verify", name)
        assert outcome.code == 3
        assert "不是运行结果文件夹" in outcome.err
        assert name in outcome.err
        assert "Traceback" not in outcome.err


def test_a_reader_that_stops_is_no_failure(desk):
    """`… | head -1` of solve and versions: exit 0 and not a word, at the interpreter's end too."""
    import subprocess
    import sys

    code = "from minequota.cli import main; main()"
    for arguments in (("versions",), ("check", "dandong"), ("solve", "dandong", "-q")):
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            cwd=desk,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        process.stdout.close()
        said = process.stderr.read()
        process.stderr.close()
        assert process.wait(timeout=120) == 0, said
        assert said == b"", arguments


@pytest.mark.parametrize("failure", [ValueError("broken screen"), KeyboardInterrupt()])
def test_a_screen_that_fails_does_not_undo_the_run(command, desk, monkeypatch, failure):
    """The folder is written and verifies: the message says where, and nothing of a failed run."""
    from minequota.reports import terminal

    def refuse(*args, **options):
        raise failure

    monkeypatch.setattr(terminal, "show_run", refuse)
    outcome = command("solve", "dandong", "--out", "run")
    assert outcome.code == 0
    assert "结果已校验并写入：run" in outcome.err.replace(f"{desk}/", "")
    assert "未写出" not in outcome.err
    monkeypatch.undo()
    assert command("verify", desk / "run").code == 0


def test_solver_names_have_no_case(command, desk):
    """HiGHS is highs."""
    assert command("solve", "dandong", "--solver", "HiGHS", "-q", "--out", "run").code == 0


def forge(run, path):
    """Write the file's true hash into the manifest."""
    manifest = json.loads((run / "manifest.json").read_text("utf-8"))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest["files"][path.relative_to(run).as_posix()] = digest
    (run / "manifest.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


HEADERS = ["采矿许可证号", "矿山名称", "所在县区", "开采主矿种", "开采方式", "矿床规模"]
HEADERS += ["生产规模", "矿山状态", "有效期止", "绿色矿山"]
ROWS = [
    [
        "C2100001",
        "前山镁矿",
        "凤城",
        "菱镁矿",
        "露天开采",
        "小型",
        "15万吨/年",
        "生产",
        "2031-05-31",
        "是",
    ],
    [
        "C2100002",
        "后山镁矿",
        "宽甸县",
        "菱镁",
        "露天",
        "小型",
        "16 万吨",
        "在产",
        "2030-01-01",
        "否",
    ],
    [
        "C2100003",
        "停山镁矿",
        "宽甸县",
        "菱镁矿",
        "露天",
        "小型",
        "12 万吨",
        "停产",
        "2030-01-01",
        "否",
    ],
    [
        "C2100004",
        "小石场",
        "凤城市",
        "建筑用花岗岩",
        "露天",
        "",
        "3 万立方米",
        "生产",
        "2024-06-30",
        "否",
    ],
    [
        "C2100005",
        "大石场",
        "东港",
        "建筑用花岗岩",
        "露天",
        "",
        "60 万立方米",
        "生产",
        "2032-06-30",
        "否",
    ],
]


def test_a_planner_s_own_register(process, desk, tmp_path):
    """Five rights under Chinese headers: their mines are named, the one that leaves as well.

    Fengcheng's 15 万吨 mine gets its county's 10, Kuandian's 16 gets 16 of 21, so 26 of 31 in all;
    the stopped one gets none. The small quarry's licence lapsed in 2024, below 20 万立方米.
    """
    book = openpyxl.Workbook()
    for row in (HEADERS, *ROWS):
        book.active.append(row)
    book.save(tmp_path / "采矿权现状.xlsx")
    outcome = process(
        "solve",
        "dandong",
        "--register",
        tmp_path / "采矿权现状.xlsx",
        "--out",
        "run",
        COLUMNS="300",
    )
    assert outcome.code == 0, outcome.err
    document = json.loads((desk / "run" / "allocation.json").read_text("utf-8"))
    amounts = {q["name"]: q["amount"] for q in document["quotas"] if q["product"] == "菱镁矿"}
    assert amounts == {"前山镁矿": 10, "后山镁矿": 16, "停山镁矿": 0}
    left = {a["right"]: a["name"] for a in document["actions"] if a["kind"] == "leave_forced"}
    assert left == {"C2100004": "小石场"}
    assert not any(record["synthetic"] for record in document["quotas"])
    for name in ("前山镁矿", "后山镁矿", "大石场", "小石场"):
        assert name in outcome.out, name
    (seven,) = (desk / "run" / "tables").glob("table7_*.csv")
    assert "小石场" in seven.read_text("utf-8-sig")
    assert "采矿权现状共5个，数据不含合成内容。" in outcome.out
    assert "其中1个具名，见表7" in outcome.out
    assert "不具名）" not in outcome.out


def test_a_mapping_file_names_the_columns(command, desk, tmp_path):
    """Headers no dictionary knows are read through --mapping, and refused without it."""
    mine = "C2100001,前山镁矿,凤城市,菱镁矿,露天,15 万吨"
    table = tmp_path / "名册.csv"
    table.write_text(f"甲,乙,丙,丁,戊,己\n{mine}\n", encoding="utf-8")
    words = tmp_path / "列名.yaml"
    fields = ("licence", "name", "county", "mineral", "method", "capacity")
    pairs = zip("甲乙丙丁戊己", fields, strict=True)
    words.write_text("".join(f"{one}: {field}\n" for one, field in pairs), encoding="utf-8")
    assert command("check", "dandong", "--register", table).code == 3
    mapped = ("dandong", "--register", table, "--mapping", words)
    assert command("check", *mapped).code == 0
    assert command("solve", *mapped, "--out", "run", "-q").code == 0
    document = json.loads((desk / "run" / "allocation.json").read_text("utf-8"))
    (own,) = [quota for quota in document["quotas"] if quota["right"] == "C2100001"]
    assert (own["name"], own["amount"]) == ("前山镁矿", 10)
