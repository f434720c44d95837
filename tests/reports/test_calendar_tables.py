"""The tables of a hand-made answer that goes year by year, and the eighth where supply has places.

`report_calendar` says what the figures are.
"""

import re
from dataclasses import replace

import pytest
import report_calendar as sample

from minequota.reports.table import Table
from minequota.reports.tables import build_tables

CHINESE = re.compile(r"[\u3400-\u9fff]")


def tables(allocation=None, lang="zh", scenario=None) -> dict[int, Table]:
    built = build_tables(scenario or sample.scenario(), allocation or sample.allocation(), lang)
    return {table.number: table for table in built}


def cells(table: Table, *keys: str, kind: str | None = None) -> list[tuple]:
    rows = [row for row in table.rows if kind in (None, row.kind)]
    return [tuple(row.cells.get(key) for key in keys) for row in rows]


def keys(table: Table) -> list[str]:
    return [column.key for column in table.columns]


def test_the_year_leads_every_table_and_sorts_it():
    """2024 before 2025 in each, on every line but the sum of all that is issued."""
    for number, table in tables().items():
        assert keys(table)[0] == "year", number
        years = [row.cells.get("year") for row in table.rows]
        if number == 3:
            assert years.pop() is None
        assert years == sorted(years)
        assert set(years) <= {"2024", "2025"}


def test_a_block_for_every_way_of_counting():
    """6 万吨 of 62 % and 20 of raw ore stand apart; uses of magnesite too; 10 + 2 = 12."""
    found = cells(tables()[1], "year", "product", "use", "unit", "item", "total")
    assert found == [
        ("2024", "菱镁矿", None, "万吨", "本年安排", 12.0),
        ("2024", "菱镁矿", "主采", "万吨", "上级下达", 10.0),
        ("2024", "菱镁矿", "主采", "万吨", "本年安排", 10.0),
        ("2024", "菱镁矿", "主采", "万吨", "余量", 0.0),
        ("2024", "菱镁矿", "综合利用", "万吨", "上级下达", 2.0),
        ("2024", "菱镁矿", "综合利用", "万吨", "本年安排", 2.0),
        ("2024", "菱镁矿", "综合利用", "万吨", "余量", 0.0),
        ("2024", "铁矿", None, "万吨（62%标准矿）", "控制量", 6.0),
        ("2024", "铁矿", None, "万吨（62%标准矿）", "本年安排", 5.0),
        ("2024", "铁矿", None, "万吨（62%标准矿）", "余量", 1.0),
        ("2024", "铁矿", None, "万吨", "预计量", 20.0),
        ("2024", "铁矿", None, "万吨", "本年安排", 10.0),
        ("2025", "菱镁矿", None, "万吨", "上级下达", "待下达"),
        ("2025", "菱镁矿", None, "万吨", "本年安排", None),
        ("2025", "建筑石料", None, "万立方米", "本年安排", 40.0),
        ("2025", "铁矿", None, "万吨（62%标准矿）", "控制量", 6.0),
        ("2025", "铁矿", None, "万吨（62%标准矿）", "本年安排", 5.0),
        ("2025", "铁矿", None, "万吨（62%标准矿）", "余量", 1.0),
        ("2025", "铁矿", None, "万吨", "预计量", 20.0),
        ("2025", "铁矿", None, "万吨", "本年安排", 10.0),
    ]
    assert any("不能相加" in note for note in tables()[1].notes)


def test_awaited_counties_are_told_apart_from_those_with_nothing():
    """M1 and M2 mine in the east: the east waits, the west has no right and no figure."""
    rows = [row.cells for row in tables()[1].rows if row.cells["year"] == "2025"][:2]
    assert [(row["东县"], row["西县"]) for row in rows] == [("待下达", None), (None, 0.0)]


def test_the_document_stands_beside_the_figure_from_above():
    """The plan's cap has the plan's source, the figure from above its document."""
    found = set(cells(tables()[1], "item", "source"))
    assert ("上级下达", "省厅〔2024〕1号（示例）") in found
    assert ("上级下达", "第三章") in found
    assert [source for item, source in found if item == "控制量"] == ["专栏五"]


