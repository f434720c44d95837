"""From what was asked to a specification: every mistake is found before anything is solved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from minequota.optimizer.sweep.job import Parameter, Value
from minequota.reports.sweep.cases import CaseTable, Request, case_table
from minequota.reports.sweep.figures import NO_SIZE, size_of
from minequota.reports.sweep.messages import fault
from minequota.reports.sweep.specification import Specification, solver_versions
from minequota.scenarios.documents.overrides import plain
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.opened import OpenedScenario, open_documents, open_scenario
from minequota.scenarios.resolved import resolved_documents
from minequota.scenarios.scenario import Scenario

MOST_CHUNK = 1_000
_MOST_TRIED = 60
Trial = tuple[tuple[Parameter, Value], ...]


@dataclass(frozen=True)
class Question:
    """The scenario a sweep starts from, as the command line names it."""

    scenario: str
    cases: tuple[str, ...] = ()
    overrides: Mapping[str, object] | None = None
    register: Path | None = None
    mapping: Path | None = None


T = TypeVar("T")


def _without_fail(read: Callable[[], T], problems: list[Problem]) -> T | None:
    try:
        return read()
    except InputError as error:
        problems += error.problems
        return None


@dataclass(frozen=True)
class Manner:
    """How every case is solved."""

    chunk: int = 25
    exact: bool = False
    solver: str = "highs"


def specify(question: Question, request: Request, manner: Manner) -> tuple[Specification, Scenario]:
    """Read everything and return the specification and the scenario as it stands unvaried.

    Raises
    ------
    InputError
        With every problem of the request, or of the scenario with the values at their ends.
    SolverMissingError
        When the solver is unknown or not installed.
    """
    problems: list[Problem] = []
    table = _without_fail(lambda: case_table(request), problems)
    if not 1 <= manner.chunk <= MOST_CHUNK:
        problems.append(fault("sweep_chunk", "--chunk", value=manner.chunk, most=MOST_CHUNK))
    opened = _without_fail(
        lambda: open_scenario(
            question.scenario,
            question.cases,
            question.register,
            question.overrides,
            question.mapping,
        ),
        problems,
    )
    if problems or table is None or opened is None:
        raise InputError(problems)
    documents = resolved_documents(opened.scenario)
    try_ends(opened, table, documents)
    refuse_unknown_solver(manner.solver)
    scenario = opened.scenario
    sample: dict[str, object] | None = None
    if table.sampled:
        sample = {"number": request.number, "seed": request.seed, "method": request.method}
        sample["independent"] = True
    specification = Specification(
        scenario=scenario.name,
        named_cases=scenario.cases,
        changes=tuple(
            {
                "case": one.case,
                "path": one.path,
                "old": plain(one.old),
                "new": plain(one.new),
            }
            for one in scenario.changes
        ),
        documents=documents,
        table=table,
        sample=sample,
        chunk=manner.chunk,
        exact=manner.exact,
        solver=manner.solver,
        versions=solver_versions(manner.solver),
    )
    return specification, scenario


def refuse_unknown_solver(solver: str) -> None:
    """Raise `SolverMissingError` when no engine of this name can be opened here."""
    import numpy as np

    from minequota.optimizer.engine import LinearProgram, open_engine

    one, none, start = np.zeros(1), np.empty(0), np.zeros(1, dtype=np.int64)
    whole = np.zeros(1, dtype=np.bool_)
    open_engine(LinearProgram(one, one, whole, start, start[:0], none, none, none), solver)


def try_ends(opened: OpenedScenario, table: CaseTable, documents: Mapping[str, str]) -> None:
    """Vary the scenario at the ends of every parameter, and at every listed text.

    A worker varies the documents written out, in which cases and events are applied already. It
    must come to the same scenario.

    Raises
    ------
    InputError
        With every problem the loader has with those values.
    """
    again = open_documents(documents)
    problems: list[Problem] = []
    for trial in _trials(table):
        try:
            here, there = _varied(opened, trial), _varied(again, trial)
        except InputError as error:
            problems += [one for one in error.problems if one not in problems]
            continue
        if _asked(here) != _asked(there):
            paths = ", ".join(one.path for one, _ in trial)
            problems.append(fault("sweep_not_alone", "sweep", path=paths))
    if problems:
        raise InputError(list(dict.fromkeys(problems)))


def _asked(scenario: Scenario) -> tuple[object, ...]:
    return scenario.plan, scenario.question, scenario.rights


def _trials(table: CaseTable) -> Iterator[Trial]:
    """Yield every parameter alone at each of its ends, then all of them together at theirs."""
    parameters = table.parameters
    ends = [_ends(table.column(at)) for at in range(len(parameters))]
    for parameter, values in zip(parameters, ends, strict=True):
        yield from (((parameter, value),) for value in values)
    if len(parameters) > 1:
        for end in (0, -1):
            values = [one[end] for one in ends]
            yield tuple(zip(parameters, values, strict=True))


def _ends(values: Sequence[Value]) -> list[Value]:
    """Return the least and the largest figure or amount; of other values each, up to a number."""
    distinct = list(dict.fromkeys(values))
    keys = [size_of(one) for one in distinct]
    if len({unit for unit, _ in keys}) == 1 and keys[0][0] != NO_SIZE:
        order = sorted(range(len(distinct)), key=lambda at: keys[at][1])
        return [distinct[at] for at in dict.fromkeys((order[0], order[-1]))]
    return distinct[:_MOST_TRIED]


def _varied(opened: OpenedScenario, trial: Trial) -> Scenario:
    return opened.varied(
        values={one.path: value for one, value in trial if one.kind == "value"},
        factors={
            one.path: float(value)
            for one, value in trial
            if one.kind == "factor" and isinstance(value, int | float)
        },
    )
