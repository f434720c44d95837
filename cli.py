"""The command line: parses, calls, and turns what went wrong into a message and an exit code."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from minequota.reports.failures import Exit, explain, not_written, spoken, unnamable
from minequota.reports.roll import options as rolling
from minequota.reports.sweep import options

if TYPE_CHECKING:
    from minequota.reports.run import Order, Run

app = typer.Typer(
    name="minequota",
    help=(
        "Annual mineral quotas and mining-right issuance from an adopted mineral plan.\n\n"
        "由已批准的矿产资源规划测算年度开采指标和采矿权投放方案。"
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Language(StrEnum):
    """Languages of tables and messages."""

    zh = "zh"
    en = "en"


ScenarioArgument = Annotated[
    str, typer.Argument(help="A library scenario such as dandong, a scenario file or its folder.")
]
CaseOption = Annotated[
    list[str] | None, typer.Option("--case", help="A named case; may be given again.")
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Another value for one path, such as options.closing=false; may be given again.",
    ),
]
RegisterOption = Annotated[
    Path | None, typer.Option("--register", help="Your own register, XLSX or CSV.")
]
MappingOption = Annotated[
    Path | None,
    typer.Option("--mapping", help="YAML file: header of your register -> field, or `ignore`."),
]
LangOption = Annotated[Language, typer.Option("--lang", help="Language of all that is shown.")]


@app.command()
def check(
    scenario: ScenarioArgument,
    case: CaseOption = None,
    setting: SetOption = None,
    register: RegisterOption = None,
    mapping: MappingOption = None,
    lang: LangOption = Language.zh,
) -> None:
    """Validate a scenario with its plan and register, and audit them."""
    with _errors(lang):
        from minequota.reports.findings import show_findings
        from minequota.scenarios.audit import audit
        from minequota.scenarios.documents.settings import read_settings
        from minequota.scenarios.load import load_scenario

        overrides = read_settings(setting or ())
        findings = audit(load_scenario(scenario, case or (), register, overrides, mapping))
        with _pipe():
            show_findings(findings, lang=lang.value)


@app.command()
def solve(
    scenario: ScenarioArgument,
    case: CaseOption = None,
    setting: SetOption = None,
    register: RegisterOption = None,
    mapping: MappingOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Run folder to make; must not exist.")
    ] = None,
    solver: Annotated[
        str, typer.Option("--solver", help="highs, cbc, or another solver PuLP finds.")
    ] = "highs",
    robust: Annotated[
        str | None,
        typer.Option(help="One set of rights for all --case NAME=WEIGHT: expected, worst, regret."),
    ] = None,
    lang: LangOption = Language.zh,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show the answers, not the tables.")
    ] = False,
) -> None:
    """Solve a scenario, check the result, show its tables and write its run folder."""
    solver = solver.casefold()
    with _errors(lang, solver):
        from minequota.reports.run import Order, run
        from minequota.scenarios.documents.settings import read_settings

        order = Order(
            scenario,
            tuple(case or ()),
            register,
            mapping,
            out,
            solver,
            lang.value,
            shlex.join(["minequota", *sys.argv[1:]]),
            overrides=read_settings(setting or ()),
        )
        if robust is None:
            with _progress(lang) as tell:
                done = run(order, tell)
    if robust is not None:
        _solve_robust(order, robust, lang, tables=not quiet)
    _show(done, lang, tables=not quiet)
    if done.allocation.status == "time_limit":
        raise typer.Exit(Exit.TIME_LIMIT)


def _solve_robust(order: Order, measure: str, lang: Language, *, tables: bool) -> NoReturn:
    with _errors(lang, order.solver):
        from minequota.reports.robust import run_robust

        with _progress(lang) as tell:
            plan = run_robust(order, measure, tell)
    with _pipe():
        plan.show(tables=tables)
    raise typer.Exit(plan.code)


@app.command()
def verify(
    run_folder: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")],
    lang: LangOption = Language.zh,
) -> None:
    """Check a folder of a run, a comparison, a sweep or a robust plan again, from its files."""
    with _errors(lang):
        from minequota.reports.verifying import verify_folder

        faults = verify_folder(run_folder)
        if faults is None:
            zh = f"不是运行结果文件夹（没有 allocation.json 和 manifest.json）：{run_folder}"
            en = f"No run folder (neither allocation.json nor manifest.json is there): {run_folder}"
            _say(spoken(lang, zh, en))
            raise typer.Exit(Exit.INPUT)
        for fault in faults:
            text = fault.message_zh if lang is Language.zh else fault.message
            _say(f"[{fault.code}] {fault.where}: {text}")
        if faults:
            found = _counted(len(faults), "fault")
            _say(spoken(lang, f"未通过校验：{len(faults)} 处。", f"{found} found."))
            raise typer.Exit(Exit.PROGRAM)
        with _pipe():
            typer.echo(
                spoken(lang, "校验通过：文件完整，各项规则和合计一致。", "Checked: no fault found.")
            )


@app.command()
def compare(
    what: Annotated[list[str], typer.Argument(help="Scenarios (as in solve) and run folders.")],
    case: Annotated[
        list[str] | None, typer.Option("--case", help="One column; high+green takes both together.")
    ] = None,
    base: Annotated[str, typer.Option("--base", help="Column to measure by; else the first.")] = "",
    register: RegisterOption = None,
    mapping: MappingOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to make.")] = None,
    solver: Annotated[str, typer.Option("--solver", help="As in solve.")] = "highs",
    lang: LangOption = Language.zh,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show the outcomes only.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print comparison.json only.")] = False,
) -> None:
    """Compare cases of a scenario, scenarios or finished runs side by side; at most 40 columns."""
    solver = solver.casefold()
    with _errors(lang, solver):
        from minequota.reports.compare.order import CompareOrder
        from minequota.reports.compare.run import compare as compare_all

        asked, command = tuple(case or ()), shlex.join(["minequota", *sys.argv[1:]])
        order = CompareOrder(
            tuple(what), asked, base, register, mapping, out, solver, lang.value, command
        )
        with _progress(lang) as tell:
            # The progress line is read as markup, and a case may be called anything.
            done = compare_all(order, lambda line: tell(line.replace("[", "\\[")))
    with _pipe():
        done.show(lang.value, tables=not quiet, as_json=as_json)
    raise typer.Exit(done.code)


@app.command()
def sweep(
    scenario: options.ScenarioOrNone = None,
    case: CaseOption = None,
    setting: SetOption = None,
    vary: options.Vary = None,
    sample: options.Sample = None,
    number: options.Number = None,
    seed: options.Seed = None,
    method: options.Method = None,
    register: RegisterOption = None,
    mapping: MappingOption = None,
    out: options.Out = None,
    jobs: options.Jobs = None,
    dask: options.Dask = None,
    exact: options.Exact = False,
    turning: options.Turning = True,
    chunk: options.Chunk = None,
    solver: options.Solver = None,
    resume: options.Resume = None,
    lang: LangOption = Language.zh,
    quiet: options.Quiet = False,
) -> None:
    """Solve many cases: parameters over ranges, or a sample; goes on where it stopped."""
    asked = locals() | {"lang": lang.value}
    with _errors(lang, (solver or "").casefold()):
        from minequota.reports.sweep.command import run_sweep

        done = run_sweep(asked, shlex.join(["minequota", *sys.argv[1:]]), _say)
    with _pipe():
        done.show()
    raise typer.Exit(done.code)


@app.command()
def roll(
    run: rolling.Run,
    actual: rolling.Actual = None,
    out: rolling.Out = None,
    form: rolling.Form = None,
    events: rolling.Events = None,
    year: rolling.Year = None,
    as_planned: rolling.AsPlanned = False,
    extend_plan: rolling.ExtendPlan = False,
    missing: rolling.Missing = rolling.Unreported.refuse,
    tolerance: rolling.Tolerance = 0.0,
    confirm_large: rolling.ConfirmLarge = None,
    lang: LangOption = Language.zh,
) -> None:
    """Turn last year's run and the actual outputs into next year's scenario, ready to solve."""
    asked = locals()
    with _errors(lang):
        from minequota.reports.roll.run import roll_command

        lines = roll_command(asked)
    with _pipe():
        typer.echo("\n".join(lines))


@app.command()
def versions() -> None:
    """Print the versions a bug report needs."""
    from minequota.reports.manifest import versions as found

    with _pipe():
        for name, version in found().items():
            typer.echo(f"{name} {version}")


def main() -> None:
    """Run the command line."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    try:
        app()
    finally:
        # Nothing may be left to write when the interpreter ends, after the last chance to say so.
        with _pipe():
            sys.stdout.flush()


