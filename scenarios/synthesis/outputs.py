"""Last outputs of a synthetic register: the published totals, shared among the rights that ran.

Totals of single minerals are shared first, those of groups over the rest. A right's output keeps
the unit of its licence; where a total counts something else (tonnes of ore licensed in cubic
metres), the largest mine takes up what rounding leaves.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from minequota.scenarios.plan import BaseOutput, Plan
from minequota.scenarios.right import Right
from minequota.scenarios.synthesis.totals import (
    outputs_in_force,
    per_licensed,
    speaks_of,
    title_of,
)
from minequota.scenarios.units import Quantity

OUTPUT_STEP = 0.01
# The largest mine's output may need more digits than the others' to meet a converted total.
_EXACT_DIGITS = 9


def with_published_outputs(
    plan: Plan, rights: Sequence[Right], ran: Collection[int], fixed: Collection[int]
) -> tuple[list[Right], set[int]]:
    """Share every published output among the rights that ran.

    Parameters
    ----------
    ran
        Positions of the rights that had an output.
    fixed
        Positions of those whose output is given and taken off the totals.

    Returns
    -------
    tuple
        The rights, and the positions a published output speaks of.
    """
    result = list(rights)
    settled = set(fixed)
    spoken_of: set[int] = set()
    for output in outputs_in_force(plan):
        members = [at for at, right in enumerate(result) if speaks_of(plan, output, right)]
        spoken_of.update(members)
        open_ = [at for at in members if at in ran and at not in settled]
        for at in members:
            if at not in ran and at not in settled:
                result[at] = replace(result[at], last_output=Quantity(0.0, _unit(result[at])))
        if open_:
            taken = sum(_contribution(plan, output, result[at]) for at in members if at in settled)
            shares = _shares(plan, output, [result[at] for at in open_], taken)
            for at, share in zip(open_, shares, strict=True):
                result[at] = replace(result[at], last_output=share)
            settled.update(open_)
    return result, spoken_of


def capacity_of(right: Right) -> Quantity:
    """Return a right's capacity, which every right of a recipe has."""
    if right.capacity is None:
        raise ValueError(f"{right.name} has no capacity.")
    return right.capacity


def _unit(right: Right) -> str:
    return capacity_of(right).unit


def _contribution(plan: Plan, output: BaseOutput, right: Right) -> float:
    if right.last_output is None or right.last_output.value == 0:
        return 0.0
    return right.last_output.value * per_licensed(plan, output, right, right.last_output.unit)


def _shares(
    plan: Plan, output: BaseOutput, rights: Sequence[Right], taken: float
) -> list[Quantity]:
    total = round(output.amount.value - taken, _EXACT_DIGITS)
    if total < 0:
        raise ValueError(f"The outputs given exceed the {output.amount} of {title_of(output)}.")
    capacities = [capacity_of(right) for right in rights]
    factors = [per_licensed(plan, output, right, _unit(right)) for right in rights]
    weights = [one.value * factor for one, factor in zip(capacities, factors, strict=True)]
    steps = total / OUTPUT_STEP
    if set(factors) == {1.0} and round(steps, 6) == round(steps):
        parts = _shared(round(steps), weights)
    else:
        parts = _converted(total, weights, factors)
    return [Quantity(part, one.unit) for part, one in zip(parts, capacities, strict=True)]


def _shared(steps: int, weights: Sequence[float]) -> list[float]:
    """Share whole steps in proportion to the weights (largest remainders first)."""
    exact = [steps * weight / sum(weights) for weight in weights]
    parts = [int(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: steps - sum(parts)]:
        parts[i] += 1
    return [round(part * OUTPUT_STEP, 6) for part in parts]


def _converted(total: float, weights: Sequence[float], factors: Sequence[float]) -> list[float]:
    """Share a total that counts something else than the licences; the largest takes the rest."""
    parts = [
        round(round(total * weight / sum(weights) / factor / OUTPUT_STEP) * OUTPUT_STEP, 6)
        for weight, factor in zip(weights, factors, strict=True)
    ]
    largest = max(range(len(parts)), key=lambda i: (weights[i], -i))
    others = sum(
        part * factor
        for i, (part, factor) in enumerate(zip(parts, factors, strict=True))
        if i != largest
    )
    parts[largest] = round((total - others) / factors[largest], _EXACT_DIGITS)
    return parts
