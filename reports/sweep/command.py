"""What `minequota sweep` is given, as an order, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from minequota.reports.failures import Exit, spoken
from minequota.reports.sweep.cases import Request
from minequota.reports.sweep.messages import fault
from minequota.reports.sweep.opening import Manner, Question
from minequota.reports.sweep.result import Finished
from minequota.reports.sweep.runners import RunnerError
from minequota.reports.sweep.sample import Method
from minequota.reports.sweep.screen import show_sweep
from minequota.reports.sweep.sweep import Order, SweepStoppedError, exit_code, sweep
from minequota.scenarios.documents.settings import read_settings
from minequota.scenarios.errors import InputError

# What goes with --resume; everything else is in the sweep already.
_WITH_RESUME = {"resume", "jobs", "dask", "turning", "lang", "quiet"}
_NAMES = {"scenario": "SCENARIO", "setting": "--set"}


def order_of(options: Mapping[str, Any], command: str) -> Order:
    """Return the order that the options of the command line say.

    Raises
    ------
    InputError
        When options contradict each other.
    """
    base = Order(
        jobs=options["jobs"],
        dask=options["dask"],
        lang=options["lang"],
        quiet=options["quiet"],
        turning=options["turning"],
        command=command,
    )
    if options["resume"] is not None:
        given = [
            _NAMES.get(name, f"--{name}")
            for name, value in options.items()
            if name not in _WITH_RESUME and value not in (None, (), [], False)
        ]
        if given:
            raise InputError([fault("sweep_resume_alone", "--resume", given=", ".join(given))])
        return replace(base, resume=options["resume"])
    if not options["scenario"]:
        raise InputError([fault("sweep_no_scenario", "sweep")])
    question = Question(
        options["scenario"],
        tuple(options["case"] or ()),
        read_settings(options["setting"] or ()),
        options["register"],
        options["mapping"],
    )
    method = options["method"] or "lhs"
    if method not in ("lhs", "random"):
        raise InputError([fault("sweep_method", "--method", value=method)])
    request = Request(
        tuple(options["vary"] or ()),
        tuple(options["sample"] or ()),
        options["number"],
        1 if options["seed"] is None else options["seed"],
        cast(Method, method),
    )
    usual = Manner()
    manner = Manner(
        usual.chunk if options["chunk"] is None else options["chunk"],
        options["exact"],
        (options["solver"] or usual.solver).casefold(),
    )
    return replace(base, question=question, request=request, manner=manner, out=options["out"])


@dataclass(frozen=True)
class Ended:
    """How the command ended: its exit code and, where the sweep was finished, what to show."""

    code: Exit
    order: Order
    say: Callable[[str], None]
    done: Finished | None = None
    folder: Path | None = None

    def show(self) -> None:
        """Print a finished sweep. Its folder is written and checked: no failure undoes that."""
        if self.done is None or self.folder is None:
            return
        lang, folder = self.order.lang, self.folder
        try:
            show_sweep(self.done, folder, lang, quiet=self.order.quiet)
        except BrokenPipeError:
            raise
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the result stands
            zh = f"结果未能显示完（{type(error).__name__}: {error}）；已写入：{folder}"
            en = f"Not shown whole ({type(error).__name__}: {error}); it is written: {folder}"
            self.say(spoken(lang, zh, en))


def run_sweep(options: Mapping[str, Any], command: str, say: Callable[[str], None]) -> Ended:
    """Run the command.

    Refusals of inputs and places pass as exceptions, as from every command.
    """
    order = order_of(options, command)
    try:
        done, folder = sweep(order, (lambda line: None) if order.quiet else say)
    except SweepStoppedError as stopped:
        for line in stopped.lines:
            say(line)
        return Ended(stopped.code, order, say)
    except RunnerError as error:
        say(spoken(order.lang, error.zh, error.en))
        return Ended(Exit.USAGE, order, say)
    return Ended(exit_code(done.summary.statuses), order, say, done, folder)
