"""The register: headers, encodings, units, words, and every mistake at its cell."""

from __future__ import annotations

import csv
import dataclasses
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import builders
import openpyxl
import pytest

from minequota.scenarios.plan import Plan
from minequota.scenarios.register.fields import fields, headers
from minequota.scenarios.register.reader import format_register, read_register, write_register
from minequota.scenarios.register.row import DATA_FIELDS
from minequota.scenarios.right import Method, Provenance, Renewal, Right, Status
from minequota.scenarios.units import Quantity

HEADER = "许可证号,矿山名称,县区,矿种,生产规模（万吨/年）"
GOOD = "A1,甲矿,东县,菱镁矿,20"


@pytest.fixture
def plan() -> Plan:
    return Plan.model_validate(builders.tiny_plan())


@pytest.fixture
def read(tmp_path: Path, plan: Plan):
    """Read a register written from a text or from rows, against the tiny plan."""

    def _read(content, name="mines.csv", plan=plan, mapping=None):
        path = tmp_path / name
        if isinstance(content, list):
            book = openpyxl.Workbook()
            book.active.title = "Sheet1"
            for row in content:
                book.active.append(row)
            path = path.with_suffix(".xlsx")
            book.save(path)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        if mapping is not None:
            (tmp_path / "columns.yaml").write_text(mapping, encoding="utf-8")
        return read_register(path, plan, tmp_path / "columns.yaml" if mapping else None)

    return _read


def _only(register):
    (problem,) = register.problems
    return problem


def test_dictionary_covers_every_field():
    """fields.csv has one row per field of a right, in order, and no header twice."""
    names = [one.name for one in dataclasses.fields(Right) if one.name != "location"]
    assert list(fields()) == names
    written = [header for one in fields().values() for header in one.headers_zh]
    assert len(written) == len(set(written))
    assert headers()["采矿许可证号"] == "licence"


def test_a_bureaus_table(read):
    """Title rows, Chinese headers and words, GBK and a total row are understood."""
    text = (
        "小市采矿权现状表,,,,,,,,,,,,,,,\n"
        "填报单位：小市自然资源局,,,,,,,,,,,,,,,\n"
        "序号,采矿许可证号,矿山名称,采矿权人,所在行政区,开采主矿种,开采方式,发证机关,"
        "矿山规模,开采设计规模（万吨/年）,有效期,矿山状态,安全生产许可证,绿色矿山,品位(%),备注\n"
        "１,C210001,甲矿,甲公司,小市东县,菱镁矿,地下开采,辽宁省自然资源厅,中型,２０．５,"
        "2015年1月1日至2027年6月30日,停产整顿,无,省级,４２,略\n"
        "2,C210002,乙矿,乙公司,西,建筑用石料,露天,西县自然资源局,,50,2030/1/31,生产,有,否,,\n"
        "合计,,,,,,,,,70.5,,,,,,\n"
        "注：数据截至2020年底,,,,,,,,,,,,,,,\n"
    )
    register = read(text.encode("gb18030"))
    assert register.problems == ()
    first, second = register.rights
    assert first.licence == "C210001"
    assert first.county == "东县"
    assert first.method is Method.UNDERGROUND
    assert first.authority == "province"
    assert first.size_class == "medium"
    assert first.capacity == Quantity(20.5, "万吨")
    assert first.licence_end == date(2027, 6, 30)
    assert first.status is Status.STOP_ORDER
    assert (first.safety_licence, first.green) == (False, True)
    assert first.grade == 0.42
    assert first.location.endswith("mines.csv:4")
    assert (second.county, second.mineral, second.authority) == ("西县", "建筑石料", "county")
    assert second.safety_licence
    assert register.ignored == ()
    assert first.origin("name") == Provenance.REGISTER
    assert second.origin("size_class") == Provenance.DEFAULT
    assert second.origin("grade") == Provenance.DEFAULT


def test_a_workbook(read):
    """Numbers, dates and truth values of a workbook are read as such."""
    register = read(
        [
            ["采矿权现状表"],
            ["许可证号", "矿山名称", "县区", "矿种", "生产规模", "单位", "有效期止", "生态红线"],
            ["A1", "甲", "东县", "菱镁矿", 20, "万吨/年", datetime(2025, 12, 31), True],
            [2100007, "乙", "西县", "菱镁矿", 7.5, "万吨", "2026年1月2日", "否"],
        ]
    )
    assert register.problems == ()
    second, first = register.rights
    assert (first.capacity, first.licence_end) == (Quantity(20, "万吨"), date(2025, 12, 31))
    assert first.red_line
    assert second.licence == "2100007"
    assert second.location.endswith("mines.xlsx[Sheet1]!4")


