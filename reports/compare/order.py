"""What is to be compared: the words of the command line, and the columns they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from minequota.reports.compare.case import MOST_CASES
from minequota.reports.text import Lang
from minequota.scenarios.documents.messages import Text, choice
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.library import SCENARIO, library_names, locate_scenario
from minequota.scenarios.opened import case_names

RUN_FILES = ("allocation.json", "manifest.json")
_TOGETHER = "+"
# A folder that holds several answers: its document, what it is, and where its runs stand.
_COLLECTIONS = (
    ("comparison.json", Text("一次对照", "a comparison"), "cases/*"),
    ("robust.json", Text("一个稳健方案", "a robust plan"), "futures/*"),
    ("sweep.json", Text("一次扫描", "a sweep"), ""),
)


@dataclass(frozen=True)
class CompareOrder:
    """What the user asked for on the command line."""

    what: tuple[str, ...]
    cases: tuple[str, ...] = ()
    base: str = ""
    register: Path | None = None
    mapping: Path | None = None
    out: Path | None = None
    solver: str = "highs"
    lang: Lang = "zh"
    command: str = ""


@dataclass(frozen=True)
class Wanted:
    """One column that is asked for: a scenario with cases, or a finished run.

    `optional` is a named case that nobody asked for by name: it is left out where it plans in
    another mode than the scenario as it stands.
    """

    name: str
    where: str
    cases: tuple[str, ...] = ()
    run: bool = False
    optional: bool = False


def wanted(order: CompareOrder) -> tuple[Wanted, ...]:
    """Return the columns in the order asked for, each under a name of its own.

    Raises
    ------
    InputError
        For a column asked for twice, too many of them, a base that is none, cases of a run.
    """
    found, problems = planned(order)
    if problems:
        raise InputError(list(problems))
    return found


def planned(order: CompareOrder) -> tuple[tuple[Wanted, ...], tuple[Problem, ...]]:
    """Return the columns that can be read, and what is wrong with the rest of what is asked."""
    problems: list[Problem] = []
    runs = [one for one in order.what if is_run(one)]
    scenarios = [one for one in order.what if one not in runs]
    if not scenarios and (order.cases or order.register or order.mapping):
        problems.append(_needs_scenario())
    problems += _twice(order.what, [str(Path(one).resolve()) for one in order.what], "WHAT")
    problems += _twice(order.cases, [_sorted_parts(case) for case in order.cases], "--case")
    found: list[Wanted] = []
    for one in order.what:
        try:
            _refuse_collection(one)
            found += [_run(one)] if one in runs else _columns(order, one, len(scenarios))
        except InputError as error:
            problems += error.problems
    found = list(_named_apart(found))
    if len(found) > MOST_CASES:
        problems.append(_too_many(len(found)))
        found = []
    if not problems and len(found) < 2:
        problems.append(_too_few())
    return tuple(found), tuple(dict.fromkeys(problems))


def is_run(where: str) -> bool:
    """Whether something is a finished run's folder, whole or not, rather than a scenario."""
    folder = Path(where)
    if where in library_names() or (folder / SCENARIO).is_file():
        return False
    return any((folder / name).is_file() for name in RUN_FILES)


def _refuse_collection(where: str) -> None:
    """Raise InputError for a folder that holds several answers rather than one."""
    folder = Path(where)
    if where in library_names() or (folder / SCENARIO).is_file():
        return
    for name, what, runs in _COLLECTIONS:
        if (folder / name).is_file():
            inside = f"{where}/{runs}"
            repair = Text(f"请对照其中的{inside}。", f"Compare {inside} in it.")
            if not runs:
                repair = Text("请对照情景或运行结果。", "Compare scenarios or finished runs.")
            raise InputError(
                [
                    Problem(
                        where,
                        f"This is the folder of {what.en}, not of one run.",
                        repair.en,
                        "compare_collection",
                        f"这是{what.zh}的文件夹，不是一次运行的结果。",
                        repair.zh,
                    )
                ]
            )


def check_base(base: str, names: Sequence[str]) -> None:
    """Raise InputError where `base` names no column."""
    if base and base not in names:
        words = choice(base, names)
        raise InputError(
            [
                Problem(
                    f"--base {base}",
                    "No column has this name.",
                    words.en,
                    "compare_base",
                    "没有这个名称的案例。",
                    words.zh,
                )
            ]
        )


def _columns(order: CompareOrder, where: str, scenarios: int) -> list[Wanted]:
    _, name = locate_scenario(where)
    if order.cases:
        # A case may have a plus in its own name.
        known = case_names(where)
        return [
            Wanted(
                case if scenarios == 1 else f"{name}:{case}",
                where,
                (case,) if case in known else _parts(case),
            )
            for case in order.cases
        ]
    if len(order.what) > 1:
        return [Wanted(name, where)]
    named = (Wanted(case, where, (case,), optional=True) for case in case_names(where))
    return [Wanted(name, where), *named]


def _run(where: str) -> Wanted:
    return Wanted(Path(where).resolve().name, where, run=True)


def _parts(case: str) -> tuple[str, ...]:
    return tuple(case.split(_TOGETHER))


def _sorted_parts(case: str) -> str:
    """Return the cases of a combination in one order: none outranks another."""
    return _TOGETHER.join(sorted(_parts(case)))


def _named_apart(columns: Sequence[Wanted]) -> Iterator[Wanted]:
    """Yield the columns, a number behind each name that stood before."""
    taken: set[str] = set()
    for column in columns:
        name, number = column.name, 1
        while name in taken:
            number += 1
            name = f"{column.name}-{number}"
        taken.add(name)
        yield Wanted(name, column.where, column.cases, column.run, column.optional)


def _twice(given: Sequence[str], same: Sequence[str], place: str) -> list[Problem]:
    return [
        Problem(
            f"{place} {one}",
            "This is asked for twice.",
            "Give it once.",
            "compare_twice",
            "重复给出。",
            "请只保留一个。",
        )
        for at, one in enumerate(given)
        if same[at] in same[:at]
    ]


def _needs_scenario() -> Problem:
    return Problem(
        "--case, --register, --mapping",
        "Finished runs are compared as they stand.",
        "Leave these options out, or give a scenario.",
        "compare_run_case",
        "已完成的运行按原样对照，不能再套用案例或名册。",
        "请去掉这些选项，或给出情景。",
    )


def _too_many(number: int) -> Problem:
    words = Text(f"共{number}列，最多{MOST_CASES}列。", f"{number} columns, at most {MOST_CASES}.")
    return Problem(
        "WHAT, --case",
        words.en,
        "Compare fewer; a sweep takes hundreds of cases.",
        "compare_too_many",
        words.zh,
        "请减少案例；成百上千个案例用 sweep。",
    )


def _too_few() -> Problem:
    return Problem(
        "WHAT, --case",
        "There is only one column, which cannot be compared.",
        "Give a second case, scenario or run.",
        "compare_too_few",
        "只有一列，无从对照。",
        "请再给出一个案例、情景或运行结果。",
    )
