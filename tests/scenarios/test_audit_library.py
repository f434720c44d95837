"""What a careful reader finds in the five plans, and the audit with him."""

from __future__ import annotations

from functools import lru_cache

import pytest

from minequota.scenarios.audit import Finding, audit
from minequota.scenarios.load import library_names, load_scenario


@lru_cache(maxsize=16)
def found(plan: str, *cases: str) -> tuple[Finding, ...]:
    return audit(load_scenario(plan, cases=cases))


def said(plan: str, code: str, clause: str = "", *cases: str) -> str:
    """Return the Chinese message of the one finding of a code whose clause begins so."""
    messages = [
        one.message_zh
        for one in found(plan, *cases)
        if one.code == code and one.clause.startswith(clause)
    ]
    assert len(messages) == 1, messages
    return messages[0]


def codes(plan: str, *cases: str) -> set[str]:
    return {one.code for one in found(plan, *cases)}


@pytest.mark.parametrize("plan", ["chaoyang", "dandong", "fangcheng", "kaizhou", "liaoyang"])
def test_no_library_plan_is_impossible_or_unbounded(plan: str) -> None:
    """No error, and nothing said of a library register without saying it is made up."""
    assert plan in library_names()
    assert {one.severity for one in found(plan)} == {"warning", "note"}
    for one in found(plan):
        if one.code in ("A203", "A306", "A307", "A309", "A310", "A312"):
            assert "合成" in one.message_zh, one
            assert "synthetic" in one.message_en, one


def test_dandong_contradictions() -> None:
    """Iron, national areas, number and ratio: both figures and the one used are said."""
    clauses = {one.clause for one in found("dandong") if one.code == "A101"}
    assert clauses == {"iron_total", "national_area_total", "mine_number", "ratio_about"}
    iron = said("dandong", "A101", "iron_total")
    for figure in ("0.02 亿吨", "0.026 亿吨", "从严"):
        assert figure in iron
    assert "955.7575" in said("dandong", "A101", "national_area_total")
    # The printed total and the split that fail are these contradictions, told once.
    assert not {"A102", "A105"} & codes("dandong")


def test_dandong_structure() -> None:
    """330 rights, six must leave, at most 320: nine more close and five are issued, 39/320."""
    both = said("dandong", "A203")
    assert "名册330个，大中型34个（34/330＝10.3%）" in both
    assert "须退出6个" in both
    assert "最少关闭9个、投放5个：39/320＝12.2%" in both
    assert "名册330个＋规划区块21个＝351个" in said("dandong", "A201")


def test_dandong_register_and_tables() -> None:
    """Two small zones, two caps far from output, all rights made up, six quarries that leave."""
    assert said("dandong", "A112").startswith("2个")
    assert "约49米" in said("dandong", "A112")
    far = said("dandong", "A110")
    assert "5.34倍" in far
    assert "580倍" in far
    assert "330个采矿权中330个" in said("dandong", "A301")
    assert "其中6个须退出" in said("dandong", "A307")
    assert "建筑用花岗岩 29" in said("dandong", "A306")
    assert "滑石矿年开采总量58" in said("dandong", "A503")
    assert "21个" in said("dandong", "A113")
    assert "大型100 万立方米、小型×" in said("dandong", "A111")


@pytest.mark.parametrize("case", ["low", "base", "high", "strict_minimum", "green_first"])
def test_dandong_demands_can_be_met(case: str) -> None:
    """In none of these cases is more asked than can be supplied."""
    assert not {"A501", "A502"} & codes("dandong", case)


def test_dandong_with_a_lower_cap_of_magnesite() -> None:
    """The counties' 21 + 10 are above a cap of 25."""
    assert "21＋10＝31万吨" in said("dandong", "A105", "", "province_cuts_magnesite")


def test_kaizhou() -> None:
    """28 + 47 = 75 against 38; ten new 22/38 = 57.9 %; one closed and eleven issued 23/38."""
    places = said("kaizhou", "A201")
    assert "不超过38个：名册28个＋规划区块47个＝75个，超出37个" in places
    assert "最多投放10个" in places
    both = said("kaizhou", "A203")
    assert "大中型12个（12/28＝42.9%）" in both
    assert "至多投放10个大中型，22/38＝57.9%" in both
    assert "最少关闭1个、投放11个：23/38＝60.5%" in both
    assert "缺矿种40个" in said("kaizhou", "A704")
    # 67.8 % and 42.9 % fit their counts.
    assert "A102" not in codes("kaizhou")