def test_the_named_sheet_is_taken(tmp_path, plan):
    """A sheet called 采矿权现状表 is read wherever it stands."""
    book = openpyxl.Workbook()
    book.active.append(["说明"])
    sheet = book.create_sheet("采矿权现状表")
    for line in (HEADER, GOOD):
        sheet.append(line.split(","))
    book.save(tmp_path / "x.xlsx")
    register = read_register(tmp_path / "x.xlsx", plan)
    assert [right.licence for right in register.rights] == ["A1"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("生产规模（万吨/年）", "20"),
        ("生产规模(万吨)", "２０"),
        ("生产规模", "20万吨/年"),
        ("生产规模（吨/年）", "200,000"),
        ("capacity", "0.002 亿吨"),
    ],
)
def test_units_of_a_capacity(read, header, cells):
    """The unit may stand in the header or the cell: all of these are 20 万吨."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["许可证号", "矿山名称", "县区", "矿种", header])
    writer.writerow(["A1", "甲", "东县", "菱镁矿", cells])
    (right,) = read(text.getvalue()).rights
    assert right.capacity.to("万吨") == 20


@pytest.mark.parametrize("row_order", [1, -1])
def test_rights_are_sorted_by_licence(read, row_order):
    """The order of the rows changes nothing."""
    rows = ["B,甲,东县,菱镁矿,1", "A,乙,东县,菱镁矿,1", "A1,丙,东县,菱镁矿,1"][::row_order]
    register = read("\n".join([HEADER, *rows]))
    assert [right.licence for right in register.rights] == ["A", "A1", "B"]


CELLS = [
    ("矿山名称", "", "cell_empty"),
    ("许可证号", "2.1E+12", "cell_licence"),
    ("矿山名称", "=1+1", "cell_formula"),
    ("矿山名称", "+cmd", "cell_formula"),
    ("县区", "北县", "unknown_county"),
    ("矿种", "菱美矿", "unknown_mineral"),
    ("生产规模（万吨/年）", "-20", "cell_negative"),
    ("生产规模（万吨/年）", "0", "cell_zero"),
    ("生产规模（万吨/年）", "nan", "cell_number"),
    ("生产规模（万吨/年）", "inf", "cell_number"),
    ("生产规模（万吨/年）", "二十", "cell_number"),
    ("生产规模（万吨/年）", "20 万顿", "cell_unknown_unit"),
    ("生产规模（万吨/年）", "20 万立方米", "cell_two_units"),
    ("生产规模（万吨/年）", "", "capacity_missing"),
    ("上年产量", "5", "cell_unit"),
    ("上年产量", "-5 万吨", "cell_negative"),
    ("保有资源储量", "100 万立方米", "capacity_dimension"),
    ("状态", "半停产", "cell_choice"),
    ("开采方式", "露天/地下", "cell_choice"),
    ("矿床规模", "特大", "cell_choice"),
    ("发证机关", "北京", "cell_choice"),
    ("有效期止", "2025-02-30", "cell_date"),
    ("安全生产许可证", "也许", "cell_choice"),
    ("品位", "42", "cell_share"),
    ("品位", "高", "cell_number"),
    ("体重", "2600", "cell_density"),
    ("品位", "3.5 克/立方米", "cell_number"),
    ("品位（g/t）", "2000000", "cell_share"),
    ("选矿回收率", "3.5 克/吨", "cell_number"),
    ("荒料率", "130%", "cell_share"),
    ("利用方式", "副产", "cell_choice"),
    ("复产年份", "待定", "cell_year"),
    ("退出期限", "1850", "cell_year"),
    ("退出期限", "2025-02-30", "cell_year"),
    ("经度", "123°75′", "cell_degrees"),
    ("经度", "223.5", "cell_degrees"),
    ("纬度", "95", "cell_degrees"),
    ("经度", "123.5", "coordinates_half"),
    ("重点开采区", "K9", "unknown_area"),
    ("集中开采区", "Z9", "unknown_zone"),
    ("provenance", "invented", "cell_provenance"),
    ("provenance", "plan; register: nonsense", "cell_provenance"),
]


@pytest.mark.parametrize(("column", "value", "code"), CELLS)
def test_one_wrong_cell(read, column, value, code):
    """A wrong cell is one problem: at its line and column in a CSV, at its cell in a workbook."""
    row = dict(zip(HEADER.split(","), GOOD.split(","), strict=True)) | {column: value}
    text = io.StringIO()
    csv.writer(text).writerows([list(row), list(row.values())])
    problem = _only(read(text.getvalue()))
    assert problem.code == code
    assert problem.place.endswith(f"mines.csv:2:{list(row).index(column) + 1}")
    register = read([list(row), [one or None for one in row.values()]])
    if code != "cell_formula":  # a workbook's formulas are values by the time they are read
        at = chr(ord("A") + list(row).index(column))
        assert _only(register).code == code
        assert _only(register).place.endswith(f"mines.xlsx[Sheet1]!{at}2")


def test_nearest_names(read):
    """An unknown county or mineral is answered by the nearest known one."""
    found = read(f"{HEADER}\nA,甲,东阳县,菱美矿,1").problems
    assert ["东县" in found[0].text(), "菱镁矿" in found[1].text()] == [True, True]


def test_stone_in_tonnes_needs_a_density(read):
    """建筑石料 counts in 万立方米: tonnes are fine with a density of the product or the right."""
    products = [
        {key: value for key, value in one.items() if not key.startswith("density")}
        for one in builders.tiny_plan()["products"]
    ]
    bare = Plan.model_validate(builders.tiny_plan(products=products))
    row = "S1,石场,西县,建筑石料,50"
    assert read(f"{HEADER}\n{row}").problems == ()
    assert _only(read(f"{HEADER}\n{row}", plan=bare)).code == "capacity_dimension"
    assert read(f"{HEADER},体重\n{row},2.6", plan=bare).rights[0].density == 2.6


def test_standard_iron_needs_a_grade(read):
    """A product counted as 62 % standard ore needs the ore's grade from right or product."""
    products = builders.tiny_plan()["products"]
    iron = products[0] | {"basis": "standard_iron_62"}
    plan = Plan.model_validate(builders.tiny_plan(products=[iron, products[1]]))
    graded = Plan.model_validate(builders.tiny_plan(products=[iron | {"grade": 0.3}, products[1]]))
    assert _only(read(f"{HEADER}\n{GOOD}", plan=plan)).code == "content_missing"
    assert read(f"{HEADER},品位\n{GOOD},31%", plan=plan).rights[0].grade == 0.31
    assert read(f"{HEADER}\n{GOOD}", plan=graded).problems == ()