def test_the_stricter_of_plan_and_document_decides_what_is_left():
    """The plan allows 6, a document 5.5: 5 handed out leave 0.5, with a tenth of 5 held back 0."""
    document = sample.iron_cap(2025, clause="CAP.above.铁矿", limit=5.5, plan_limit=5.5)
    for limit, held, left in ((5.5, 0.0, 0.5), (5.0, 0.5, 0.0)):
        caps = (sample.iron_cap(2025), replace(document, limit=limit, held_back=held))
        built = tables(replace(sample.allocation(), caps=caps))[1]
        found = {
            row.cells["item"]: row.cells["total"]
            for row in built.rows
            if (row.cells["year"], row.cells["product"]) == ("2025", "铁矿")
        }
        assert (found["控制量"], found["上级下达"], found["余量"]) == (6.0, 5.5, left)
        assert found.get("预留量") == (held or None)


def test_a_cap_weighed_where_the_product_is_measured_is_shown_in_the_product_s_unit():
    """900 万吨 of stone at 2.5 t/m³ are 360 万立方米: no conversion is left to the reader."""
    weighed = replace(
        sample.iron_cap(2025),
        product="建筑石料",
        basis="ore",
        unit="万立方米",
        limit=360.0,
        plan_limit=900.0,
        plan_unit="万吨",
    )
    rows = tables(replace(sample.allocation(), caps=(weighed,)))[1].rows
    found = [(r.cells["unit"], r.cells["item"], r.cells["total"]) for r in rows]
    assert ("万立方米", "控制量", 360.0) in found
    assert ("万立方米", "余量", 320.0) in found


def test_one_county_is_no_split():
    """A county's own plan has a total and no column that repeats it."""
    base = sample.scenario()
    alone = base.plan.model_copy(update={"counties": base.plan.counties[:1]})
    allocation = replace(
        sample.allocation(),
        quotas=tuple(replace(quota, county="东县") for quota in sample.quotas()),
    )
    built = tables(allocation, scenario=replace(base, plan=alone))
    assert "东县" not in keys(built[1])
    assert "分县" not in built[1].title.zh
    assert [row.kind for row in built[2].rows].count("subtotal") == 0


def test_main_and_comprehensive_use_and_batches_have_their_columns():
    """10 main in batches of 6 and 4, 2 comprehensive in none; sums column by column."""
    table = tables()[2]
    found = cells(table, "name", "main", "comprehensive", "amount", "batch0", "batch1")
    assert found[:4] == [
        ("M1号矿", 10.0, None, 10.0, 6.0, 4.0),
        ("M2号矿", None, 2.0, 2.0, None, None),
        ("菱镁矿东县小计", 10.0, 2.0, 12.0, 6.0, 4.0),
        ("菱镁矿合计", 10.0, 2.0, 12.0, 6.0, 4.0),
    ]
    labels = [column.full_label("zh") for column in table.columns]
    assert labels[labels.index("本年指标-合计") + 1 :][:2] == ["本年指标-第一批", "本年指标-第二批"]


def test_an_awaited_quota_is_a_word_and_no_number():
    """Not 0: the mine waits, and so do its sums."""
    rows = [row for row in tables()[2].rows if row.cells["amount"] == "待下达"]
    assert [row.kind for row in rows] == ["body", "subtotal", "total"]
    for row in rows:
        for key in ("main", "comprehensive", "ore", "share"):
            assert row.cells.get(key) is None
    assert any("省自然资源厅" in note and "2025年" in note for note in tables()[2].notes)


def test_a_merged_right_names_its_members():
    """No licence of its own; its class is the merger's."""
    (row,) = [r for r in tables()[2].rows if r.cells.get("members")]
    assert (row.cells["name"], row.cells["members"]) == ("合并镁矿", "M1、M2")
    assert row.cells.get("licence") is None
    assert (row.cells["size_class"], row.cells["data"]) == ("中型", "整合")


