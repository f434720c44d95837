"""One whole run: load, solve, write, with the time of every phase."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from minequota.optimizer.allocation import Allocation
from minequota.reports.text import Lang
from minequota.scenarios.scenario import Scenario

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What the user asked for on the command line."""

    scenario: str
    cases: tuple[str, ...] = ()
    register: Path | None = None
    mapping: Path | None = None
    out: Path | None = None
    solver: str = "highs"
    lang: Lang = "zh"
    command: str = ""
    overrides: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """A finished run: verified and written to `folder`."""

    scenario: Scenario
    allocation: Allocation
    folder: Path


@dataclass
class Clock:
    """Seconds by phase. Starting a phase ends the one before it."""

    tell: Tell
    seconds: dict[str, float] = field(default_factory=dict)
    _phase: str = ""
    _since: float = 0.0

    def start(self, phase: str) -> None:
        """Begin a phase and say so."""
        self.stop()
        self._phase, self._since = phase, time.perf_counter()
        self.tell(phase)

    def stop(self) -> None:
        """End the phase under way, if any."""
        if self._phase:
            spent = time.perf_counter() - self._since
            self.seconds[self._phase] = self.seconds.get(self._phase, 0.0) + spent
        self._phase = ""


def run(order: Order, tell: Tell) -> Run:
    """Solve a scenario and write its run folder.

    Parameters
    ----------
    order
        The question and where to put the answer.
    tell
        Called with the name of each phase as it starts.

    Raises
    ------
    InputError
        When an input is refused.
    RunFolderExistsError, OSError
        When the folder cannot be written.
    NoAllocationError
        When there is no allocation, or none was found in the time.
    VerificationFailedError
        When the independent check found a fault: a bug of the program.
    """
    from minequota.optimizer.solve import solve
    from minequota.reports.run_folder import default_run_folder, write_run
    from minequota.reports.staging import refuse_existing
    from minequota.scenarios.load import load_scenario

    clock = Clock(tell)
    if order.out is not None:
        refuse_existing(order.out)
    clock.start("load")
    scenario = load_scenario(
        order.scenario, order.cases, order.register, order.overrides, order.mapping
    )
    out = order.out or default_run_folder(scenario, datetime.now(UTC))
    allocation = solve(scenario, order.solver, clock.start)
    clock.stop()
    tell("write")
    by_goal = {f"goal {name}": spent for name, spent in allocation.seconds.items()}
    seconds = clock.seconds | by_goal
    folder = write_run(
        scenario,
        allocation,
        out,
        lang=order.lang,
        command=order.command,
        timings=seconds,
        log_lines=_log(scenario, allocation.years, seconds),
    )
    return Run(scenario, allocation, folder)


def _log(scenario: Scenario, years: tuple[int, ...], seconds: dict[str, float]) -> list[str]:
    return [
        f"scenario {scenario.name}, cases {'+'.join(scenario.cases) or '-'}, "
        f"{len(scenario.rights)} rights, {len(scenario.events)} events applied, "
        f"years {', '.join(map(str, years))}",
        *(f"changed {c.path}: {c.old} -> {c.new} ({c.case or 'call'})" for c in scenario.changes),
        *(f"phase {name}: {spent:.3f} s" for name, spent in seconds.items()),
    ]
