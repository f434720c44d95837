"""What every table says under its rows: what was changed, and whether the plan has ended."""

from dataclasses import replace

import report_sample as sample

from minequota.reports.standing import case_title, changed_sentence, extended_sentence
from minequota.scenarios.scenario import Change


def test_what_the_command_changed_is_told():
    """One change is the case's own; the other, of no case, is counted and named old → new."""
    plain = sample.scenario()
    assert changed_sentence(plain, "zh") == ""
    changed = replace(plain, changes=(*plain.changes, Change("", "plan.counts.n.limit", 44, 30)))
    assert changed_sentence(changed, "zh") == "plan.counts.n.limit 44 → 30"
    assert case_title(changed, "zh").endswith("，另改动1处")
    assert case_title(changed, "en").endswith(", 1 more changed")


def test_many_changes_are_counted_and_long_ones_cut():
    """Three are named, the number says the rest; a value of a thousand characters is cut."""
    changes = tuple(Change("extends:a.yaml", f"k{n}", None, "x" * 1000) for n in range(5))
    said = changed_sentence(replace(sample.scenario(), changes=changes), "zh")
    assert said.endswith("；等5处")
    assert said.startswith("k0 — → xxx")
    assert len(said) < 300


def test_a_plan_that_has_ended_is_told():
    """A clause held on past 2025 makes every table say so."""
    plain = sample.scenario()
    assert extended_sentence(plain, "zh") == ""
    cap = plain.plan.caps[0].model_copy(
        update={"note": "规划期止于2025年，滚动时延用至2026年（推定）"}
    )
    plan = plain.plan.model_copy(update={"caps": (cap, *plain.plan.caps[1:])})
    assert "规划期至2025年止" in extended_sentence(replace(plain, plan=plan), "zh")
    assert "ended with 2025" in extended_sentence(replace(plain, plan=plan), "en")
