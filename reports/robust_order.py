"""What `solve --robust` is asked: the measure, and the futures with their weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from minequota.optimizer.robust.future import Future, build_future
from minequota.optimizer.robust.measures import MEASURES, Measure
from minequota.optimizer.robust.result import ROBUST
from minequota.reports.run import Order
from minequota.scenarios.documents.messages import choice
from minequota.scenarios.errors import InputError, Problem

MOST_FUTURES = 20
"""All futures are solved as one program; more than this is a sample, and a sweep takes it."""
MOST_WEIGHT = 1e12
LEAST_SHARE = 1e-4
"""A future of less weight than this share would count no more than a solver's tolerance."""
_WEIGHT = "="
_TOGETHER = "+"


@dataclass(frozen=True)
class Asked:
    """One future as asked for: its name, the cases applied together, and its weight as given."""

    name: str
    cases: tuple[str, ...]
    weight: float


def read_measure(text: str) -> Measure:
    """Return the measure; its name may be written in any case.

    Raises
    ------
    InputError
        When it is none.
    """
    for measure in MEASURES:
        if text.casefold() == measure:
            return measure
    words = choice(text, MEASURES)
    raise InputError(
        [
            Problem(
                f"--robust {text}",
                "This is no measure of a robust plan.",
                words.en,
                "robust_measure",
                "没有这种稳健度量。",
                words.zh,
            )
        ]
    )


def read_futures(cases: Sequence[str]) -> tuple[Asked, ...]:
    """Return the futures that ``NAME``, ``NAME=WEIGHT`` or ``A+B=WEIGHT`` ask for.

    Raises
    ------
    InputError
        For no future or too many, one asked for twice, or weights that are no weights: all at once.
    """
    problems: list[Problem] = []
    found: list[Asked] = []
    for text in cases:
        name, _, given = text.partition(_WEIGHT)
        weight = 1.0 if _WEIGHT not in text else _number(given)
        parts = tuple(part.strip() for part in name.split(_TOGETHER))
        if not all(parts):
            problems.append(_no_name(text))
        if parts == (ROBUST,):
            problems.append(_reserved(text))
        if not 0 < weight <= MOST_WEIGHT:
            problems.append(_no_weight(text))
        if any(sorted(parts) == sorted(one.cases) for one in found):
            problems.append(_twice(text))
        found.append(Asked(_TOGETHER.join(parts), parts, weight))
    if not cases:
        problems.append(_none())
    if len(cases) > MOST_FUTURES:
        problems.append(_too_many(len(cases)))
    if not problems:
        total = math.fsum(one.weight for one in found)
        problems = [_too_light(one.name) for one in found if not one.weight >= LEAST_SHARE * total]
    if problems:
        raise InputError(problems)
    return tuple(found)


def open_futures(order: Order, asked: Sequence[Asked]) -> tuple[Future, ...]:
    """Read every future's scenario and restate it as a model, weights as shares of all.

    Raises
    ------
    InputError
        With the problems of all futures.
    """
    from minequota.scenarios.load import load_scenario

    problems: list[Problem] = []
    scenarios = []
    for one in asked:
        try:
            scenarios.append(
                load_scenario(
                    order.scenario, one.cases, order.register, order.overrides, order.mapping
                )
            )
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(list(dict.fromkeys(problems)))
    total = math.fsum(one.weight for one in asked)
    return tuple(
        build_future(one.name, one.weight / total, scenario)
        for one, scenario in zip(asked, scenarios, strict=True)
    )


def _number(text: str) -> float:
    """Read a plain decimal number; NaN where it is none."""
    try:
        return float(text) if "_" not in text else math.nan
    except ValueError:
        return math.nan


def _no_name(text: str) -> Problem:
    return Problem(
        f"--case {text}",
        "A future needs the name of a case.",
        "Write NAME=WEIGHT, or A+B=WEIGHT for two cases together.",
        "robust_name",
        "每个未来都要写明案例名。",
        "请写成“案例名=权重”，两个案例同时套用写成“甲+乙=权重”。",
    )


def _reserved(text: str) -> Problem:
    return Problem(
        f"--case {text}",
        f"The results call the plan for all futures {ROBUST}.",
        "Give this case another name in the scenario.",
        "robust_reserved",
        f"结果中以“{ROBUST}”称针对所有未来的方案。",
        "请在情景文件中给这个案例改名。",
    )


def _no_weight(text: str) -> Problem:
    return Problem(
        f"--case {text}",
        "A weight must be a number above 0, and no giant.",
        "Write for example low=0.25; without a weight it is 1.",
        "robust_weight",
        "权重应为大于0的数，且不能过大。",
        "请写成例如 low=0.25；不写权重即为1。",
    )


def _too_light(name: str) -> Problem:
    return Problem(
        f"--case {name}",
        f"Its weight is less than {LEAST_SHARE:g} of all weights and would count nothing.",
        "Give it more weight, or leave the future out.",
        "robust_light",
        f"其权重不到全部权重的{LEAST_SHARE:g}，实际不起作用。",
        "请加大权重，或去掉这个未来。",
    )


def _twice(text: str) -> Problem:
    return Problem(
        f"--case {text}",
        "This future is asked for twice.",
        "Give it once, with one weight.",
        "robust_twice",
        "这个未来重复给出。",
        "请只保留一个，并只写一个权重。",
    )


def _none() -> Problem:
    return Problem(
        "--robust",
        "A robust plan needs the futures it is made for.",
        "Give each as --case NAME=WEIGHT.",
        "robust_none",
        "稳健方案要有所针对的各种未来。",
        "请逐个写 --case 案例名=权重。",
    )


def _too_many(number: int) -> Problem:
    return Problem(
        "--case",
        f"There are {number} futures, at most {MOST_FUTURES} are decided together.",
        "Give fewer; a sweep takes hundreds of cases.",
        "robust_too_many",
        f"共{number}个未来，最多{MOST_FUTURES}个。",
        "请减少；成百上千个案例用 sweep。",
    )
