"""The questions of a comparison, read before anything is solved: all mistakes at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from minequota.optimizer.allocation import Allocation
from minequota.optimizer.verify import verify_run
from minequota.reports.compare.order import CompareOrder, Wanted
from minequota.reports.machine import allocation_from
from minequota.reports.text import Words
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.load import load_scenario
from minequota.scenarios.scenario import Scenario


@dataclass(frozen=True)
class Asked:
    """A column whose question is read; a finished run brings its answer."""

    wanted: Wanted
    scenario: Scenario
    answer: Allocation | None = None


@dataclass(frozen=True)
class Gathered:
    """The columns to compare, and the named cases left out since their mode is another."""

    asked: tuple[Asked, ...]
    other_mode: tuple[str, ...]


def gather(
    columns: Sequence[Wanted], order: CompareOrder, known: Sequence[Problem] = ()
) -> Gathered:
    """Read every scenario and every finished run.

    Parameters
    ----------
    known
        What is wrong with columns that cannot even be read: told together with the rest.

    Raises
    ------
    InputError
        With the mistakes of all of them, those of a run being the faults its check finds.
    """
    asked: list[Asked] = []
    problems: list[Problem] = list(known)
    for column in columns:
        try:
            asked.append(_finished(column) if column.run else _question(column, order))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(list(dict.fromkeys(problems)))
    first, mode = asked[0], asked[0].scenario.question.mode
    named = [one for one in asked if one.wanted.optional]
    # What holds where no case is chosen may be a case itself: it is one column, under its name.
    same = [one for one in named if one.scenario.cases == first.scenario.cases]
    other = [one for one in named if one.scenario.question.mode != mode]
    if same:
        asked[0] = replace(first, wanted=replace(first.wanted, name=same[0].wanted.name))
    kept = tuple(one for one in asked if one not in same and one not in other)
    return Gathered(kept, tuple(one.wanted.name for one in other))


def title_of(scenario: Scenario) -> Words:
    """Return the titles of a scenario's cases, or its own where it has none or they are unknown."""
    titles = scenario.case_titles
    if titles:
        return Words("、".join(one.zh for one in titles), ", ".join(one.en for one in titles))
    return Words(scenario.question.title.zh, scenario.question.title.en)


def _question(column: Wanted, order: CompareOrder) -> Asked:
    scenario = load_scenario(column.where, column.cases, order.register, mapping=order.mapping)
    return Asked(column, scenario)


def _finished(column: Wanted) -> Asked:
    """Return a run that passes its check, under the name and cases it was asked with."""
    folder = Path(column.where)
    faults = verify_run(folder)
    if faults:
        raise InputError(
            [
                Problem(
                    f"{folder}: {fault.where}",
                    fault.message,
                    "Solve it anew: a run that fails its check is not compared.",
                    f"run_{fault.code}",
                    fault.message_zh,
                    "请重新求解：未通过校验的运行结果不作对照。",
                )
                for fault in faults
            ]
        )
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    document = json.loads((folder / "allocation.json").read_text(encoding="utf-8"))
    scenario = load_scenario(folder / "inputs" / "scenario.yaml")
    cases = tuple(str(case) for case in manifest["cases"])
    named = replace(scenario, name=str(manifest["scenario"]), cases=cases)
    return Asked(column, named, allocation_from(document))