def test_an_enlarged_right_has_its_new_class_and_a_conversion_says_so():
    """I1 is medium from 2024; 8 of 20 万吨 is 40 % of what it is licensed for."""
    found = {
        (row.cells["year"], row.cells["name"]): row.cells
        for row in tables()[2].rows
        if row.kind == "body"
    }
    one = found["2024", "I1号矿"]
    assert (one["size_class"], one["share"], one["last_output"]) == ("中型", 0.4, 8.0)
    assert found["2025", "I1号矿"]["last_output"] is None
    assert found["2025", "东山铁矿"]["data"] == "探转采"


def test_sums_of_raw_ore_stand_where_it_is_counted_in_one_unit():
    """8 + 2 万吨 of raw ore in 2024; a licence in 千吨 among them leaves the sum blank."""
    assert ("铁矿合计", 10.0, "万吨") in cells(tables()[2], "name", "ore", "ore_unit", kind="total")
    odd = tuple(
        replace(quota, ore_unit="千吨") if quota.right == "X1" else quota
        for quota in sample.quotas()
    )
    built = tables(replace(sample.allocation(), quotas=odd))[2]
    assert ("铁矿合计", None, None) in cells(built, "name", "ore", "ore_unit", kind="total")


def test_a_made_up_leaver_is_listed_until_it_leaves():
    """X1 has a quota in 2024 and leaves in 2025: a zero line of 2025 would name it."""
    late = sample.iron(2025, "X1", "合成铁矿", 0.0, 3.0, synthetic=True)
    allocation = replace(sample.allocation(), quotas=(*sample.quotas(), late))
    assert [
        year for year, name in cells(tables(allocation)[2], "year", "name") if name == "合成铁矿"
    ] == ["2024"]
    for lang in ("zh", "en"):
        shown = [str(value) for row in tables(lang=lang)[7].rows for value in row.cells.values()]
        assert not any("合成铁矿" in value or "X1" in value for value in shown)


def test_the_issuance_calendar():
    """Two alike of the city's own in 2024; the province's conversion apart in 2025; 3 in all."""
    table = tables()[3]
    assert "时序" in table.title.zh
    found = [
        (row.section, *(row.cells.get(key) for key in ("year", "first_output", "zone", "count")))
        for row in table.rows
    ]
    assert found == [
        ("本级发证", "2024", "2025", "Z1", 2),
        ("", "2024", None, None, 2),
        ("探矿权转采矿权", "2025", "2025", "", 1),
        ("", "2025", None, None, 1),
        ("", None, None, None, 3),
    ]
    converted = table.rows[2].cells
    assert (converted["authority"], converted["reserves"]) == ("省级", "5000 千吨")
    assert (converted["term"], converted["mode"]) == ("不超过20年", "探转采（协议或直接办理）")
    assert converted.get("maximum") is None


@pytest.mark.parametrize(
    ("synthetic", "assumed", "said"),
    [(True, True, "合成"), (False, True, "假定"), (False, False, "情景提出")],
)
def test_a_proposed_block_is_marked(synthetic, assumed, said):
    """Numbered blocks of one proposal share its code; a made-up one is marked."""
    base = sample.scenario()
    extra = {
        "id": "q",
        "name": "新区块",
        "number": 2,
        "synthetic": synthetic,
        "county": "西县",
        "mineral": "建筑石料",
        "authority": "county",
        "maximum": "50 万立方米",
        "source": "假设",
    }
    question = type(base.question).model_validate(sample.question() | {"extra_candidates": [extra]})
    place = {"zone": "", "zone_name": "新区块", "assumed": assumed, "own_authority": False}
    issued = [replace(sample.allocation().issuance[0], right=f"q-{k}", **place) for k in (1, 2)]
    allocation = replace(sample.allocation(), issuance=tuple(issued))
    row = tables(allocation, scenario=replace(base, question=question))[3].rows[0]
    assert (row.section, row.cells["count"]) == ("其他发证机关（衔接）", 2)
    assert (row.cells["zone"], row.cells["authority"]) == ("q", "县级")
    assert row.cells["data"] == said


