"""Goal 8: with every output settled, the shortest ways from mines to demand centres.

What a mine makes and what a centre asks for are numbers by now, so each product and year is a
transport problem of its own. The least tonne-kilometres seldom decide every way: mines of one
county may all be equally far. Among the shortest, the earlier right then serves the earlier centre
as far as it can, which leaves exactly one answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minequota.optimizer.allocation import GoalResult, SolveStatus
from minequota.optimizer.answer import clean
from minequota.optimizer.draft import CentreColumns, Draft
from minequota.optimizer.engine import LinearProgram, open_engine
from minequota.optimizer.engine.types import Booleans, Floats, Integers
from minequota.optimizer.problem import Problem
from minequota.optimizer.stages import StageError
from minequota.optimizer.transport import METRES_IN_KM

_NOISE = 1e-7
_HAIRS = (0.0, 1e-7)
# Powers of whole numbers with different irrational exponents: no two sums of ways are equal.
_RIGHTS, _CENTRES = 2**0.5 / 2, 3**0.5 / 2


@dataclass(frozen=True)
class Flows:
    """The solution with its flows settled, and the goal's result where it is pursued."""

    solution: Floats
    goals: tuple[GoalResult, ...]


@dataclass(frozen=True)
class _Ways:
    """The links of all products and years as arrays; sources and centres numbered anew.

    `source` and `centre` give the ends of every link, `metres` its length, `makes` what each
    source makes and `asks` what each centre can take.
    """

    column: Integers
    source: Integers
    centre: Integers
    metres: Integers
    makes: Floats
    asks: Floats
    group: Integers


@dataclass(frozen=True)
class _Open:
    """Which ways may be used, and which centres must get all they ask for from mines."""

    ways: Booleans
    full: Booleans


def settle_flows(problem: Problem, draft: Draft, solution: Floats, solver: str) -> Flows:
    """Return the solution with the one shortest set of flows for its outputs.

    What the centres lack is shared among them in proportion to what does not come from mines.

    Raises
    ------
    StageError
        When no flows fit the outputs: a fault of the program.
    """
    settled = solution.copy()
    if draft.links:
        ways = _ways(draft, settled)
        shortest = _shortest(ways, solver)
        settled[ways.column] = _in_order(ways, shortest, solver)
    _share_lack(draft, settled)
    return Flows(settled, _results(problem, draft, settled))


def _ways(draft: Draft, solution: Floats) -> _Ways:
    sources: dict[tuple[int, int], int] = {}
    centres: dict[tuple[int, str, str], int] = {}
    for link in draft.links:
        sources.setdefault((link.y, link.m), len(sources))
    for own in draft.centres:
        centres[own.y, own.product, own.centre] = len(centres)
    column = np.array([link.column for link in draft.links], dtype=np.int64)
    centre = np.array(
        [centres[link.y, link.product, link.centre] for link in draft.links], dtype=np.int64
    )
    arriving = np.bincount(centre, solution[column], len(centres))
    rest = np.array([solution[[own.unmet, own.outside]].sum() for own in draft.centres])
    groups: dict[tuple[int, str], int] = {}
    for own in draft.centres:
        groups.setdefault((own.y, own.product), len(groups))
    return _Ways(
        column=column,
        source=np.array([sources[link.y, link.m] for link in draft.links], dtype=np.int64),
        centre=centre,
        metres=np.array(
            [round(link.kilometres * METRES_IN_KM) for link in draft.links], dtype=np.int64
        ),
        makes=np.array([max(0.0, solution[draft.columns.output[key]]) for key in sources]),
        asks=np.maximum(arriving + rest, 0.0),
        group=np.array([groups[own.y, own.product] for own in draft.centres], dtype=np.int64),
    )


def _shortest(ways: _Ways, solver: str) -> Floats:
    """Any one of the shortest sets of flows."""
    anything = _Open(np.ones(len(ways.column), dtype=bool), np.zeros(len(ways.asks), dtype=bool))
    return _solve(ways, ways.metres.astype(np.float64), anything, solver)


def _in_order(ways: _Ways, shortest: Floats, solver: str) -> Floats:
    """Among all shortest flows the ones in which earlier rights serve earlier centres."""
    weight = (ways.source + 1.0) ** _RIGHTS * (ways.centre + 1.0) ** _CENTRES
    return _solve(ways, -weight, _all_shortest(ways, shortest), solver)


