"""One column of a comparison: a question, and the answer it got or the reason why it got none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from minequota.optimizer.allocation import Allocation, SolveStatus
from minequota.reports.provenance import may_be_named
from minequota.reports.text import Words
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario

MOST_CASES = 40
"""More columns than this are no table that anybody reads."""


@dataclass(frozen=True)
class Case:
    """A column: its name, which no other column has, and what was asked and answered.

    `allocation` is None where the status says that there is no answer. `folder` is the run folder
    as the documents name it: below the comparison, or where a finished run stands; `place` is
    where it can be read now. Both are empty without an answer.
    """

    name: str
    title: Words
    kind: Literal["case", "run"]
    scenario: Scenario
    status: SolveStatus
    allocation: Allocation | None
    folder: str = ""
    place: Path | None = None

    @property
    def plan(self) -> str:
        """Id of the plan: amounts of other plans' rights are not this case's."""
        return self.scenario.plan.id

    @cached_property
    def rights(self) -> dict[str, Right]:
        """The register by licence."""
        return {right.licence: right for right in self.scenario.rights}


def nameless(cases: tuple[Case, ...]) -> frozenset[str]:
    """Return the licences that leave in some case and may not be named as leaving in any.

    A made-up mine is nobody's, so no list may single it out as one to close, nor as one that a
    register of the same plan no longer has.
    """
    found = set()
    for case in cases:
        others = [other.rights for other in cases if other.plan == case.plan]
        for licence, right in case.rights.items():
            if not hidden_where_gone(right):
                continue
            if any(licence not in register for register in others):
                found.add(licence)
        for action in case.allocation.actions if case.allocation is not None else ():
            leaves = action.kind in ("leave_forced", "leave_chosen")
            if leaves and not may_be_named(case.rights.get(action.right)):
                found.add(action.right)
    return frozenset(found)


def hidden_where_gone(right: Right) -> bool:
    """Whether nobody may be told by name that a register no longer has this right."""
    return right.synthetic and not may_be_named(right)
