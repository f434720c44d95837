"""The seven tables of a hand-made allocation: sums, parts, and who is not named."""

from dataclasses import replace

import report_sample as sample

from minequota.reports.table import Table
from minequota.reports.tables import build_tables
from minequota.scenarios.plan import NoAllotment
from minequota.scenarios.right import Provenance


def tables(allocation=None, lang="zh", scenario=None) -> dict[int, Table]:
    built = build_tables(scenario or sample.scenario(), allocation or sample.allocation(), lang)
    return {table.number: table for table in built}


def cells(table: Table, key: str, kind: str = "body") -> list:
    return [row.cells.get(key) for row in table.rows if row.kind == kind]


def everything(table: Table) -> str:
    return "\n".join(
        [str(value) for row in table.rows for value in row.cells.values()] + list(table.notes)
    )


def test_county_split_adds_up():
    """Cap 21 + 10 = 31; handed out 8 + 12.5 = 20.5 in the east, 0 in the west; 10.5 left."""
    magnesite = {
        row.cells["item"]: (row.cells["东县"], row.cells["西县"], row.cells["total"])
        for row in tables()[1].rows
        if row.cells["product"] == "菱镁矿"
    }
    assert magnesite == {
        "控制量": (21.0, 10.0, 31.0),
        "本年安排": (20.5, 0.0, 20.5),
        "余量": (0.5, 10.0, 10.5),
    }


def test_a_county_without_allotment_is_blank_and_has_nothing_left():
    """The plan prints no figure for the west: a blank cap, not 0, and a rest of 0."""
    base = sample.scenario()
    blank = NoAllotment(
        id="blank",
        product="菱镁矿",
        counties=("西县",),
        attribute="binding",
        years={"first": 2021, "last": 2025},
        source="专栏五",
    )
    scenario = replace(base, plan=base.plan.model_copy(update={"no_allotment": (blank,)}))
    caps = (*sample.allocation().caps[:2], sample.cap("blank.西县", "西县", 0.0, 0.0))
    rows = tables(replace(sample.allocation(), caps=caps), scenario=scenario)[1].rows
    west = {row.cells["item"]: row.cells["西县"] for row in rows if row.cells["unit"] == "万吨"}
    assert west == {"控制量": None, "本年安排": 0.0, "余量": 0.0}


def test_county_split_prints_the_plans_unit_and_what_is_held_back():
    """0.0031 亿吨 printed, a tenth held back: 31 − 3.1 − 20.5 = 7.4 万吨 = 0.00074 亿吨 left."""
    cap = replace(
        sample.cap("magnesite_city", None, 27.9, 20.5),
        held_back=3.1,
        plan_limit=0.0031,
        plan_used=0.00205,
        plan_unit="亿吨",
    )
    rows = tables(replace(sample.allocation(), caps=(cap,)))[1].rows
    total = {
        row.cells["item"]: round(row.cells["total"], 12)
        for row in rows
        if row.cells["product"] == "菱镁矿"
    }
    assert total == {"控制量": 0.0031, "预留量": 0.00031, "本年安排": 0.00205, "余量": 0.00074}


def test_two_caps_of_one_place_show_the_stricter_and_mention_the_other():
    """31 holds, 40 stands in the remarks."""
    caps = (*sample.allocation().caps, sample.cap("loose", None, 40.0, 20.5))
    row = tables(replace(sample.allocation(), caps=caps))[1].rows[0]
    assert row.cells["total"] == 31.0
    assert "40 万吨" in row.cells["remark"]


def test_quotas_stand_in_two_parts_with_sums():
    """Control: 20.5 east, 0 west, 20.5 in all. Guidance: stone 30 + 20 = 50."""
    table = tables()[2]
    sums = [
        (row.section[:4], row.kind, row.cells["county"], row.cells["amount"])
        for row in table.rows
        if row.kind != "body"
    ]
    assert sums == [
        ("第一部分", "subtotal", "东县", 20.5),
        ("第一部分", "subtotal", "西县", 0.0),
        ("第一部分", "total", "", 20.5),
        ("第二部分", "subtotal", "西县", 50.0),
        ("第二部分", "total", "", 50.0),
    ]
    assert sum(cells(table, "amount")) == 70.5


def test_zero_quotas_show_their_reason():
    """The real mine that leaves stands with 0 and why, in both languages."""
    zh = next(row for row in tables()[2].rows if row.cells.get("licence") == "A3")
    en = next(row for row in tables(lang="en")[2].rows if row.cells.get("licence") == "A3")
    assert (zh.cells["amount"], zh.cells["reason"]) == (0.0, "许可证到期")
    assert en.cells["reason"] == "expired"


