"""The catalogue of the audit's findings and its page in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

from minequota.scenarios.audit import catalogue

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "audit.md"
AUDIT = ROOT / "scenarios" / "audit"


def row(check: object) -> str:
    """Return a check as the page's table prints it."""
    cells = (
        check.code,
        {"error": "错误 error", "warning": "警告 warning", "note": "提示 note"}[check.severity],
        f"{check.title.zh}<br>{check.title.en}",
        f"{check.looks_for.zh}<br>{check.looks_for.en}",
        check.example,
    )
    return f"| {' | '.join(cells)} |"


def test_codes_are_in_order_and_never_shared() -> None:
    """A code and a name stand for one check, in the order of the codes."""
    codes = [check.code for check in catalogue()]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"A[1-7]\d\d", code) for code in codes)
    assert len({check.about for check in catalogue()}) == len(codes)


def test_every_check_says_all_in_both_languages() -> None:
    """Severity, title, what it looks for and an example, none left empty."""
    for check in catalogue():
        assert check.severity in ("error", "warning", "note")
        said = (check.title.zh, check.title.en, check.looks_for.zh, check.looks_for.en)
        assert all(said), check.code
        assert check.example, check.code


def test_page_holds_the_catalogue_row_by_row() -> None:
    """docs/audit.md has each check as the program's own table has it, and no other."""
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| A")]
    assert rows == [row(check) for check in catalogue()]


def test_every_check_is_raised_somewhere_and_nothing_else() -> None:
    """The names given to `say` in the code are those of the catalogue."""
    source = "".join(path.read_text("utf-8") for path in sorted(AUDIT.glob("*.py")))
    named = set(re.findall(r'"(\w+)"', source))
    assert {check.about for check in catalogue()} <= named
    raised = set(re.findall(r'say\(\s*"(\w+)",', source))
    assert raised <= {check.about for check in catalogue()}
