"""The audit as a whole: silent where nothing is wrong, in order, in two languages."""

from __future__ import annotations

import pytest
from audited import DEMAND, clean, coded, mine, only
from builders import count, name, ratio, tiny_plan

from minequota.scenarios.audit import audit
from minequota.scenarios.right import Provenance
from minequota.scenarios.scenario import Scenario

SYNTHETIC = dict.fromkeys(("name", "capacity"), Provenance.SYNTHETIC)


def test_nothing_is_said_about_a_clean_scenario() -> None:
    """A plan that adds up, a register of its own, surveyed demands: no finding at all."""
    assert audit(clean()) == ()


def test_nothing_is_said_about_a_clean_calendar() -> None:
    """Nor year by year: candidates yield in the year they are issued where no lead time is set."""
    calendar = {"mode": "calendar", "first_year": 2023}
    assert audit(clean(question=calendar)) == ()


def test_a_richer_clean_plan_has_notes_at_most() -> None:
    """Targets that are met, published numbers that fit, a project that lasts: nothing graver.

    Three rights, one medium, are 1/3; with the place and the conversion they are five, as many
    as allowed. Both of these stay small, which a note says.
    """
    medium = mine("M3", "东县", "菱镁矿", "60 万吨", size_class="medium", reserves="1200 万吨")
    sizes = [
        {"id": "all", "title": name("总数"), "number": 3, "source": "第一章"},
        {
            "id": "upper",
            "title": name("大中型"),
            "number": 1,
            "size_classes": ["large", "medium"],
            "source": "第一章",
        },
        {
            "id": "small",
            "title": name("小型"),
            "number": 2,
            "size_classes": ["small"],
            "source": "第一章",
        },
    ]
    rich = clean(
        medium,
        plan={
            "base_counts": sizes,
            "base_outputs": [
                {"mineral": "菱镁矿", "amount": "25 万吨", "year": 2020, "source": "第一章"}
            ],
            "counts": [count(5)],
            "ratios": [ratio(0.3)],
            "printed": [
                {
                    "id": "share",
                    "about": "比例",
                    "printed": 33.3,
                    "computed_from": "percent",
                    "parts": [1, 3],
                    "tolerance": 0.05,
                    "source": "第一章",
                }
            ],
            "conversions": [
                {
                    "id": "dig",
                    "name": "探转采矿",
                    "county": "东县",
                    "mineral": "菱镁矿",
                    "capacity": "10 万吨",
                    "reserves": "100 万吨",
                    "source": "专栏九",
                }
            ],
        },
    )
    found = only(audit(rich))
    assert (found.code, found.severity) == ("A404", "note")


def test_findings_are_numbered_the_gravest_first() -> None:
    """Numbers run from 1; errors stand before warnings, those before notes, then the codes."""
    scenario = _busy()
    found = audit(scenario)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    order = [("error", "warning", "note").index(one.severity) for one in found]
    assert order == sorted(order)
    assert set(order) == {0, 1, 2}
    for severity in ("error", "warning", "note"):
        codes = [one.code for one in found if one.severity == severity]
        assert codes == sorted(codes)


def _busy() -> Scenario:
    """Return a scenario with an error, warnings and notes."""
    return clean(
        mine("M3", "东县", "菱镁矿", "9 万吨", last_output="10 万吨"),
        plan={"counts": [count(2) | {"limit": None}], "zones": [], "ratios": [ratio(0.5)]},
        question={"demand": {one: DEMAND[one] | {"assumed": True} for one in DEMAND}},
    )


def test_every_finding_speaks_and_advises_in_both_languages() -> None:
    """No message and no advice is empty, and the English one holds no Chinese full stop."""
    for one in audit(_busy()):
        assert one.code
        assert one.clause
        assert one.message_zh.endswith(("。", "）"))
        assert one.advice_zh
        assert one.message_en.endswith((".", ")"))
        assert "。" not in one.advice_en


@pytest.mark.parametrize("field", ["message_zh", "message_en"])
def test_a_made_up_mine_is_said_to_be_made_up(field: str) -> None:
    """Below the minimum of 10, above its licence, far too small: each says it is synthetic."""
    small = mine("K1", "东县", "菱镁矿", "9 万吨", last_output="10 万吨", provenance=SYNTHETIC)
    tiny = mine("K2", "东县", "菱镁矿", "20 千克", provenance=SYNTHETIC)
    word = "合成" if field == "message_zh" else "synthetic"
    found = clean(small, tiny, plan={"counts": [count(2)]})
    for code in ("A306", "A309", "A204"):
        assert word in getattr(coded(found, code), field), code
    said = "K2（20 千克，合成）" if field == "message_zh" else "K2 (20 千克, made up)"
    assert said in getattr(coded(found, "A303"), field)


def test_alike_findings_are_one() -> None:
    """Three rights below the minimum are one line that counts them, the commonest mineral first."""
    found = clean(
        mine("M3", "东县", "菱镁矿", "8 万吨"),
        mine("M4", "西县", "菱镁矿", "7 万吨"),
        mine("S3", "西县", "建筑石料", "15 万立方米"),
    )
    one = coded(found, "A306")
    assert one.message_zh.startswith("3个")
    assert "菱镁矿 2、建筑石料 1" in one.message_zh


def test_long_tallies_are_cut() -> None:
    """Ten minerals below their minimum: eight by name, the rest together."""
    plan = tiny_plan()
    names = [f"矿种{number}" for number in range(10)]
    minerals = plan["minerals"] + [
        {"name": one, "en": one, "group": "non_metal", "scale_row": "magnesite"} for one in names
    ]
    found = clean(
        *(mine(f"X{number}", "东县", one, "9 万吨") for number, one in enumerate(names)),
        plan={"minerals": minerals},
    )
    assert "矿种7 1、其他 2" in coded(found, "A306").message_zh


def test_only_one_finding_for_one_thing() -> None:
    """A demand above the caps is not told again as one above the supply."""
    asked = DEMAND | {"菱镁矿": DEMAND["菱镁矿"] | {"amount": "60 万吨"}}
    assert only(audit(clean(question={"demand": asked}))).code == "A502"