def test_the_structure_is_counted_from_the_register_year_by_year():
    """4 − 0 − 0 + 2 = 6 in 2024, 4 − 1 − 1 + 3 = 5 in 2025; the target of each year."""
    found = cells(tables()[4], "base_total", "leaving", "merged", "issued", "total", "ratio", "met")
    assert found == [(4, 0, 0, 2, 6, 0.5, "是"), (4, 1, 1, 3, 5, 0.8, "否")]
    labels = [column.full_label("zh") for column in tables()[4].columns]
    assert "年末-合计" in labels
    assert "目标年末-合计" not in labels


def test_targets_without_a_line_name_their_years():
    """A count of the magnesite rights is kept in 2024 and missed in 2025."""
    base = sample.scenario()
    scope = base.plan.counts[0].scope.model_copy(update={"minerals": ("菱镁矿",)})
    count = base.plan.counts[0].model_copy(update={"scope": scope})
    scenario = replace(base, plan=base.plan.model_copy(update={"counts": (count,)}))
    notes = [note for note in tables(scenario=scenario)[4].notes if "不超过6" in note]
    assert [note.split("：")[1] for note in notes] == ["2024年是。", "2025年否。"]


def test_demand_centres_stand_above_the_whole():
    """25 + 15 of the mines, 2 from outside, 3 unmet: 45; what is to be handed out of iron is 6."""
    found = cells(tables()[5], "place", "demand", "supply", "unmet", "handed_out")
    assert found == [
        ("合计", 5.0, 5.0, 0.0, 6.0),
        ("北城", 25.0, 25.0, 0.0, None),
        ("南城", 20.0, 17.0, 3.0, None),
        ("合计", 45.0, 42.0, 3.0, None),
    ]
    assert [row.kind for row in tables()[5].rows] == ["body", "body", "body", "total"]


def test_rules_by_year_with_verdicts():
    """A forecast says the side hoped for; an awaited figure is a word and is not judged."""
    found = cells(tables()[6], "year", "number", "sense", "limit", "verdict")
    assert found == [
        ("2024", 1, "不超过", 6.0, "达到"),
        ("2024", 2, "预计（不执行，期望达到）", 20.0, "未达到"),
        ("2024", 3, "不超过", 6.0, "达到"),
        ("2025", 1, "不超过", "待下达", "不作判定"),
        ("2025", 2, "不超过", 6.0, "未达到"),
    ]


def test_mergers_and_expansions_stand_by_name():
    """Two rights become one in 2025, one grows in 2024; the made-up leaver is counted."""
    found = [
        (row.section, *(row.cells.get(key) for key in ("year", "action", "name", "count")))
        for row in tables()[7].rows
        if row.kind == "body"
    ]
    assert found == [
        ("改扩建与扩能", "2024", "改扩建", "I1号矿", 1),
        ("整合", "2025", "整合", "合并镁矿", 2),
        ("拟退出", "2025", "规则要求退出", None, 1),
    ]
    merged = next(row.cells for row in tables()[7].rows if row.cells.get("members"))
    assert (merged["before"], merged["capacity"], merged["minimum"]) == (32.0, 32.0, 30.0)
    assert (merged["holder"], merged["first_output"], merged["data"]) == (
        "镁业集团",
        "2025",
        "假定",
    )
    leaver = tables()[7].rows[-2].cells
    assert (leaver["ground"], leaver["rule"]) == ("依规则", "延续")


def test_a_merger_of_one_is_an_acquisition():
    """The holder changes, the right stays one."""
    one = replace(sample.reorganisations()[0], members=("M1",))
    rows = tables(replace(sample.allocation(), reorganisations=(one,)))[7].rows
    assert [(row.cells["action"], row.cells["count"]) for row in rows if row.section == "整合"] == [
        ("收购", 1),
        ("小计", 1),
    ]


def test_a_licence_that_ended_before_is_renewed_in_the_first_year():
    """The year of an action outside the horizon is the nearest planned."""
    renewal = replace(sample.allocation().actions[1], kind="renew", year=2023)
    rows = tables(replace(sample.allocation(), actions=(renewal,)))[7].rows
    assert [r.cells["year"] for r in rows if r.section == "延续"] == ["2024", "2024"]