def test_caps_in_another_basis_need_what_it_takes(read):
    """A cap on contained metal needs a grade, one on block stone a yield, whatever the product."""
    row = f"{HEADER}\n{GOOD}"
    caps = [builders.cap("a", "1 万吨", basis="metal"), builders.cap("b", "1 万吨")]
    plan = Plan.model_validate(builders.tiny_plan(caps=caps))
    assert "品位" in _only(read(row, plan=plan)).text()
    products = builders.tiny_plan()["products"]
    stone = products[1] | {"basis": "block_stone"}
    plan = Plan.model_validate(builders.tiny_plan(products=[products[0], stone]))
    row = "S1,石场,西县,建筑石料,50"
    assert "荒料率" in _only(read(f"{HEADER}\n{row}", plan=plan)).text()
    assert read(f"{HEADER},成荒率(%)\n{row},25", plan=plan).rights[0].block_yield == 0.25


@pytest.mark.parametrize(
    ("header", "cell"),
    [("品位", "3.5 克/吨"), ("品位", "3.5g/t"), ("平均品位（克/吨）", "3.5"), ("品位", "0.00035%")],
)
def test_grades_of_precious_metals(read, header, cell):
    """Grams a tonne, in the cell or the header, are the same share as any other writing."""
    (right,) = read(f"{HEADER},{header}\n{GOOD},{cell}").rights
    assert right.grade == pytest.approx(3.5e-6, rel=1e-15)


def test_a_grade_in_something_else_is_no_share(read):
    """0.8 g/m³ is not 80 %: the column is not understood, and mapped it is refused."""
    text = f"{HEADER},品位（克/立方米）\n{GOOD},0.8\n"
    assert read(text).ignored == ("品位（克/立方米）",)
    problem = _only(read(text, mapping="品位（克/立方米）: grade\n"))
    assert (problem.code, "克/立方米" in problem.wrong) == ("cell_unknown_unit", True)