def test_quota_lines_say_where_their_data_come_from():
    """Real, synthetic and new rights are marked; a blank comprehensive use is not a zero."""
    rows = {row.cells["name"]: row.cells for row in tables()[2].rows if row.kind == "body"}
    assert rows[sample.FORMULA]["data"] == "登记"
    assert rows["合成丙矿"]["data"] == "合成"
    assert rows["西县石料集中开采区"]["data"] == "拟投放"
    assert rows[sample.FORMULA]["last_output"] == 5.0
    assert rows[sample.FORMULA].get("comprehensive") is None


def test_no_synthetic_leaver_is_named_anywhere():
    """Table 2 leaves out their zero lines and counts them, table 7 only counts."""
    for lang in ("zh", "en"):
        for table in tables(lang=lang).values():
            shown = everything(table)
            for name in (*sample.SECRETS, "S1", "S2"):
                assert name not in shown
    assert any("拟退出而不具名的采矿权1个" in note for note in tables()[2].notes)


def test_a_real_name_with_an_invented_status_is_counted_not_named():
    """A3's name is real; where its status is invented no table may name it as leaving."""
    base = sample.scenario()
    rights = tuple(
        replace(right, provenance={**right.provenance, "status": Provenance.SYNTHETIC})
        if right.licence == "A3"
        else right
        for right in base.rights
    )
    built = tables(scenario=replace(base, rights=rights))
    assert "两行" not in everything(built[7])
    assert "两行" not in everything(built[2])


def test_leavers_are_aggregated_by_place_mineral_size_and_ground():
    """One real mine named, two synthetic lines of one; a second alike right makes one line of 2."""
    twin = replace(sample.allocation().actions[4], right="S9")
    allocation = replace(sample.allocation(), actions=(*sample.allocation().actions, twin))
    rows = [
        row
        for row in tables(allocation)[7].rows
        if row.kind == "body" and row.cells["action"] != "延续"
    ]
    assert [
        (row.cells["mineral"], row.cells["ground"], row.cells["count"], row.cells.get("name"))
        for row in rows
    ] == [
        ("菱镁矿", "许可证到期", 1, sample.BROKEN),
        ("菱镁矿", "低于最低开采规模", 1, None),
        ("建筑石料", "在集中开采区外", 2, None),
    ]


def test_lapsed_licences_stand_in_a_part_of_their_own():
    """One that is neither renewed nor leaving is to be settled: counted, in a part of its own."""
    lapsed = sample.action("S3", "lapsed", synthetic=True, county="西县", grounds=("expired",))
    actions = (*sample.allocation().actions[:-1], lapsed)
    rows = tables(replace(sample.allocation(), actions=actions))[7].rows
    (row,) = (one for one in rows if "待处置" in one.section and one.kind == "body")
    assert (row.cells["action"], row.cells["count"]) == ("待处置（许可证已过期）", 1)


def test_issuance_says_when_the_plan_does_not_state_the_authority():
    """Zone Z1 states none: neither own nor other."""
    row = tables()[3].rows[0]
    assert row.section == "发证权限未载明"
    assert row.cells["authority"] == "发证权限未载明"
    assert row.cells["mode"] == "待定"
    assert (row.cells["minimum"], row.cells["capacity"], row.cells["maximum"]) == (20, 40, 60)


def test_issuance_of_other_authorities_is_for_coordination():
    """A provincial zone is linked, a city's own stands first; a bound that is assumed says so."""
    base = sample.scenario()
    for authority, own, section in (
        ("province", False, "其他发证机关"),
        ("city", True, "本级发证"),
    ):
        zone = base.plan.zones[0].model_copy(update={"authority": authority})
        scenario = replace(base, plan=base.plan.model_copy(update={"zones": (zone,)}))
        issued = replace(sample.allocation().issuance[0], own_authority=own, maximum_assumed=True)
        allocation = replace(sample.allocation(), issuance=(issued,))
        row = tables(allocation, scenario=scenario)[3].rows[0]
        assert row.section.startswith(section)
        assert "假定" in row.cells["maximum_basis"]


def test_equal_rights_of_one_zone_share_a_line():
    """Two rights of 40 in Z1 are one line of 2; the total counts 2."""
    one = sample.allocation().issuance[0]
    allocation = replace(sample.allocation(), issuance=(one, replace(one, right="Z1-2")))
    table = tables(allocation)[3]
    assert cells(table, "count") == [2]
    assert cells(table, "count", "total") == [2]


