"""What may not be subtracted is not: other units, other bases, other years; and who has no name."""

import json
from dataclasses import replace

import compare_sample as two
import pytest
import report_sample as sample

from minequota.reports.compare.compared import compared
from minequota.reports.compare.document import comparison_text
from minequota.reports.compare.tables import build_tables
from minequota.reports.csvfile import csv_text
from minequota.scenarios.right import Provenance


def changed(case, **fields):
    """Return a case with other records in its answer."""
    return replace(case, allocation=replace(case.allocation, **fields))


def lines_of(lines, right):
    """Return the lines of a right by unit."""
    return {line.unit: line for line in lines if line.right == right}


def in_stone_units(case):
    """Return a case whose A2 has 4.5 万立方米 where the other counts 10 万吨."""
    actions = tuple(
        replace(one, capacity=4.5, capacity_unit="万立方米") if one.right == "A2" else one
        for one in case.allocation.actions
    )
    return changed(case, actions=actions)


def test_a_capacity_in_another_unit_is_not_subtracted():
    """A2: 4.5 万立方米 kept against 10 enlarged to 25 万吨: two lines, no difference in either."""
    low, high = two.cases()
    found = compared((in_stone_units(low), high), "low")
    lines = lines_of(found.rights, "A2")
    assert {unit: dict(line.values) for unit, line in lines.items()} == {
        "万立方米": {"low": 4.5},
        "万吨": {"high": 25.0},
    }
    assert lines["万立方米"].differences == {}
    assert lines["万吨"].differences == {"high": None}
    assert all(line.differs for line in lines.values())
    rows = [row.cells for row in build_tables(found, "zh")[4].rows if row.cells["licence"] == "A2"]
    shown = sorted((row["unit"], row.get("value:low"), row.get("value:high")) for row in rows)
    assert shown == [("万吨", None, 25.0), ("万立方米", 4.5, None)]


def test_an_expansion_has_its_own_unit():
    """A2 is enlarged to 12 万立方米, where its own capacity is in 万吨."""
    low, high = two.cases()
    grown = replace(two.ENLARGED, capacity=12.0, capacity_unit="万立方米")
    found = compared((low, changed(high, reorganisations=(grown,))), "low")
    lines = lines_of(found.rights, "A2")
    assert lines["万立方米"].values == {"high": 12.0}
    assert lines["万吨"].values == {"low": 10.0}


def test_a_merged_right_in_another_unit():
    """The same merger makes 30 万吨 in one case and 12 万立方米 in the other."""
    low, high = two.cases()
    made = replace(two.ENLARGED, kind="merge", right="merger:M", id="M", capacity=30.0)
    other = replace(made, capacity=12.0, capacity_unit="万立方米")
    pair = (changed(low, reorganisations=(made,)), changed(high, reorganisations=(other,)))
    lines = lines_of(compared(pair, "low").rights, "merger:M")
    assert {unit: dict(line.values) for unit, line in lines.items()} == {
        "万吨": {"low": 30.0},
        "万立方米": {"high": 12.0},
    }


def test_a_zone_in_another_unit():
    """Z1 issues 40 万立方米 against 90 万吨: neither case issues 0 of the other's unit."""
    low, high = two.cases()
    tons = sample.issuance("Z1-1", 90.0, capacity_unit="万吨")
    found = compared((low, changed(high, issuance=(tons,))), "low")
    assert {line.unit: dict(line.values) for line in found.zones} == {
        "万立方米": {"low": 40.0},
        "万吨": {"high": 90.0},
    }
    assert all(line.differs for line in found.zones)


@pytest.mark.parametrize("change", [{"basis": "62 %"}, {"unit": "万立方米"}])
def test_a_quota_counted_otherwise_is_no_zero(change):
    """A1 gets 8 of ore and, in `high`, 9.5 of something else: two lines, one value in each."""
    low, high = two.cases()
    first, *rest = high.allocation.quotas
    quotas = (replace(first, **change), *rest)
    found = compared((low, changed(high, quotas=quotas)), "low")
    lines = [line for line in found.mines if line.right == "A1"]
    assert [dict(line.values) for line in lines] == [
        {"low": 8.0, "high": None},
        {"low": None, "high": 9.5},
    ]
    assert [line.differences for line in lines] == [{"high": None}] * 2
    assert [line.differs for line in lines] == [True] * 2


def over_years(case, *years):
    """Return a case that plans years, its figures as they stand."""
    return changed(case, mode="calendar", years=years, year=years[-1])


SUMS = ("demand.", "output.", "unmet.", "goal.")