def test_fangcheng_targets() -> None:
    """40 + 11 = 51 against < 45; two closed and six issued: 18/44."""
    places = said("fangcheng", "A201")
    assert "不超过44个（原文＜45）：名册40个＋规划区块11个＝51个，超出7个" in places
    assert "最多投放4个" in places
    both = said("fangcheng", "A203")
    assert "16/44＝36.4%" in both
    assert "最少关闭2个、投放6个：18/44＝40.9%" in both


def test_fangcheng_block_stone() -> None:
    """96 asked against a cap of 80: short as blocks and as ore; a yield of 80 % is odd."""
    short = said("fangcheng", "A502")
    assert "总量上限80" in short
    assert "缺口至少16万立方米（以上按荒料读总量；按矿石体积读" in short
    # 80 × 0.80208 = 64.1664 and 96 − 64.1664 = 31.8336, rounded so that neither says too much.
    assert "最多可供64.17，仍缺31.83万立方米" in short
    ore = said("fangcheng", "A502", "", "facing_ore_volume")
    assert "以上按矿石体积读总量；按荒料读，最多可供80，仍缺16万立方米" in ore
    assert "23 万立方米÷（75.99 万吨÷2.65）＝80.2%" in said("fangcheng", "A107")
    assert "A502" not in codes("fangcheng", "imports_of_blocks")


def test_fangcheng_figures() -> None:
    """28 ÷ 5 is 5.6, not 5.4; the caps are 3.5 and 8.4 times the outputs of 2021."""
    assert "1.4:1:5.4" in said("fangcheng", "A101", "small_to_medium_2020")
    far = said("fangcheng", "A110")
    assert "3.48倍" in far
    assert "8.38倍" in far


def test_chaoyang() -> None:
    """49 + 8 + 1 = 58 against about 50; nine quarries and eight zones against eight rights."""
    places = said("chaoyang", "A201", "mine_count")
    assert "（原文50个左右）：名册49个＋规划区块9个＝58个" in places
    stone = said("chaoyang", "A201", "sand_stone_clay_count")
    assert "不超过8个" in stone
    assert "规划区块8个" in stone
    assert "10/49＝20.4%" in said("chaoyang", "A204", "mine_count")
    assert "立方米/日" in said("chaoyang", "A101", "water_units")
    assert "<10" in said("chaoyang", "A115")
    assert "CYJZ4" in said("chaoyang", "A112")
    # 20.41 % and 0.21 % fit their counts.
    assert "A102" not in codes("chaoyang")


def test_liaoyang_figures_not_given() -> None:
    """Magnesite and coal wait for the province; two multiples have a made-up base."""
    assert "待下达" in said("liaoyang", "A701", "magnesite")
    assert "待下达" in said("liaoyang", "A701", "coal")
    assert "A701" not in codes("liaoyang", "with_quota")
    assert "3倍" in said("liaoyang", "A703", "feldspar")
    assert "1.5倍" in said("liaoyang", "A703", "limestone")
    assert said("liaoyang", "A702").startswith("7项")


def test_liaoyang_structure_and_projects() -> None:
    """127 + 10 + 1 = 138 against about 120; 10 magnesite rights to 5; a life of 13.2 years."""
    assert "名册127个＋规划区块10个＋探转采1个＝138个" in said("liaoyang", "A201", "mine_count")
    assert "39/127＝30.7%" in said("liaoyang", "A203")
    assert "减少5个（关闭，或整合后减少）" in said("liaoyang", "A204", "magnesite_rights")
    assert "52850 千吨÷400 万吨＝13.2年" in said("liaoyang", "A603")
    assert "弓长岭井下铁矿（2026）" in said("liaoyang", "A605")
    assert "弓长岭井下铁矿（2026）" in said("liaoyang", "A604", "", "calendar")
    assert "2023–2025年待下达" in said("liaoyang", "A701", "coal", "calendar")
    # The listed mergers bring the holders to two.
    assert "A205" not in codes("liaoyang")
    # The areas and the halved number of mines add up; the 16.50 % of 2015 fits no number of 242.
    assert "40÷242" in said("liaoyang", "A102")