def test_flows_by_centre():
    """20 + 5 + 15 = 40; the cost has a column only where it costs anything."""
    table = tables()[8]
    assert table.file_stem == "table8_供应流向表"
    assert cells(table, "number", "centre", "amount", "kilometres") == [
        (1, "北城", 20.0, 12.5),
        (2, "北城", 5.0, 12.5),
        (3, "南城", 15.0, 30.0),
        (None, None, 40.0, None),
    ]
    assert "cost" not in keys(table)
    priced = (sample.flow("Z1-1", "north", 20.0, 12.5, 250.0),)
    table = tables(replace(sample.allocation(), flows=priced))[8]
    assert cells(table, "cost") == [(250.0,), (250.0,)]


def test_every_table_says_what_is_assumed_besides_the_register():
    """Two upper bounds, one merger, one document."""
    for table in tables().values():
        (note,) = (one for one in table.notes if "由情景假定或合成" in one)
        for part in ("投放规模上限2个", "整合方案1项", "上级下达文件1份"):
            assert part in note
        assert any("2024—2025年" in one and "逐年测算" in one for one in table.notes)


def test_english_calendar_tables_translate_every_word():
    """No Chinese is left but names of mines and sources."""
    for table in tables(lang="en").values():
        for column in table.columns:
            assert not CHINESE.search(column.full_label("en"))
        for row in table.rows:
            given = {k: v for k, v in row.cells.items() if k not in {"name", "source", "holder"}}
            for key, value in given.items():
                if key in {"title", "clause", "members"} or not isinstance(value, str):
                    continue
                assert not CHINESE.search(value), (key, value)


def test_what_the_scenario_supposes_of_a_zone_is_marked():
    """Reserves and authority are the scenario's, the bound is the plan's."""
    base = sample.scenario()
    detail = {"reserves": "900 万立方米", "authority": "county", "assumed": True, "source": "假设"}
    question = type(base.question).model_validate(
        sample.question() | {"zone_details": {"Z1": detail}}
    )
    zone = base.plan.zones[0].model_copy(update={"authority": None})
    scenario = replace(
        base, question=question, plan=base.plan.model_copy(update={"zones": (zone,)})
    )
    issued = replace(sample.allocation().issuance[0], maximum_assumed=False)
    row = tables(replace(sample.allocation(), issuance=(issued,)), scenario=scenario)[3].rows[0]
    assert row.cells["reserves"] == "900 万立方米（假定）"
    assert row.cells["authority"] == "县级（假定）"
    assert row.cells["maximum_basis"] == "规划或方案载明"
    known = zone.model_copy(update={"authority": "city"})
    scenario = replace(scenario, plan=base.plan.model_copy(update={"zones": (known,)}))
    row = tables(replace(sample.allocation(), issuance=(issued,)), scenario=scenario)[3].rows[0]
    assert row.cells["authority"] == "市级"


def test_what_is_left_is_not_binary_noise():
    """0.3 − (0.1 + 0.2) is 0, not -6e-17."""
    cap = sample.iron_cap(2025, limit=0.3, plan_limit=0.3)
    parts = (0.1, 0.2)
    quotas = tuple(
        replace(sample.iron(2025, f"I{at}", "矿", 2 * part, 20.0), amount=part)
        for at, part in enumerate(parts)
    )
    assert 0.3 - sum(parts) != 0
    built = tables(replace(sample.allocation(), quotas=quotas, caps=(cap,)))[1]
    (left,) = [row.cells["total"] for row in built.rows if row.cells["item"] == "余量"]
    assert left == 0.0


def test_about_stands_behind_its_figure():
    """120个左右, as plans write it; about 120 in English."""
    rules = (replace(sample.allocation().rules[2], sense="about", limit=120.0),)
    allocation = replace(sample.allocation(), rules=rules)
    assert "条款120个左右（预期性）" in tables(allocation)[4].rows[0].cells["target"]
    assert "about 120 rights (expected)" in tables(allocation, "en")[4].rows[0].cells["target"]
