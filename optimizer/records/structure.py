"""How many rights of which size there are: before, moved and after, year by year."""

from __future__ import annotations

from collections.abc import Callable

from minequota.optimizer.allocation import StructureLine
from minequota.optimizer.answer import Answer
from minequota.optimizer.records.sizes import class_of
from minequota.optimizer.source import Source


def structure(answer: Answer) -> tuple[StructureLine, ...]:
    """Count rights by mineral group, by county and in all, from the register to each year's end."""
    return tuple(line for y in range(len(answer.years)) for line in _of_year(answer, y))


def total_structure(answer: Answer) -> tuple[StructureLine, ...]:
    """Count all rights together, from the register to each year's end."""
    return tuple(_line(answer, y, "all", "all", lambda s: True) for y in range(len(answer.years)))


def _of_year(answer: Answer, y: int) -> tuple[StructureLine, ...]:
    plan = answer.problem.plan
    groups = ("energy", "metal", "non_metal", "water_gas")
    return (
        *(_line(answer, y, "group", g, lambda s, g=g: s.mineral.group == g) for g in groups),  # type: ignore[misc]
        *(
            _line(answer, y, "county", c.name, lambda s, c=c: s.county == c.name)  # type: ignore[misc]
            for c in plan.counties
        ),
        _line(answer, y, "all", "all", lambda s: True),
    )


def _line(
    answer: Answer, y: int, by: str, key: str, belongs: Callable[[Source], bool]
) -> StructureLine:
    base: dict[str, int] = {"large": 0, "medium": 0, "small": 0}
    after: dict[str, int] = dict(base)
    leaving = joined = merged = issued = 0
    for m, source in enumerate(answer.problem.sources):
        if not belongs(source):
            continue
        held = answer.held(m, y)
        if source.right is not None:
            base[source.right.size_class or "small"] += 1
            into = any(answer.held(k, y) for k in answer.problem.mergers_of.get(m, ()))
            joined += into
            leaving += not held and not into
        elif held:
            merged += source.kind == "merged"
            issued += source.fresh
        if held:
            after[class_of(answer, m, y)] += 1
    return StructureLine(
        year=answer.years[y],
        by=by,  # type: ignore[arg-type]
        key=key,
        base_large=base["large"],
        base_medium=base["medium"],
        base_small=base["small"],
        leaving=leaving,
        merged=joined - merged,
        issued=issued,
        large=after["large"],
        medium=after["medium"],
        small=after["small"],
    )
