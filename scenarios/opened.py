"""A scenario opened once and asked many times: each variation checked, no file read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from minequota.scenarios.assembly import Kept, Made, Touched, assemble, models
from minequota.scenarios.checks.register import Found, check_register
from minequota.scenarios.documents.cases import choose, known_cases
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.overrides import (
    SET,
    VARY,
    Documents,
    Override,
    applied,
    apply,
    check_path,
    given_override,
    overlaps,
)
from minequota.scenarios.documents.shelf import Shelf
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.extends import read_question
from minequota.scenarios.factors import scaled, taken_from_caps
from minequota.scenarios.inputs import Inputs, read_plan
from minequota.scenarios.library import SCENARIO, locate_scenario
from minequota.scenarios.marks import given_figures, note
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Change, Scenario

# What decides how much the caps let be handed out.
_CAPS = {"plan", "options", "caps_from_above", "base_outputs"}


@dataclass(frozen=True)
class OpenedScenario:
    """A checked scenario with what it was made from.

    `scenario` is the base of every variation: the file with the chosen cases and the overrides
    of the call. `base` are its documents, their names as the files write them; `log` is what
    extended files, cases and overrides changed.
    """

    scenario: Scenario
    inputs: Inputs
    base: Documents
    overrides: tuple[Override, ...]
    log: tuple[Change, ...]
    kept: Kept
    shelf: Shelf

    def varied(
        self,
        values: Mapping[str, object] | None = None,
        factors: Mapping[str, float] | None = None,
    ) -> Scenario:
        """Return the scenario with some of it changed, checked as if the files said so.

        Parameters
        ----------
        values
            Dotted paths and new values, as a case has them. None may touch what a chosen case,
            an override of the call, another value or a factor touches.
        factors
            Dotted paths of amounts or numbers and what to multiply them by: from 0 to a million.
            A figure is taken as it stands after the cases. ``demand.<product>`` is the whole
            demand of a product: its amount, its single years and its places; one taken from a
            cap is taken from the cap as this variation leaves it.

        Raises
        ------
        InputError
            With every problem that can be known.
        """
        given = [given_override(path, value, VARY) for path, value in (values or {}).items()]
        problems = overlaps(given, self.overrides)
        # What touches something is left out, so that the rest can be checked all the same.
        clear = [
            one
            for position, one in enumerate(given)
            if not overlaps([one], (*self.overrides, *given[:position]))
        ]
        # A plan that nothing speaks of stays as it is: copying it takes longer than the rest.
        of_plan = any(
            path.partition(".")[0] == "plan" for path in (*(values or {}), *(factors or {}))
        )
        documents = self.base.copy() if of_plan else self.base.with_own_question()
        changes, refused = applied(documents, clear)
        found, wrong = scaled(self.base, given, factors or {})
        scaling, unfit = applied(documents, found.figures)
        figures = [*found.figures]
        if found.from_caps:
            scenario = self._with_caps(documents, [*clear, *figures])
            if scenario is not None:
                derived, large = taken_from_caps(scenario, documents, found.from_caps)
                scaling += applied(documents, derived)[0]
                figures += derived
                wrong += large
        altered = [*given_figures(documents, clear, changes), *found.altered]
        noted, noting = note(documents, altered)
        with self.shelf.open():
            made = assemble(
                self.inputs,
                documents,
                self.scenario.cases,
                [*self.log, *changes, *scaling, *noting],
                [*problems, *refused, *wrong, *unfit],
                self.kept,
                Touched.by([*clear, *figures, *noted]),
            )
        return _whole(made)[0]

    def _with_caps(self, documents: Documents, changed: Sequence[Override]) -> Scenario | None:
        """Return a scenario whose caps are those of `documents`; None where these are not sound."""
        heads = {one.parts[0] for one in changed}
        if not heads & _CAPS:
            return self.scenario
        if "plan" in heads:
            plan, question, wrong = models(documents.copy())
        else:
            plan, question, wrong = models(documents.with_own_question(), self.kept.plan)
        if wrong or plan is None or question is None:
            return None  # the assembling says what is wrong
        return replace(self.scenario, plan=plan, question=question)


def open_scenario(
    name_or_path: str | Path,
    cases: Sequence[str] = (),
    register: str | Path | None = None,
    overrides: Mapping[str, object] | None = None,
    mapping: str | Path | None = None,
) -> OpenedScenario:
    """Read and check a scenario with its plan and register; see `load.load_scenario`."""
    shelf = Shelf()
    path, name = locate_scenario(name_or_path)
    return _opened(shelf, path, name, tuple(cases), register, overrides or {}, mapping)


def case_names(name_or_path: str | Path) -> tuple[str, ...]:
    """Return the names of a scenario's cases, those of extended files included, in file order."""
    cases = read_question(locate_scenario(name_or_path)[0]).question.data.get("cases")
    return tuple(cases) if isinstance(cases, dict) else ()


