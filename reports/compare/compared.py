"""All that is found when cases are laid side by side."""

from __future__ import annotations

from minequota.reports.compare.alignment import Alignment
from minequota.reports.compare.case import Case, nameless
from minequota.reports.compare.comparison import Comparison
from minequota.reports.compare.inputs import input_lines
from minequota.reports.compare.mines import mine_lines
from minequota.reports.compare.outcomes import goal_statuses, outcome_lines
from minequota.reports.compare.rights import right_lines
from minequota.reports.compare.zones import zone_lines


def compared(cases: tuple[Case, ...], base: str) -> Comparison:
    """Return the comparison of the cases, measured by the one of the name `base`."""
    answered = tuple(case for case in cases if case.allocation is not None)
    aligned = Alignment(answered, base)
    mines, left_out = mine_lines(aligned)
    return Comparison(
        cases=cases,
        base=base,
        inputs=input_lines(cases, nameless(cases)),
        outcomes=outcome_lines(cases, base, aligned.nameless),
        goals=goal_statuses(cases),
        mines=mines,
        zones=zone_lines(aligned),
        rights=right_lines(aligned),
        left_out=left_out,
    )
