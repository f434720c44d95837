"""What the terminal shows, narrow and wide, in both languages."""

import io
from dataclasses import replace

import pytest
import report_sample as sample
from rich.cells import cell_len
from rich.console import Console

from minequota.optimizer.allocation import SolveStatus
from minequota.reports.findings import show_findings
from minequota.reports.terminal import show_run
from minequota.scenarios.audit.finding import Finding


def shown(width=80, lang="zh", allocation=None, **options):
    stream = io.StringIO()
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    show_run(
        sample.scenario(), allocation or sample.allocation(), lang=lang, console=console, **options
    )
    return stream.getvalue()


@pytest.mark.parametrize("width", [80, 200])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lines_fit_the_terminal(width, lang):
    """Chinese characters count two columns; no line is wider than the terminal."""
    for line in shown(width, lang).splitlines():
        assert cell_len(line) <= width


def test_what_matters_stands_first():
    """Mode and status, then the answers, then tables 1 to 7."""
    text = shown()
    order = ["目标状态", "已证最优", "规划是否守住", "需求是否满足", "什么在起约束", "退出", "投放"]
    order += [f"表{number} " for number in range(1, 8)]
    at = -1
    for part in order:
        found = text.index(part, at + 1)
        assert found > at
        at = found


def test_no_colour_codes_when_piped():
    """No escape sequence, from the program or from a mine's name."""
    assert "\x1b" not in shown()


def test_names_are_not_markup():
    """A name in brackets is printed as it is."""
    quota = replace(sample.allocation().quotas[0], name="[bold]矿[/bold]")
    allocation = replace(sample.allocation(), quotas=(quota,))
    assert "[bold]矿[/bold]" in shown(200, allocation=allocation)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_synthetic_leavers_are_not_named(lang):
    """Counted in the answers and in table 7 only."""
    text = shown(200, lang)
    for name in sample.SECRETS:
        assert name not in text


def test_the_answers_speak_plainly():
    """9.5 of 30 short; 1 leaves by rule, 2 proposed; one right of 40 is issued."""
    text = shown(200)
    assert "菱镁矿缺9.5万吨" in text
    assert "规则要求1个，建议2个" in text
    assert "西县建筑石料1个，合计40万立方米/年" in text
    assert "CAP.magnesite_east条款：21万吨；多1万吨" in text
    assert "1 of 2 products fall short" in shown(200, "en")


def test_only_clauses_of_the_plan_are_counted_as_kept():
    """Two caps and a ratio bind, a count is expected; a demand is asked, two rules are general."""
    text = shown(400)
    assert "约束性条款3条、预期性条款1条全部满足" in text
    assert "另有2类定义和管理规则全部符合" in text
    assert "1条条款起约束" in text
    assert "2 kinds of definitions and general rules" in shown(400, "en")


def test_the_order_among_equals_is_told_on_screen():
    """In the answers of who leaves and what is issued."""
    head = shown(400).split("表1 ")[0]
    assert "许可证号靠后" in head
    assert "区块编号从小到大" in head


def test_english_names_the_targets_that_rest_on_synthetic_data():
    """One target, or several in quotes."""
    rules = list(sample.allocation().rules)
    assert "The target 'clause COUNT.mine_count' is met on a base" in shown(400, "en")
    rules[3] = replace(rules[3], rests_on_synthetic=True)
    text = shown(400, "en", allocation=replace(sample.allocation(), rules=tuple(rules)))
    both = "The targets 'clause COUNT.mine_count' and 'clause RATIO.large_medium_ratio' are met"
    assert both in text


def test_a_missed_expected_clause_is_no_kept_plan():
    """Eight rights where six are expected: the plan is kept in its binding clauses only."""
    rules = list(sample.allocation().rules)
    rules[2] = replace(rules[2], used=8.0, slack=-2.0, missed_by=2.0, verdict="missed")
    text = shown(200, allocation=replace(sample.allocation(), rules=tuple(rules)))
    assert "约束性条款3条全部守住；预期性条款1条中1条未达到" in text
    assert "限值6个，实为8个，差2个" in text
    assert "达标结论" not in text


def test_long_quota_lists_are_cut_and_say_so():
    """50 running mines: 40 shown, 10 in the file, sums whole (50 × 1 = 50)."""
    quotas = tuple(sample.quota(f"Q{n:02}", f"第{n:02}矿", 1.0, 2.0) for n in range(50))
    text = shown(allocation=replace(sample.allocation(), quotas=quotas))
    assert sum(f"第{n:02}矿" in text for n in range(50)) == 40
    assert "另有10行，见tables/table2_矿山年度开采指标分配表.csv" in text


def test_an_infeasible_run_shows_no_table():
    """Only the head and what the optimizer says."""
    allocation = replace(
        sample.allocation(), status=SolveStatus.INFEASIBLE, notes=("菱镁矿总量与需求矛盾。",)
    )
    text = shown(allocation=allocation)
    assert "无可行解" in text
    assert "菱镁矿总量与需求矛盾。" in text
    assert "表1" not in text
    assert "守住" not in text


def test_findings_gravest_first_with_advice():
    """The warning stands before the note, whatever their order; both are counted."""
    findings = [
        Finding(2, "note", "sizes", "mines.csv", "提示甲", "note a"),
        Finding(
            1, "warning", "caps", "铁矿", "两个数字矛盾", "two figures", "取较严者", "stricter"
        ),
    ]
    for lang, parts in (
        ("zh", ["警告 铁矿", "两个数字矛盾", "建议：取较严者", "提示甲", "警告1条、提示1条"]),
        ("en", ["warning 铁矿", "two figures", "Advice: stricter", "note a"]),
    ):
        stream = io.StringIO()
        show_findings(findings, lang=lang, console=Console(file=stream, width=80, markup=False))
        text = stream.getvalue()
        at = -1
        for part in parts:
            assert text.index(part) > at
            at = text.index(part)


def test_many_clauses_of_a_finding_are_counted():
    """Five clauses: two are named."""
    finding = Finding(1, "note", "caps", "a+b+c+d+e", "提示", "note")
    for lang, said in (("zh", "a+b等5项"), ("en", "a+b and 3 more")):
        stream = io.StringIO()
        show_findings([finding], lang=lang, console=Console(file=stream, width=80, markup=False))
        assert said in stream.getvalue()