def test_structure_shows_shares_before_and_after_and_the_target():
    """Base 1 of 7 = 14.29 %; after 2 of 5 = 40 %; the count target rests on synthetic data."""
    whole = tables()[4].rows[-1]
    assert whole.kind == "total"
    assert whole.cells["base_ratio"] == 1 / 7
    assert whole.cells["ratio"] == 2 / 5
    assert whole.cells["total"] == whole.cells["base_total"] - 3 + 1
    assert "不超过6个（预期性）" in whole.cells["target"]
    assert "不低于12%（约束性）" in whole.cells["target"]
    assert whole.cells["met"] == "是（现状含合成数据）；是"


def test_structure_by_group_and_by_county_add_up_to_all():
    """Groups and counties each sum to the line of all, in every number."""
    rows = tables()[4].rows
    for by in ("按矿类", "按县（市、区）"):
        part = [row for row in rows if row.cells["by"] == by]
        for key in ("base_total", "leaving", "issued", "large", "medium", "small", "total"):
            assert sum(row.cells[key] for row in part) == rows[-1].cells[key]


def test_a_target_of_another_scope_becomes_a_note():
    """A count of the magnesite rights has no line of its own in the table."""
    base = sample.scenario()
    count = base.plan.counts[0].model_copy(
        update={"scope": base.plan.counts[0].scope.model_copy(update={"minerals": ("菱镁矿",)})}
    )
    scenario = replace(base, plan=base.plan.model_copy(update={"counts": (count,)}))
    table = tables(scenario=scenario)[4]
    assert "不超过6" not in table.rows[-1].cells["target"]
    assert any("COUNT.mine_count条款不超过6" in note for note in table.notes)


def test_balance_identity_holds_in_the_table():
    """Supply + unmet = demand + surplus: 20.5 + 9.5 = 30; 50 + 0 = 50."""
    for row in tables()[5].rows:
        given = row.cells
        assert given["supply"] + given["unmet"] == given["demand"] + given["surplus"]
    assert cells(tables()[5], "met") == [20.5 / 30, 1.0]
    assert cells(tables()[5], "demand_basis") == ["假定", "假定"]


def test_rules_show_binding_missed_and_inapplicable():
    """One clause binds, a missed one says so, a rule without subjects says it applies to nobody."""
    rules = list(sample.allocation().rules)
    rules[2] = replace(rules[2], used=8.0, slack=-2.0, missed_by=2.0, verdict="missed")
    rows = tables(replace(sample.allocation(), rules=tuple(rules)))[6].rows
    assert [row.cells["binding"] for row in rows] == [
        *("否", "是", "否", "否"),
        *("", "否", "否", "不适用"),
    ]
    assert [row.cells["verdict"] for row in rows] == [
        *("达到", "达到", "未达到", "达到"),
        *("未达到", "—", "—", "—"),
    ]
    assert rows[2].cells["missed_by"] == 2.0
    assert rows[7].cells.get("limit") is None


def test_a_demand_is_shown_as_the_scenarios_own():
    """30 asked, 20.5 supplied, 9.5 unmet: no clause of the plan, neither binding nor expected."""
    row = tables()[6].rows[4].cells
    assert (row["attribute"], row["sense"]) == ("情景", "")
    assert (row["limit"], row["used"], row["missed_by"]) == (30.0, 20.5, 9.5)


def test_a_rule_without_figure_says_how_far_it_reaches():
    """No sense is invented, and the reach is a remark, not a marginal meaning."""
    minimum, status = (row.cells for row in tables()[6].rows[5:7])
    assert (minimum["attribute"], minimum["sense"]) == ("规则（规划）", "")
    assert minimum["remark"] == "适用于1个采矿权（含候选），其中投放1个"
    assert (status["attribute"], status["remark"]) == ("规则（管理规定）", "适用于7个采矿权")
    assert status["marginal"] == ""


def standard_iron(allocation=None):
    """Return the sample with magnesite counted as ore of 62 % iron, and its scenario."""
    given, base = allocation or sample.allocation(), sample.scenario()
    products = tuple(
        one.model_copy(update={"basis": "standard_iron_62"}) if one.name == "菱镁矿" else one
        for one in base.plan.products
    )

    def counted(records):
        return tuple(
            replace(one, basis="standard_iron_62") if one.product == "菱镁矿" else one
            for one in records
        )

    changed = replace(
        given,
        quotas=(
            replace(counted(given.quotas)[0], ore=9.5, share_of_capacity=0.95),
            *counted(given.quotas)[1:],
        ),
        caps=counted(given.caps),
        balance=counted(given.balance),
    )
    return changed, replace(base, plan=base.plan.model_copy(update={"products": products}))