def open_documents(documents: Mapping[str, str]) -> OpenedScenario:
    """Open a scenario that is on no disk: file name -> text, as `resolved_documents` gives them.

    Raises
    ------
    InputError
        With every problem, placed in ``documents/<file name>``.
    """
    folder = Path("documents")
    shelf = Shelf(documents, folder)
    return _opened(shelf, folder / SCENARIO, folder.name, (), None, {}, None)


def _opened(
    shelf: Shelf,
    path: Path,
    name: str,
    cases: tuple[str, ...],
    register: str | Path | None,
    given: Mapping[str, object],
    mapping: str | Path | None,
) -> OpenedScenario:
    problems: list[Problem] = []
    with shelf.open():
        read = read_question(path)
        inputs = Inputs(
            name=name,
            question=read.question,
            plan=read_plan(read.question, problems),
            register=Path(register) if register is not None else None,
            mapping=Path(mapping) if mapping is not None else None,
            extended=read.below,
            layers=read.changes,
        )
        written = inputs.documents()
        base = written.copy()
        chosen = choose(base.question, cases or _default(base.question))
        wrong = [*chosen.problems, *overlaps(chosen.overrides)]
        mine = [given_override(path, value, SET) for path, value in given.items()]
        wrong += overlaps(mine)
        overrides = [] if wrong else [*chosen.overrides, *mine]
        log = [*inputs.layers]
        problems += wrong
        # Level by level: what the call says of a source replaces what a case's figure noted there.
        for level in () if wrong else (chosen.overrides, mine):
            changes, refused = applied(base, level)
            log += [*changes, *note(base, given_figures(base, level, changes))[1]]
            problems += refused
        made = assemble(inputs, base.copy(), chosen.names, log, problems)
        # With events, a case may ask of another year's register: its rights are not known here.
        known = register is None and not made.entries.entries
        made.problems += _other_cases(
            written, chosen.names, made.problems, made.brought.rights if known else None
        )
    scenario, kept = _whole(made)
    return OpenedScenario(scenario, inputs, base, tuple(overrides), tuple(log), kept, shelf)


def _whole(made: Made) -> tuple[Scenario, Kept]:
    problems = list(dict.fromkeys(made.problems))
    if problems or made.scenario is None or made.kept is None:
        raise InputError(problems)
    return made.scenario, made.kept


def _default(question: Document) -> tuple[str, ...]:
    """Return the case that holds where none is chosen; its own check reports one not there."""
    default = question.data.get("default_case")
    return (default,) if isinstance(default, str) and default in known_cases(question) else ()


def _other_cases(
    written: Documents,
    chosen: tuple[str, ...],
    problems: Sequence[Problem],
    rights: Sequence[Right] | None,
) -> list[Problem]:
    """Check the cases not chosen as well: their paths always, their values on sound files.

    One of an extended file alone is that file's: it need not fit what is laid over it.
    """
    found: list[Problem] = []
    own = written.question.file.path
    for case in known_cases(written.question):
        if case in chosen or written.question.path_of(("cases", case)) != own:
            continue
        asked = choose(written.question, (case,))
        overrides = asked.overrides
        wrong = [one for override in overrides if (one := check_path(written, override))]
        wrong += [*asked.problems, *overlaps(overrides)]
        if not wrong and overrides and not problems:
            trial = written.copy()
            for override in overrides:
                apply(trial, override)
            plan, question, wrong = models(trial)
            if rights is not None and plan and question and trial.plan and not wrong:
                wrong += check_register(Found(plan, question, rights, trial.plan, trial.question))
        found += wrong
    return found
