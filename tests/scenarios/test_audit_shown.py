"""Findings on the screen: the code, how serious, the title, the clause, message and advice."""

from __future__ import annotations

import io
from typing import Literal

import pytest
from audited import clean, mine
from builders import count
from rich.console import Console

from minequota.reports.findings import show_findings
from minequota.scenarios.audit import Finding, audit


def shown(findings: tuple[Finding, ...], lang: Literal["zh", "en"]) -> str:
    stream = io.StringIO()
    show_findings(findings, lang=lang, console=Console(file=stream, width=200, markup=False))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        (
            "zh",
            [
                "[A202] 错误 数量与比例目标达不到 · mine_count",
                "达不到",
                "建议：",
                "[A306] 提示 已有矿山低于最低规模",
                "错误1条",
            ],
        ),
        ("en", ["[A202] error number and ratio are out of reach · mine_count", "Advice: "]),
    ],
)
def test_a_finding_is_shown_with_its_code(lang: Literal["zh", "en"], parts: list[str]) -> None:
    """The error first, then the note; codes, titles and clauses in their heads."""
    found = audit(
        clean(
            mine("M3", "东县", "菱镁矿", "9 万吨"),
            plan={"counts": [count(1)], "zones": []},
            question={"options": {"closing": False}, "demand": {}},
        )
    )
    text = shown(found, lang)
    at = -1
    for part in parts:
        assert text.index(part) > at, part
        at = text.index(part)


def test_nothing_found_is_said() -> None:
    """A clean scenario says so in either language."""
    assert "没有发现问题" in shown(audit(clean()), "zh")
    assert "found nothing" in shown(audit(clean()), "en")