def test_sums_of_other_years_are_not_subtracted():
    """2023 to 2025 against 2024 and 2025: no sum has a difference, numbers of rights have theirs.

    Both columns' years are named.
    """
    low, high = two.cases()
    pair = (over_years(low, 2023, 2024, 2025), over_years(high, 2024, 2025))
    found = compared(pair, "low")
    sums = [line for line in found.outcomes if line.name.startswith(SUMS)]
    assert len(sums) == 7
    assert {line.differences["high"] for line in sums} == {None}
    (issued,) = [line for line in found.outcomes if line.name == "issued"]
    assert issued.differences == {"high": 1.0}
    for lang, said in (
        ("zh", ("low 2023", "high 2024")),
        ("en", ("low 2023", "high 2024")),
    ):
        notes = build_tables(found, lang)[1].notes
        assert [note for note in notes if all(one in note for one in said)]
    same = compared((pair[0], over_years(high, 2023, 2024, 2025)), "low")
    assert not [note for note in build_tables(same, "zh")[1].notes if "low 2023" in note]
    (demand,) = [line for line in same.outcomes if line.name == "demand.菱镁矿"]
    assert demand.differences == {"high": 6.0}


def rolled():
    """Return the two cases, S3 gone from the register of the second, with a third of its name."""
    low, high = two.cases()
    rights = tuple(one for one in high.scenario.rights if one.licence != "S3")
    scenario = replace(high.scenario, rights=rights)
    quotas = tuple(one for one in high.allocation.quotas if one.right != "S3")
    actions = tuple(one for one in high.allocation.actions if one.right != "S3")
    return low, changed(replace(high, scenario=scenario), quotas=quotas, actions=actions)


def test_a_made_up_right_gone_from_a_register_is_not_named():
    """S3 is made up and on the first register alone: one counted line, its quota with no name.

    S1 and S2 leave, so they have no name either; of the three only S3 differs between registers.
    """
    found = compared(rolled(), "low")
    (line,) = [line for line in found.inputs if "不具名" in line.key]
    assert (line.file, line.key, line.count) == ("mines.csv", "（不具名）", 1)
    assert line.values == {"low": 1, "high": 0}
    assert line.synthetic
    text = comparison_text(found)
    written = [
        text,
        *(csv_text(table) for lang in ("zh", "en") for table in build_tables(found, lang)),
    ]
    for one in written:
        assert not [name for name in ("S1", "S2", "S3", "合成丙矿", *sample.SECRETS) if name in one]
    stone = [one for one in found.mines if one.product == "建筑石料" and not one.named]
    assert sorted(str(dict(one.values)) for one in stone) == [
        "{'low': 0.0, 'high': 5.0}",
        "{'low': 30.0, 'high': None}",
    ]


def test_like_rights_without_a_name_are_added_up():
    """S4, like S1 but with 7 in `high`, joins it: 0 against 12 for two rights."""
    low, high = two.cases()
    fourth = sample.synthetic("S4", "西县", "建筑石料", "30 万立方米", name="合成丁矿")

    def joined(case, kind, quotas=()):
        first = next(one for one in case.allocation.actions if one.right == "S1")
        scenario = replace(case.scenario, rights=(*case.scenario.rights, fourth))
        actions = (*case.allocation.actions, replace(first, right="S4", kind=kind))
        more = (*case.allocation.quotas, *quotas)
        return changed(replace(case, scenario=scenario), actions=actions, quotas=more)

    quota = sample.quota("S4", "合成丁矿", 7.0, 30.0, synthetic=True, **sample.STONE)
    found = compared((joined(low, "leave_chosen"), joined(high, "keep", (quota,))), "low")
    (line,) = [one for one in found.mines if one.product == "建筑石料" and not one.named]
    assert (line.count, dict(line.values)) == (2, {"low": 0.0, "high": 12.0})
    assert line.differences == {"high": 12.0}
    (right,) = [one for one in found.rights if one.mineral == "建筑石料"]
    assert (right.count, dict(right.values)) == (2, {"low": 0.0, "high": 20.0})


def test_a_real_right_gone_from_a_register_is_named():
    """A1 is nobody's invention: its fields stand one by one."""
    low, high = two.cases()
    scenario = replace(high.scenario, rights=high.scenario.rights[1:])
    found = compared((low, replace(high, scenario=scenario)), "low")
    assert "A1.name" in {line.key for line in found.inputs}


def test_an_invented_reserve_hides_no_real_name():
    """A right with a real name whose last output alone is invented may be named."""
    low, high = two.cases()
    first = low.scenario.rights[0]
    marks = {**first.provenance, "last_output": Provenance.SYNTHETIC}
    partly = replace(first, provenance=marks)
    scenario = replace(low.scenario, rights=(partly, *low.scenario.rights[1:]))
    short = replace(high.scenario, rights=high.scenario.rights[1:])
    found = compared((replace(low, scenario=scenario), replace(high, scenario=short)), "low")
    assert "A1.name" in {line.key for line in found.inputs}


def test_the_document_counts_the_nameless():
    """Lines of rights without a name have no licence, and say how many they are."""
    said = json.loads(comparison_text(compared(two.cases(), "low")))
    for kind in ("mines", "rights"):
        hidden = [line for line in said[kind] if not line["named"]]
        assert hidden
        assert {(line["right"], line["name"], line["count"]) for line in hidden} == {("", "", 1)}
