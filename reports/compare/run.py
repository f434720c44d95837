"""One whole comparison: read everything, solve case by case, compare, check, write."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from minequota.optimizer.allocation import SolveStatus
from minequota.reports.compare.case import Case
from minequota.reports.compare.check import comparison_faults
from minequota.reports.compare.compared import compared
from minequota.reports.compare.comparison import Comparison
from minequota.reports.compare.document import FILE_NAME
from minequota.reports.compare.folder import CASES, default_folder, folder_names
from minequota.reports.compare.gather import Asked, gather, title_of
from minequota.reports.compare.order import CompareOrder, check_base, planned
from minequota.reports.compare.written import Origin, write_comparison
from minequota.reports.failures import Exit
from minequota.reports.machine import allocation_from
from minequota.reports.run_folder import VerificationFailedError, write_run
from minequota.reports.safe_text import one_line
from minequota.reports.staging import refuse_existing, staged
from minequota.reports.text import PHASES, Lang, Words, word

Tell = Callable[[str], None]
_CODES = {
    SolveStatus.INFEASIBLE: Exit.INFEASIBLE,
    SolveStatus.TIME_LIMIT: Exit.TIME_LIMIT,
    SolveStatus.NO_ANSWER: Exit.NO_ANSWER,
}


@dataclass(frozen=True)
class Done:
    """A finished comparison: checked and written to `folder`.

    `other_mode` are named cases left out since they plan in another mode.
    """

    comparison: Comparison
    folder: Path
    text: str
    other_mode: tuple[str, ...] = ()

    @property
    def code(self) -> Exit:
        """The exit code: the largest of the cases' codes."""
        codes = [_CODES.get(case.status, Exit.SOLVED) for case in self.comparison.cases]
        return max(codes, default=Exit.SOLVED)

    def show(self, lang: Lang, *, tables: bool = True, as_json: bool = False) -> None:
        """Print the comparison; as JSON, nothing but the document."""
        from minequota.reports.compare.screen import show_comparison

        if as_json:
            sys.stdout.write(self.text)
            return
        show_comparison(
            self.comparison,
            lang=lang,
            folder=self.folder,
            other_mode=self.other_mode,
            tables=tables,
        )


def compare(order: CompareOrder, tell: Tell) -> Done:
    """Solve what is to be solved, compare it all and write the folder of the comparison.

    Parameters
    ----------
    order
        What to compare and where to put it.
    tell
        Called with a line for every case and step as it starts.

    Raises
    ------
    InputError
        When inputs are refused: those of all cases at once, before anything is solved.
    RunFolderExistsError, OSError
        When the folder cannot be written.
    VerificationFailedError
        When a check found a fault, of a case or of the comparison: a bug of the program.
    """
    if order.out is not None:
        refuse_existing(order.out)
    tell(word(PHASES, "load", order.lang))
    columns, problems = planned(order)
    gathered = gather(columns, order, problems)
    asked = gathered.asked
    check_base(order.base, [one.wanted.name for one in asked])
    out = order.out or default_folder(asked[0].scenario.name, datetime.now(UTC))
    timings: dict[str, float] = {}
    with staged(out) as folder:
        solver = _Solver(order, folder, tell, timings, len(asked))
        names = folder_names(one.wanted.name for one in asked)
        cases = tuple(
            solver.case(one, at, names[one.wanted.name]) for at, one in enumerate(asked, start=1)
        )
        tell(Words("对照、校验并写出", "Comparing, checking and writing").say(order.lang))
        comparison = compared(cases, order.base or cases[0].name)
        origin = Origin(comparison, order.command, timings, gathered.other_mode)
        write_comparison(origin, folder, order.lang)
        text = (folder / FILE_NAME).read_text(encoding="utf-8")
        places = {case.name: case.place for case in cases if case.place is not None}
        faults = comparison_faults(folder / FILE_NAME, places)
        if faults:
            raise VerificationFailedError(faults)
    return Done(comparison, out, text, gathered.other_mode)


class _Solver:
    """Turns one question after another into a column, and says which."""

    def __init__(
        self, order: CompareOrder, folder: Path, tell: Tell, timings: dict[str, float], count: int
    ) -> None:
        self.order = order
        self.folder = folder
        self.tell = tell
        self.timings = timings
        self.count = count

    def case(self, asked: Asked, at: int, folder: str) -> Case:
        """Return the column, solved and written if it is no finished run."""
        if asked.answer is not None:
            return Case(
                name=asked.wanted.name,
                title=title_of(asked.scenario),
                kind="run",
                scenario=asked.scenario,
                status=asked.answer.status,
                allocation=asked.answer,
                folder=asked.wanted.where,
                place=Path(asked.wanted.where),
            )
        since = time.perf_counter()
        try:
            return self._solved(asked, at, folder)
        finally:
            self.timings[asked.wanted.name] = time.perf_counter() - since

    def _solved(self, asked: Asked, at: int, folder: str) -> Case:
        from minequota.optimizer.solve import solve
        from minequota.optimizer.stages import NoAllocationError

        name, title = asked.wanted.name, title_of(asked.scenario)
        seconds: dict[str, float] = {}

        def tell(phase: str) -> None:
            step = word(PHASES, phase, self.order.lang)
            self.tell(f"{at}/{self.count} {one_line(name)}: {step}")

        try:
            answer = solve(asked.scenario, self.order.solver, tell)
        except NoAllocationError as error:
            return Case(name, title, "case", asked.scenario, SolveStatus(error.status), None)
        seconds |= {f"goal {goal}": spent for goal, spent in answer.seconds.items()}
        tell("write")
        place = write_run(
            asked.scenario,
            answer,
            self.folder / CASES / folder,
            lang=self.order.lang,
            command=self.order.command,
            timings=seconds,
            log_lines=_log(asked, answer.years, seconds),
        )
        # The figures as written: a comparison of the run folders later finds the very same.
        written = json.loads((place / "allocation.json").read_text(encoding="utf-8"))
        return Case(
            name,
            title,
            "case",
            asked.scenario,
            answer.status,
            allocation_from(written),
            f"{CASES}/{folder}",
            place,
        )


def _log(asked: Asked, years: tuple[int, ...], seconds: Mapping[str, float]) -> list[str]:
    scenario = asked.scenario
    return [
        f"scenario {scenario.name}, cases {'+'.join(scenario.cases) or '-'}, "
        f"{len(scenario.rights)} rights, years {', '.join(map(str, years))}",
        *(f"changed {c.path}: {c.old} -> {c.new} ({c.case})" for c in scenario.changes),
        *(f"phase {name}: {spent:.3f} s" for name, spent in seconds.items()),
    ]