def _solve(ways: _Ways, cost: Floats, chosen: _Open, solver: str) -> Floats:
    """Send what every source makes along open ways, no more to a centre than it can take."""
    count = len(ways.column)
    order = [np.argsort(ends, kind="stable") for ends in (ways.source, ways.centre)]
    lengths = [
        np.bincount(ways.source, minlength=len(ways.makes)),
        np.bincount(ways.centre, minlength=len(ways.asks)),
    ]
    for hair in _HAIRS:
        # A solver that prints few digits may leave the last of them missing.
        most = ways.asks * (1.0 + hair) + hair
        least = np.where(chosen.full, ways.asks * (1.0 - hair) - hair, 0.0)
        program = LinearProgram(
            np.zeros(count),
            np.where(chosen.ways, np.inf, 0.0),
            np.zeros(count, dtype=bool),
            np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int64),
            np.concatenate(order).astype(np.int64),
            np.ones(2 * count),
            np.concatenate([ways.makes, least]),
            np.concatenate([ways.makes, most]),
        )
        answer = open_engine(program, solver).minimise(cost, gap=0.0, time_limit=None)
        if answer.found:
            return np.maximum(answer.values, 0.0)
    raise StageError("No flows from mines to centres fit the outputs.")


def _all_shortest(ways: _Ways, shortest: Floats) -> _Open:
    """What the shortest sets of flows have in common, read from one of them.

    Ways that cost more than the potentials of their ends allow are in none. Supply from outside
    is one more source of each group, equally near to all its centres: where it costs more, the
    mines bring all that is asked for. Lengths are whole metres, so the potentials are exact.
    """
    noise = _NOISE * max(1.0, float(ways.asks.max()))
    used = shortest > noise
    left = ways.asks - np.bincount(ways.centre, shortest, len(ways.asks)) > noise
    at_source = np.zeros(len(ways.makes), dtype=np.int64)
    at_centre = np.zeros(len(ways.asks), dtype=np.int64)
    outside = np.zeros(int(ways.group.max()) + 1, dtype=np.int64)
    for _ in range(len(at_source) + len(at_centre) + len(outside)):
        before = (at_source.copy(), at_centre.copy(), outside.copy())
        np.minimum.at(at_centre, ways.centre, at_source[ways.source] + ways.metres)
        np.minimum(at_centre, outside[ways.group], out=at_centre)
        back = at_centre[ways.centre[used]] - ways.metres[used]
        np.minimum.at(at_source, ways.source[used], back)
        np.minimum.at(outside, ways.group[left], at_centre[left])
        if all(map(np.array_equal, before, (at_source, at_centre, outside))):
            break
    else:
        raise StageError("The flows are not the shortest.")
    return _Open(
        np.asarray(at_source[ways.source] + ways.metres == at_centre[ways.centre]),
        np.asarray(outside[ways.group] > at_centre),
    )


def _share_lack(draft: Draft, solution: Floats) -> None:
    """Part what no mine brings to each centre into what is unmet and what comes from outside."""
    arriving: dict[tuple[int, str, str], float] = {}
    for link in draft.links:
        key = (link.y, link.product, link.centre)
        arriving[key] = arriving.get(key, 0.0) + float(solution[link.column])
    groups: dict[tuple[int, str], list[tuple[CentreColumns, float]]] = {}
    for own in draft.centres:
        asked = _asked(draft, own)
        rest = max(0.0, asked - arriving.get((own.y, own.product, own.centre), 0.0))
        groups.setdefault((own.y, own.product), []).append((own, rest))
    names = [product.name for product in draft.problem.products]
    for (y, product), centres in groups.items():
        unmet = float(solution[draft.columns.unmet[y, names.index(product)]])
        whole = sum(rest for _, rest in centres)
        share = min(1.0, max(0.0, unmet / whole)) if whole > 0 else 0.0
        for own, rest in centres:
            solution[own.unmet] = rest * share
            solution[own.outside] = rest - rest * share


def _asked(draft: Draft, own: CentreColumns) -> float:
    year = draft.problem.years[own.y]
    line = next(one for one in draft.problem.demands_in(year) if one.product.name == own.product)
    return line.places[own.centre]


def _results(problem: Problem, draft: Draft, solution: Floats) -> tuple[GoalResult, ...]:
    if not draft.centres or "flows" not in problem.scenario.question.goals:
        return ()
    value = clean(
        sum(
            link.kilometres
            * float(solution[link.column])
            * problem.weight_of(problem.years[link.y])
            for link in draft.links
        )
    )
    return (
        GoalResult(
            name="flows",
            title_zh="运输量",
            title_en="Carriage",
            unit="单位·公里",
            status=SolveStatus.OPTIMAL,
            value=value,
            bound=value,
            absolute_gap=0.0,
            relative_gap=0.0,
            tolerance=0.0,
            rounded_value=value,
        ),
    )