def test_the_newer_columns_of_a_bureau(read):
    """Group, use, shares, place and years are understood as bureaus write them."""
    header = "所属集团,利用方式,选矿回收率,开采回采率,荒料率（%）,经度,纬度,复产年份,退出期限"
    cells = "甲集团,综合利用,85%,0.95,26.5,123°15′30″,北纬40.5度,2023年6月,2024-12-31"
    register = read(f"{HEADER},{header}\n{GOOD},{cells}")
    assert register.problems == ()
    (right,) = register.rights
    assert (right.holder_group, right.use) == ("甲集团", "comprehensive")
    assert (right.recovery, right.block_yield) == (0.85, 0.265)
    assert right.longitude == pytest.approx(123 + 15 / 60 + 30 / 3600)
    assert right.latitude == 40.5
    assert (right.resumes, right.exit_by) == (2023, 2024)
    assert register.ignored == ("开采回采率",)


def test_a_mineral_without_product_needs_no_capacity(read):
    """Gold has neither cap nor demand here, so its right may state no capacity."""
    assert read(f"{HEADER}\nG,金山,东县,金矿,").rights[0].capacity is None


TABLES = [
    ("a,b,c\n1,2,3\n", "header_missing"),
    ("", "header_missing"),
    (f"{HEADER}\n", "register_empty"),
    (f"{HEADER}\n{GOOD}\n{GOOD}\n", "duplicate"),
    (f"{HEADER},县区\n{GOOD},东县\n", "column_twice"),
    (f"{HEADER},capcity\n{GOOD},1\n", None),
    (f"{HEADER},statsu\n{GOOD},1\n", "column_unknown"),
    ("许可证号,矿山名称,矿种,生产规模（万吨）\nA,甲,菱镁矿,1\n", "column_missing"),
    ("许可证号,矿山名称,县区,矿种\nA,甲,东县,菱镁矿\n", "column_missing"),
    (f"{HEADER}\n{GOOD},9,9\n", "row_width"),
    (f'{HEADER}\n"A1,甲,东县,菱镁矿,20\n', "csv_syntax"),
    (b"\xff\xfe\x00" + HEADER.encode("utf-16-le"), "csv_encoding"),
    (b"\xd0\xcf\x11\xe0old", "workbook_old"),
    (f"{HEADER}\n" + "," * 400 + "x\n", "table_columns"),
]


@pytest.mark.parametrize(("content", "code"), TABLES)
def test_wrong_tables(read, content, code):
    """Each thing that may be wrong with a table as a whole is one problem."""
    found = [one.code for one in read(content).problems]
    assert (found if code != "column_missing" else list(dict.fromkeys(found))) == (
        [code] if code else []
    )


def test_too_many_rows(read, monkeypatch):
    """The number of rows is limited."""
    monkeypatch.setattr("minequota.scenarios.register.sheet.MAX_ROWS", 2)
    assert _only(read(f"{HEADER}\n{GOOD}\nB,甲,东县,菱镁矿,1\n")).code == "table_rows"


def test_too_large_a_file(read, monkeypatch):
    """The size of the file is limited."""
    monkeypatch.setattr("minequota.scenarios.register.sheet.MAX_BYTES", 20)
    assert _only(read(f"{HEADER}\n{GOOD}\n")).code == "file_too_large"


def test_no_workbook(read):
    """A file that only calls itself a workbook is one clear message."""
    problem = _only(read(b"not a zip", name="x.xlsx"))
    assert problem.code == "workbook_unreadable"
    assert problem.place.endswith("x.xlsx")


def test_a_zip_without_workbook(read):
    """A zip file with something else inside is unreadable, not a crash."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "x")
    assert _only(read(content.getvalue(), name="x.xlsx")).code == "workbook_unreadable"


def test_a_bomb_is_not_opened(read, monkeypatch):
    """What unpacks to more than the limit is refused before it is unpacked."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 3_000_000)
    monkeypatch.setattr("minequota.scenarios.register.sheet.MAX_UNPACKED", 2_000_000)
    assert _only(read(content.getvalue(), name="x.xlsx")).code == "workbook_bomb"


def test_missing_and_foreign_files(tmp_path, plan):
    """A missing file and one of another kind are said plainly."""
    (tmp_path / "x.docx").write_text("x")
    assert _only(read_register(tmp_path / "none.csv", plan)).code == "file_missing"
    assert _only(read_register(tmp_path / "x.docx", plan)).code == "register_kind"