def test_the_basis_stands_beside_every_unit_of_the_product():
    """Tables 1, 2, 5 and 6 say 万吨（62%标准矿）; capacity and raw ore are in plain 万吨."""
    for lang, unit in (("zh", "万吨（62%标准矿）"), ("en", "×10⁴ t (62 % standard ore)")):
        allocation, scenario = standard_iron()
        built = tables(allocation, lang, scenario)
        for number in (1, 2, 5):
            assert built[number].rows[0].cells["unit"] == unit
        assert built[6].rows[0].cells["unit"] == unit
        assert built[6].rows[4].cells["unit"] == unit
        quota = built[2].rows[0].cells
        assert (quota["amount"], quota["ore"], quota["share"]) == (8.0, 9.5, 0.95)
        assert quota["ore_unit"] == quota["capacity_unit"] == unit.split("（")[0].split(" (")[0]
    assert any("占生产规模比例=折合原矿量" in note for note in tables()[2].notes)


def test_county_caps_that_do_not_add_up_are_told():
    """21 + 12 = 33 beside 31: the note says both; 21 + 10 = 31 needs none."""
    caps = (*sample.allocation().caps[:2], sample.cap("magnesite_west", "西县", 12.0, 0.0))
    notes = tables(replace(sample.allocation(), caps=caps))[1].notes
    (note,) = (one for one in notes if "不一致" in one)
    for part in ("菱镁矿", "33万吨", "31万吨", "从严", "不能相加"):
        assert part in note
    assert not any("不一致" in one for one in tables()[1].notes)


def test_the_order_among_equals_is_told_where_it_decided():
    """Zone Z1 holds the candidates; both notes fall away where nothing was chosen."""
    built = tables()
    candidates = sum(zone.rights for zone in sample.scenario().plan.zones)
    (note,) = (one for one in built[3].notes if "候选采矿权" in one)
    assert f"候选采矿权{candidates}个，投放1个" in note
    assert "区块编号从小到大" in note
    assert "不是规划的排序" in note
    assert "（假定的）需求所需的最小值" in note
    assert any("许可证号靠后" in one for one in built[7].notes)
    kept = tuple(one for one in sample.allocation().actions if one.kind != "leave_chosen")
    assert not any(
        "许可证号靠后" in one for one in tables(replace(sample.allocation(), actions=kept))[7].notes
    )


def test_no_authority_in_the_record_is_none_in_the_table():
    """A right whose record names no authority stands in the third part, wherever its zone is."""
    base = sample.scenario()
    zone = base.plan.zones[0].model_copy(update={"authority": "city"})
    scenario = replace(base, plan=base.plan.model_copy(update={"zones": (zone,)}))
    issued = replace(sample.allocation().issuance[0], own_authority=None)
    allocation = replace(sample.allocation(), issuance=(issued,))
    row = tables(allocation, scenario=scenario)[3].rows[0]
    assert row.section == "发证权限未载明"
    assert row.cells["authority"] == "发证权限未载明"


def test_how_the_words_of_clauses_are_meant_is_told():
    """Caps with the rights as decided, numbers and ratios with the rights chosen anew."""
    notes = "".join(tables()[6].notes)
    for part in ("已定的采矿权组合", "重新选择采矿权", "再少一个即达不到"):
        assert part in notes


def test_every_table_says_mode_case_status_and_how_much_is_synthetic():
    """3 of 7 rights are synthetic; the demand is assumed; the count rests on it."""
    for table in tables().values():
        notes = "\n".join(table.notes)
        for needed in ("目标状态", "需求偏高", "已证最优", "3个为合成", "需求量为假定", "达标结论"):
            assert needed in notes
    for table in tables(lang="en").values():
        notes = "\n".join(table.notes)
        for needed in ("target state", "high demand", "proven optimal", "3 are synthetic"):
            assert needed in notes


def test_english_tables_translate_the_plans_names():
    """Counties, minerals and units are English; names of mines stay as they are."""
    table = tables(lang="en")[2]
    row = table.rows[0].cells
    assert (row["county"], row["mineral"], row["unit"]) == ("East", "magnesite", "×10⁴ t")
    assert row["name"] == sample.FORMULA
    assert table.heading.startswith("Table 2 ")


def test_an_empty_allocation_still_has_seven_tables():
    """Nothing issued, nobody leaving: the tables say so instead of failing."""
    empty = replace(
        sample.allocation(),
        quotas=(),
        issuance=(),
        actions=(),
        caps=(),
        structure=(),
        balance=(),
        rules=(),
        rounding=(),
    )
    built = tables(empty)
    assert len(built) == 7
    assert any("不安排投放" in note for note in built[3].notes)
    assert any("拟退出：无" in note for note in built[7].notes)
