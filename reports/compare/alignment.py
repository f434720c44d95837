"""The answered cases of a comparison, lined up: who knows which right, and what comes first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from minequota.optimizer.allocation import Allocation
from minequota.reports.compare.case import Case, nameless
from minequota.reports.compare.comparison import Values, size_of


class _Line(Protocol):
    @property
    def differs(self) -> bool: ...

    @property
    def differences(self) -> Values: ...


Line = TypeVar("Line", bound=_Line)


@dataclass(frozen=True)
class Alignment:
    """Cases that have an answer, and the name of the one that the others are measured by."""

    cases: tuple[Case, ...]
    base: str

    @cached_property
    def nameless(self) -> frozenset[str]:
        """Licences that no list may name: they leave in some case, or are gone from a register."""
        return nameless(self.cases)

    @cached_property
    def dated(self) -> bool:
        """Whether lines go by year: single years that differ are all "the year planned"."""
        years = {answer(case).years for case in self.cases}
        return len(years) <= 1 or any(len(one) > 1 for one in years)

    @cached_property
    def registered(self) -> dict[str, frozenset[str]]:
        """The licences on the register of each case."""
        return {
            case.name: frozenset(right.licence for right in case.scenario.rights)
            for case in self.cases
        }

    def like(self, having: Collection[str]) -> list[str]:
        """Return the cases that have something, and those of the same plan that could have it."""
        plans = {case.plan for case in self.cases if case.name in having}
        return [case.name for case in self.cases if case.plan in plans]

    def comparable(self, having: Collection[str]) -> bool:
        """Whether a second case has, or could have, what these have."""
        return len(having) > 1 or len(self.like(having)) > 1

    def nothing(self, case: Case, right: str, having: Collection[str]) -> float | None:
        """Return what a case without a figure for a right gives it.

        0 where the right is on its register, or would be a new one of its plan; None where it is
        on other registers alone: the case does not know it.
        """
        if right in self.registered[case.name]:
            return 0.0
        elsewhere = any(right in self.registered[name] for name in having)
        return 0.0 if not elsewhere and case.name in self.like(having) else None


def product_order(aligned: Alignment) -> dict[str, int]:
    """Return the place of every product in the plans' own order."""
    products = (one.name for case in aligned.cases for one in case.scenario.plan.products)
    return {name: at for at, name in enumerate(dict.fromkeys(products))}


def answer(case: Case) -> Allocation:
    """Return the answer of a case that has one."""
    assert case.allocation is not None  # noqa: S101 - an Alignment keeps the answered ones
    return case.allocation


def in_order(
    lines: Sequence[Line],
    group: Callable[[Line], Hashable],
    key: Callable[[Line], Iterable[str]],
) -> tuple[Line, ...]:
    """Sort: what differs before what does not, alike things together, the largest first.

    Parameters
    ----------
    group
        What must agree for two amounts to be comparable in size; groups keep their first order.
    key
        Decides between equals.
    """
    places = {name: at for at, name in enumerate(dict.fromkeys(map(group, lines)))}
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                not line.differs,
                places[group(line)],
                -size_of(line.differences),
                tuple(key(line)),
            ),
        )
    )