def _show(done: Run, lang: Language, *, tables: bool) -> None:
    """Print a finished run. Its folder is written and checked: no failure here undoes that."""
    from minequota.reports.terminal import show_run

    folder = done.folder
    try:
        with _pipe():
            show_run(done.scenario, done.allocation, lang=lang.value, folder=folder, tables=tables)
    except KeyboardInterrupt:
        zh, en = "显示被中断", "The display was interrupted"
    except Exception as error:  # noqa: BLE001 - whatever it is, the run stands
        zh, en = f"结果未能显示完（{error}）", f"The result could not be shown whole ({error})"
    else:
        return
    _say(spoken(lang, f"{zh}；结果已校验并写入：{folder}", f"{en}; checked and written: {folder}"))


@contextmanager
def _pipe() -> Iterator[None]:
    """Print to a reader who may have seen enough (`… | head -1`): that is no failure."""
    try:
        yield
    except (BrokenPipeError, SystemExit):
        # Rich ends the program where its reader has gone. What is still to be written goes nowhere,
        # also when the interpreter flushes its streams at the end.
        _drop_output()


def _drop_output() -> None:
    try:
        number = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"


def _say(line: str) -> None:
    typer.echo(line, err=True)


@contextmanager
def _progress(lang: Language) -> Iterator[Callable[[str], None]]:
    """Show the phase under way on a terminal's error stream; nothing where it is piped."""
    from minequota.reports.terminal import make_console
    from minequota.reports.text import PHASES, word

    console = make_console(stderr=True)
    with console.status("…") as status:
        yield lambda phase: status.update(word(PHASES, phase, lang.value))


@contextmanager
def _errors(lang: Language, solver: str = "") -> Iterator[None]:
    """Turn every expected failure into a message and its exit code."""
    from minequota.scenarios.errors import InputError

    try:
        yield
    except typer.Exit:
        raise
    except InputError as error:
        for problem in error.problems:
            _say(problem.text(lang.value))
        count = len(error.problems)
        _say(
            spoken(
                lang,
                f"共 {count} 处问题，未写出任何文件。",
                f"{_counted(count, 'problem')}; nothing was written.",
            )
        )
        raise typer.Exit(Exit.INPUT) from error
    except OSError as error:
        _say(not_written(error, lang))
        raise typer.Exit(Exit.CANNOT_WRITE) from error
    except UnicodeEncodeError as error:
        _say(unnamable(error, lang))
        raise typer.Exit(Exit.CANNOT_WRITE) from error
    except KeyboardInterrupt:
        _say(spoken(lang, "已中断，未写出任何文件。", "Interrupted; nothing was written."))
        raise typer.Exit(Exit.INTERRUPTED) from None
    except Exception as error:
        code, lines = explain(error, lang, solver)
        for line in lines:
            _say(line)
        raise typer.Exit(code) from error
