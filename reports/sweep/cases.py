"""The table of cases of a sweep, and the chunks it is solved in: fixed by the request alone."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from minequota.optimizer.sweep.job import Parameter, SweepCase, Value
from minequota.reports.sweep.figures import size_of
from minequota.reports.sweep.messages import fault
from minequota.reports.sweep.sample import Drawn, Method, draw, read_sample
from minequota.reports.sweep.varied import MOST_CASES, Varied, read_vary
from minequota.scenarios.errors import InputError, Problem

Read = TypeVar("Read")
MOST_SEED = 2**63 - 1
_MOST_VARIED = 2


@dataclass(frozen=True)
class CaseTable:
    """All cases of a sweep.

    `rows` holds one value per parameter for the cases 1, 2, … in this order; `path` is the order
    they are solved in, as positions of rows. `about` says of each parameter where its values
    come from, for sweep.json.
    """

    parameters: tuple[Parameter, ...]
    rows: tuple[tuple[Value, ...], ...]
    path: tuple[int, ...]
    about: tuple[Mapping[str, object], ...]
    sampled: bool = False

    def column(self, at: int) -> list[Value]:
        """Return the values of one parameter, case by case."""
        return [row[at] for row in self.rows]


@dataclass(frozen=True)
class Request:
    """What the command line says of the cases."""

    vary: tuple[str, ...] = ()
    sample: tuple[str, ...] = ()
    number: int | None = None
    seed: int = 1
    method: Method = "lhs"


def case_table(request: Request) -> CaseTable:
    """Return the cases asked for.

    Raises
    ------
    InputError
        With everything that is wrong in the request.
    """
    problems = _contradictions(request)
    varied = _all_read(request.vary, _one_varied, problems)
    drawn = _all_read(request.sample, read_sample, problems)
    parameters = [*(one.parameter for one in varied), *(one.parameter for one in drawn)]
    for at, one in enumerate(parameters):
        if one.path in [other.path for other in parameters[:at]]:
            place = "--vary" if varied else "--sample"
            problems.append(fault("sweep_same_path", place, path=one.path))
    if len(varied) == _MOST_VARIED:
        count = len(varied[0].values) * len(varied[1].values)
        if count > MOST_CASES:
            problems.append(fault("sweep_too_many", "--vary", count=count, most=MOST_CASES))
    if problems:
        raise InputError(problems)
    return _grid(varied) if varied else _sample(drawn, request)


def _all_read(
    given: Sequence[str], read: Callable[[str], list[Read]], problems: list[Problem]
) -> list[Read]:
    found: list[Read] = []
    for one in given:
        try:
            found += read(one)
        except InputError as error:
            problems += error.problems
    return found


def _one_varied(given: str) -> list[Varied]:
    return [read_vary(given)]


def _contradictions(request: Request) -> list[Problem]:
    problems = []
    if not request.vary and not request.sample:
        problems.append(fault("sweep_nothing", "sweep"))
    if request.vary and request.sample:
        problems.append(fault("sweep_both", "--vary"))
    if len(request.vary) > _MOST_VARIED:
        problems.append(fault("sweep_three", "--vary", count=len(request.vary)))
    number = request.number
    if request.sample and (number is None or not 1 <= number <= MOST_CASES):
        problems.append(
            fault("sweep_sample_number", "--number", value=number or 0, most=MOST_CASES)
        )
    if number is not None and not request.sample:
        problems.append(fault("sweep_no_sample", "--number"))
    if not 0 <= request.seed <= MOST_SEED:
        problems.append(fault("sweep_seed", "--seed", value=request.seed, most=MOST_SEED))
    return problems


def _grid(varied: list[Varied]) -> CaseTable:
    """Return every combination, numbered row by row, solved there and back: neighbours follow."""
    rows = tuple(itertools.product(*(one.values for one in varied)))
    width = len(varied[-1].values)
    lines = [list(range(start, start + width)) for start in range(0, len(rows), width)]
    path = [at for number, line in enumerate(lines) for at in (line[::-1] if number % 2 else line)]
    about = [{"path": one.parameter.path, "values": one.said.partition("=")[2]} for one in varied]
    return CaseTable(tuple(one.parameter for one in varied), rows, tuple(path), tuple(about))


def _sample(drawn: list[Drawn], request: Request) -> CaseTable:
    number = request.number or 0
    rows = tuple(draw(drawn, number, request.seed, request.method))
    about = [
        {
            "path": one.parameter.path,
            "distribution": one.distribution.name,
            "parameters": dict(one.distribution.parameters),
            "source": one.source,
        }
        for one in drawn
    ]
    parameters = tuple(one.parameter for one in drawn)
    # Along the first parameter the cases of a chunk are alike, and each helps the next.
    path = tuple(sorted(range(number), key=lambda at: (*size_of(rows[at][0]), at)))
    return CaseTable(parameters, rows, path, tuple(about), sampled=True)


def chunks(table: CaseTable, size: int) -> list[tuple[SweepCase, ...]]:
    """Return the cases in the chunks they are solved in, `size` each, whoever solves them."""
    cases = [SweepCase(at + 1, table.rows[at]) for at in table.path]
    return [tuple(cases[start : start + size]) for start in range(0, len(cases), size)]
