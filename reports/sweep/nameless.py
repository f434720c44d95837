"""Whom a sweep's files may name: no made-up right is ever named as one to leave."""

from __future__ import annotations

from collections.abc import Sequence

from minequota.optimizer.sweep.job import Row
from minequota.reports.provenance import may_be_named
from minequota.reports.text import Words
from minequota.scenarios.scenario import Scenario

UNNAMED = Words("一个合成采矿权（不具名）", "a synthetic right (not named)")
MARK = "*"
"""Stands for a right that is not named; in a list ``*3`` for three of them."""
_ENDING = ("leaving_rights", "merged_rights")


def hidden_rights(scenario: Scenario) -> frozenset[str]:
    """Return the licences that may not be named where it is said who leaves."""
    return frozenset(right.licence for right in scenario.rights if not may_be_named(right))


def without_names(rows: Sequence[Row], scenario: Scenario) -> list[Row]:
    """Return rows whose lists of leaving and merged rights count those that may not be named."""
    hidden = hidden_rights(scenario)
    return [
        row | {name: _counted(row[name], hidden) for name in _ENDING if name in row} for row in rows
    ]


def ends(what: str) -> bool:
    """Whether a column of `outcome` lists rights that leave the register."""
    return what in _ENDING


def _counted(listed: object, hidden: frozenset[str]) -> str:
    names = [name for name in str(listed or "").split(";") if name]
    shown = [name for name in names if name not in hidden]
    left_out = len(names) - len(shown)
    return ";".join([*shown, f"{MARK}{left_out}"] if left_out else shown)
