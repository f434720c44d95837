"""What a failed command says, and the exit code it ends with."""

from __future__ import annotations

import traceback
from enum import IntEnum

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


def spoken(lang: str, zh: str, en: str) -> str:
    """Return the text in the language asked for."""
    return zh if lang == "zh" else en


def not_written(error: OSError, lang: str) -> str:
    """Say which file or folder could not be written, and why."""
    from minequota.reports.staging import RunFolderExistsError

    if isinstance(error, RunFolderExistsError):
        return spoken(lang, f"结果文件夹已存在，不覆盖：{error.place}", str(error))
    return spoken(lang, f"无法写入：{error}", f"Cannot write: {error}")


def unnamable(error: UnicodeEncodeError, lang: str) -> str:
    """Say that a name or text cannot be written in this system's encoding, and the way out."""
    zh = (
        f"无法写入：本系统的编码（{error.encoding}）不能表示“{error.object}”，未写出任何文件。"
        "请改用UTF-8环境（如设置 PYTHONUTF8=1），或加 --lang en，其文件名均为ASCII字符。"
    )
    en = (
        f"Cannot write: this system's encoding ({error.encoding}) has no way to write "
        f"{error.object!r}; nothing was written. Use a UTF-8 environment (set PYTHONUTF8=1), or "
        "--lang en, whose file names are ASCII."
    )
    return spoken(lang, zh, en)


def _no_solver(solver: str) -> str:
    from minequota.optimizer.engine.pulp_engine import SOLVERS

    known = ("highs", *SOLVERS)
    if solver not in known:
        return f"未知的求解器“{solver}”，可用的有：{'、'.join(known)}。"
    return f"求解器“{solver}”未安装，PuLP找不到它。"


def explain(error: Exception, lang: str, solver: str) -> tuple[Exit, list[str]]:
    """Exit code and message of a failure whose class is costly to import before it happens."""
    from minequota.optimizer.engine.names import SolverMissingError
    from minequota.optimizer.stages import NoAllocationError
    from minequota.reports.run_folder import VerificationFailedError

    if isinstance(error, SolverMissingError):
        return Exit.USAGE, [spoken(lang, _no_solver(solver), str(error))]
    if isinstance(error, NoAllocationError) and error.status == "infeasible":
        zh = "无可行方案：约束性条款不能同时满足，未写出任何文件。"
        en = "Infeasible: the binding clauses cannot hold together; nothing was written."
        # A robust plan knows which future fails alone, or that only all of them together do.
        zh, en = getattr(error, "said", (zh, en))
        return Exit.INFEASIBLE, [spoken(lang, zh, en)]
    if isinstance(error, NoAllocationError):
        zh = "规定时间内未得到任何方案，未写出任何文件。"
        en = "No answer within the time; nothing was written."
        zh, en = getattr(error, "said", (zh, en))
        return Exit.NO_ANSWER, [spoken(lang, zh, en)]
    if isinstance(error, VerificationFailedError):
        zh = "程序自身错误：结果未通过独立校验，未写出任何文件。请报告以下内容："
        en = "A bug of the program: its result failed its own check; nothing was written. Report:"
        return Exit.PROGRAM, [spoken(lang, zh, en), *map(str, error.faults[:_FAULTS_SHOWN])]
    zh, en = "程序自身错误，请报告以下内容：", "A bug of the program; please report:"
    return Exit.PROGRAM, [spoken(lang, zh, en), "".join(traceback.format_exception(error))]