def test_a_mapping_file(read):
    """Headers of a bureau's own are named by a mapping file; `ignore` leaves a column out."""
    text = "编码,矿山名称,县区,县区,矿种,产能（万吨）\nA,甲,东县,东县,菱镁矿,5\n"
    mapping = "编码: licence\n产能（万吨）: capacity\n"
    assert [one.code for one in read(text, mapping=mapping).problems] == ["column_twice"]
    text = text.replace("县区,县区", "县区,行政区")
    register = read(text, mapping=f"{mapping}行政区: ignore\n")
    assert register.problems == ()
    assert register.rights[0].capacity == Quantity(5, "万吨")


def test_wrong_mappings(read):
    """A mapping to no field, or of no column, is a mistake with its place."""
    text = f"{HEADER}\n{GOOD}\n"
    problem = _only(read(text, mapping="许可证号: license\n"))
    assert (problem.code, problem.place.rsplit("/", 1)[1]) == ("mapping_field", "columns.yaml:1:7")
    assert "licence" in problem.repair
    assert _only(read(text, mapping="证书号: licence\n")).code == "mapping_header"


def test_without_a_plan_the_cells_are_checked(read):
    """When the plan is broken, what does not need it is still checked."""
    assert _only(read(f"{HEADER}\nA,甲,北县,某矿,-1\n", plan=None)).code == "cell_negative"


def test_provenance_per_field(read):
    """Fields not listed take the row's first word; empty ones are `default`."""
    text = (
        "licence,name,county,mineral,capacity,grade,provenance\n"
        'A,甲,东县,菱镁矿,1 万吨,,"synthetic; plan: name, county, mineral"\n'
    )
    (right,) = read(text).rights
    origins = {name: str(right.origin(name)) for name in ("name", "county", "capacity", "grade")}
    assert origins == {
        "name": "plan",
        "county": "plan",
        "capacity": "synthetic",
        "grade": "default",
    }
    assert right.named
    assert right.synthetic


def test_written_registers_read_back_the_same(tmp_path, plan):
    """Every field, its exact value and its provenance survive writing and reading."""
    full = builders.right(
        "Z-9",
        "西县",
        "建筑石料",
        "33.3 万立方米",
        holder='某公司, "有限"',
        method=Method.OPEN_PIT,
        authority="city",
        deposit_class="large",
        size_class="medium",
        reserves=f"{0.1 + 0.2!r} 亿吨",
        design_capacity="1 万立方米",
        last_output="2 千吨",
        surveyed_output="3 立方米",
        last_quota="4 万立方米",
        status=Status.RED_LINE,
        licence_end=date(2025, 12, 31),
        safety_licence=False,
        green=True,
        red_line=True,
        zone="Z1",
        grade=1 / 3,
        density=2.6180339887,
        renewal=Renewal.LEAVE,
        holder_group="某集团",
        use="comprehensive",
        recovery=0.1 + 0.2,
        block_yield=2 / 7,
        longitude=123 + 1 / 3,
        latitude=-40.1,
        resumes=2023,
        exit_by=2025,
    )
    origins = dict.fromkeys(DATA_FIELDS, Provenance.SYNTHETIC) | {
        "name": Provenance.PLAN,
        "county": Provenance.REGISTER,
        "size_class": Provenance.DEFAULT,
    }
    full = dataclasses.replace(full, provenance=origins)
    plain = builders.right("A-1", "东县", "菱镁矿", "20 万吨")
    everywhere = {name: plain.origin(name) for name in DATA_FIELDS}
    plain = dataclasses.replace(plain, provenance=everywhere)
    unsaid = {one.name for one in dataclasses.fields(Right)} - {
        name for name in (*DATA_FIELDS, "provenance", "location") if getattr(full, name)
    }
    assert unsaid == {"area", "location", "safety_licence"}, "a field this test does not write"
    write_register((full, plain), tmp_path / "mines.csv")
    assert (tmp_path / "mines.csv").read_bytes().startswith(b"\xef\xbb\xbflicence,")
    register = read_register(tmp_path / "mines.csv", plan)
    assert register.problems == ()
    assert register.rights == (plain, full)
    assert format_register(register.rights) == format_register((plain, full))


def test_unknown_columns_reach_the_scenario(read):
    """A column no field was found for is named, not silently left."""
    assert read(f"{HEADER},附注甲\nA,甲,东县,菱镁矿,1,x").ignored == ("附注甲",)
