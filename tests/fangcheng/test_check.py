"""What the check says of Fangcheng: where its figures pull against each other, and nothing else."""

import pytest

from minequota.scenarios.audit import audit
from minequota.scenarios.load import load_scenario


@pytest.fixture(scope="module")
def findings():
    """Return the findings on the scenario as written."""
    return audit(load_scenario("fangcheng"))


def said(findings, code, clause=None):
    """Return the Chinese text of the only finding of a code, on a clause where one is given."""
    (one,) = (f for f in findings if f.code == code and clause in (None, f.clause))
    return one.message_zh


def test_rights_and_blocks_exceed_the_number(findings):
    """40 rights and 11 blocks against fewer than 45."""
    text = said(findings, "A201")
    for figure in ("40个", "11个", "51个", "44个", "＜45"):
        assert figure in text


def test_no_issuance_alone_reaches_the_ratio(findings):
    """Within 44 four may be issued, 16 of 44; with closures alone two are the fewest, with six."""
    text = said(findings, "A203")
    for figure in ("12/40", "16/44＝36.4%", "最少关闭2个、投放6个", "18/44＝40.9%"):
        assert figure in text


def test_blocks_are_short_under_both_readings(findings):
    """96 against 80 of blocks, and against 64.17 where the 80 are ore."""
    text = said(findings, "A502", "demand.饰面石材")
    for figure in ("96万立方米", "上限80", "缺口至少16万", "64.17", "31.83"):
        assert figure in text


def test_the_implied_block_yield_is_odd(findings):
    """23 万立方米 of 75.99 万吨 are 80.2 %, far above 18 to 26 %."""
    text = said(findings, "A107")
    for figure in ("75.99", "23", "80.2%", "18%–26%"):
        assert figure in text


def test_proportions_of_39_rights(findings):
    """7, 5, 28 make 40; 1.4:1:5.4 makes 39."""
    text = said(findings, "A101", "small_to_medium_2020")
    assert "合计40个" in text
    assert "合计39个" in text


def test_nothing_is_an_error(findings):
    """Every clause can be kept: the check stops nobody."""
    assert {one.severity for one in findings} == {"warning", "note"}


@pytest.mark.parametrize(("case", "gap"), [("low", "10万"), ("high", "20万")])
def test_the_gap_follows_the_demand(case, gap):
    """90 leave a gap of 10, 100 one of 20."""
    text = said(audit(load_scenario("fangcheng", (case,))), "A502", "demand.饰面石材")
    assert f"缺口至少{gap}" in text


def test_imports_close_the_gap_for_the_check_too():
    """With 16 万立方米 from elsewhere nothing is said of blocks any more."""
    findings = audit(load_scenario("fangcheng", ("imports_of_blocks",)))
    assert [f for f in findings if f.code == "A502" and f.clause == "demand.饰面石材"] == []
