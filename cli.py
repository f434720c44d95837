"""The command line: parses, calls, and turns what went wrong into a message and an exit code."""

from __future__ import annotations

import shlex
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated

import typer

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


_FAULTS_SHOWN = 20


class Exit(IntEnum):
    """Exit codes, documented in docs/formats.md."""

    SOLVED = 0
    PROGRAM = 1
    USAGE = 2
    INPUT = 3
    INFEASIBLE = 4
    TIME_LIMIT = 5
    NO_ANSWER = 6
    CANNOT_WRITE = 7
    INTERRUPTED = 130


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
RegisterOption = Annotated[
    Path | None, typer.Option("--register", help="Your own register, XLSX or CSV.")
]
LangOption = Annotated[Language, typer.Option("--lang", help="Language of all that is shown.")]


@app.command()
def check(
    scenario: ScenarioArgument,
    case: CaseOption = None,
    register: RegisterOption = None,
    lang: LangOption = Language.zh,
) -> None:
    """Validate a scenario with its plan and register, and audit them."""
    with _errors(lang):
        from minequota.reports.findings import show_findings
        from minequota.scenarios.audit import audit
        from minequota.scenarios.load import load_scenario

        show_findings(audit(load_scenario(scenario, case or (), register)), lang=lang.value)


@app.command()
def solve(
    scenario: ScenarioArgument,
    case: CaseOption = None,
    register: RegisterOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Run folder to make; must not exist.")
    ] = None,
    solver: Annotated[
        str, typer.Option("--solver", help="highs, cbc, or another solver PuLP finds.")
    ] = "highs",
    lang: LangOption = Language.zh,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show the answers, not the tables.")
    ] = False,
) -> None:
    """Solve a scenario, check the result, show its tables and write its run folder."""
    with _errors(lang):
        from minequota.reports.run import Order, run
        from minequota.reports.terminal import show_run

        order = Order(
            scenario,
            tuple(case or ()),
            register,
            out,
            solver,
            lang.value,
            shlex.join(["minequota", *sys.argv[1:]]),
        )
        with _progress(lang) as tell:
            done = run(order, tell)
        show_run(
            done.scenario, done.allocation, lang=lang.value, folder=done.folder, tables=not quiet
        )
        if done.allocation.status == "time_limit":
            raise typer.Exit(Exit.TIME_LIMIT)


@app.command()
def verify(
    run_folder: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")],
    lang: LangOption = Language.zh,
) -> None:
    """Check a run folder again, from its files alone."""
    with _errors(lang):
        from minequota.optimizer.verify import verify_run

        faults = verify_run(run_folder)
        for fault in faults:
            text = fault.message_zh if lang is Language.zh else fault.message
            _say(f"[{fault.code}] {fault.where}: {text}")
        if faults:
            _say(_in(lang, f"未通过校验：{len(faults)} 处。", f"{len(faults)} faults found."))
            raise typer.Exit(Exit.PROGRAM)
        typer.echo(
            _in(lang, "校验通过：文件完整，各项规则和合计一致。", "Checked: no fault found.")
        )


@app.command()
def versions() -> None:
    """Print the versions a bug report needs."""
    from minequota.reports.manifest import versions as found

    for name, version in found().items():
        typer.echo(f"{name} {version}")


def main() -> None:
    """Run the command line."""
    app()


def _in(lang: Language, zh: str, en: str) -> str:
    return zh if lang is Language.zh else en


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
def _errors(lang: Language) -> Iterator[None]:
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
            _in(
                lang,
                f"共 {count} 处问题，未写出任何文件。",
                f"{count} problems; nothing was written.",
            )
        )
        raise typer.Exit(Exit.INPUT) from error
    except OSError as error:
        _say(_not_written(error, lang))
        raise typer.Exit(Exit.CANNOT_WRITE) from error
    except KeyboardInterrupt:
        _say(_in(lang, "已中断，未写出任何文件。", "Interrupted; nothing was written."))
        raise typer.Exit(Exit.INTERRUPTED) from None
    except Exception as error:
        code, lines = _explain(error, lang)
        for line in lines:
            _say(line)
        raise typer.Exit(code) from error


def _not_written(error: OSError, lang: Language) -> str:
    from minequota.reports.run_folder import RunFolderExistsError

    if isinstance(error, RunFolderExistsError):
        return _in(lang, f"结果文件夹已存在，不覆盖：{error.place}", str(error))
    return _in(lang, f"无法写入：{error}", f"Cannot write: {error}")


def _explain(error: Exception, lang: Language) -> tuple[Exit, list[str]]:
    """Exit code and message of a failure whose class is costly to import before it happens."""
    from minequota.optimizer.engine.names import SolverMissingError
    from minequota.optimizer.stages import NoAllocationError
    from minequota.reports.run_folder import VerificationFailedError

    if isinstance(error, SolverMissingError):
        return Exit.USAGE, [str(error)]
    if isinstance(error, NoAllocationError) and error.status == "infeasible":
        zh = "无可行方案：约束性条款不能同时满足，未写出任何文件。"
        en = "Infeasible: the binding clauses cannot hold together; nothing was written."
        return Exit.INFEASIBLE, [_in(lang, zh, en)]
    if isinstance(error, NoAllocationError):
        zh = "规定时间内未得到任何方案，未写出任何文件。"
        en = "No answer within the time; nothing was written."
        return Exit.NO_ANSWER, [_in(lang, zh, en)]
    if isinstance(error, VerificationFailedError):
        zh = "程序自身错误：结果未通过独立校验，未写出任何文件。请报告以下内容："
        en = "A bug of the program: its result failed its own check; nothing was written. Report:"
        return Exit.PROGRAM, [_in(lang, zh, en), *map(str, error.faults[:_FAULTS_SHOWN])]
    zh, en = "程序自身错误，请报告以下内容：", "A bug of the program; please report:"
    return Exit.PROGRAM, [_in(lang, zh, en), "".join(traceback.format_exception(error))]
