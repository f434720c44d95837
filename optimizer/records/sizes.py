"""The production size class every right has at a year's end."""

from __future__ import annotations

from minequota.optimizer.answer import Answer
from minequota.scenarios.classes import class_of_capacity
from minequota.scenarios.plan import SizeClass
from minequota.scenarios.units import Quantity


def class_of(answer: Answer, m: int, y: int = -1) -> SizeClass:
    """Return the class of a right: the register's, or what its new capacity makes of it."""
    source = answer.problem.sources[m]
    if source.enlargement is not None:
        decided, year = answer.enlarged_in(m), answer.years[y]
        if decided is not None and decided <= year:
            return source.enlargement.size_class
    if source.size_class is not None:
        return source.size_class
    return class_of_capacity(
        answer.problem.plan,
        source.mineral.name,
        source.method,
        Quantity(answer.size(m, y), source.capacity_unit),
        source.product.density if source.product else None,
    )
