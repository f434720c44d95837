"""Whether futures speak of the same rights: one decision needs one list of what is decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minequota.optimizer.draft import NONE
from minequota.optimizer.robust.future import Future
from minequota.optimizer.source import Source
from minequota.scenarios.errors import InputError, Problem

_NAMED = 5


@dataclass(frozen=True)
class _Said:
    """One difference in both languages."""

    zh: str
    en: str


def refuse_differences(futures: tuple[Future, ...]) -> None:
    """Refuse futures whose rights are not the same to decide.

    Caps, demands, limits and all other figures may differ, and so may what a rule says of a
    right; each future's rules are all imposed.

    Raises
    ------
    InputError
        With every difference from the first future.
    """
    first, *others = futures
    problems = [
        Problem(
            place=f"--case {other.name}",
            wrong=f"Its rights are not those of {first.name}: {said.en}.",
            repair=(
                "A robust plan decides the same rights for all futures: choose cases that agree "
                "in this, or apply the same case to every future (a+b)."
            ),
            code="robust_structure",
            wrong_zh=f"所涉采矿权与“{first.name}”不同：{said.zh}。",
            repair_zh=(
                "稳健方案对各未来只作一次采矿权决定：请选用在这方面一致的案例，"
                "或对每个未来都套用同一案例（a+b）。"
            ),
        )
        for other in others
        for said in _differences(first, other)
    ]
    if problems:
        raise InputError(problems)


def _differences(first: Future, other: Future) -> Iterator[_Said]:
    one, two = first.model.problem, other.model.problem
    if one.calendar != two.calendar:
        modes = [p.scenario.question.mode for p in (one, two)]
        yield _Said(
            f"模式为 {modes[1]}，而非 {modes[0]}", f"the mode is {modes[1]}, not {modes[0]}"
        )
        return
    if one.years != two.years:
        yield _Said(
            f"规划年份为{_period(two.years)}，而非{_period(one.years)}",
            f"the years are {_period(two.years)}, not {_period(one.years)}",
        )
        return
    goals = [p.scenario.question.goals for p in (one, two)]
    if goals[0] != goals[1]:
        yield _Said("目标或其次序不同", "the goals or their order differ")
    yield from _other_sources(one.sources, two.sources)
    twins = {source.id: source for source in two.sources}
    for m, source in enumerate(one.sources):
        twin = twins.get(source.id)
        if twin is not None:
            yield from _other_choices(first, other, m, source, twin)


def _period(years: tuple[int, ...]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"


def _other_sources(one: tuple[Source, ...], two: tuple[Source, ...]) -> Iterator[_Said]:
    known, given = {source.id for source in one}, {source.id for source in two}
    if missing := sorted(known - given):
        yield _Said(f"缺少{_listed(missing, '、')}", f"it lacks {_listed(missing, ', ')}")
    if added := sorted(given - known):
        yield _Said(f"多出{_listed(added, '、')}", f"it has besides {_listed(added, ', ')}")


def _other_choices(
    first: Future, other: Future, m: int, source: Source, twin: Source
) -> Iterator[_Said]:
    """Differences in what is to be decided of one source."""
    if source.kind != twin.kind:
        yield _Said(f"{source.id} 的性质不同", f"{source.id} is of another kind")
        return
    if {_id(first, k) for k in source.members} != {_id(other, k) for k in twin.members}:
        yield _Said(f"整合 {source.id} 的成员不同", f"the merger {source.id} joins other members")
    columns = first.model.draft.columns, other.model.draft.columns
    at = next(k for k, one in enumerate(other.model.problem.sources) if one.id == source.id)
    if (columns[0].expand[-1, m] == NONE) != (columns[1].expand[-1, at] == NONE):
        yield _Said(
            f"{source.id} 的改扩建只列入其中之一",
            f"the expansion of {source.id} is listed in one only",
        )
    if source.kind == "new" and _licensed(source) != _licensed(twin):
        yield _Said(
            f"{source.id} 的生产规模计量单位或步长不同",
            f"the capacity of {source.id} is counted in another unit or in other steps",
        )


def _id(future: Future, k: int) -> str:
    return future.model.problem.sources[k].id


def _licensed(source: Source) -> tuple[str, float | None]:
    step = source.product.capacity_step if source.product is not None else None
    return source.capacity_unit, step


def _listed(names: Iterable[str], comma: str) -> str:
    names = list(names)
    more = f" … ({len(names)})" if len(names) > _NAMED else ""
    return comma.join(names[:_NAMED]) + more
