"""How exactly the figures of a table must agree: every tolerance of the check, and why.

Quotas and issued capacities are whole multiples of a decimal step, so a real excess is never
smaller than a good part of a step, while adding ten thousand floating-point figures errs by
far less than a thousandth of one. The band between the two is where `amount` lies.
"""

from __future__ import annotations

import math
from decimal import Decimal

#: Largest excess over a cap, capacity, reserve or demand that passes, in the product's unit.
AMOUNT = 1e-6
#: Counts, sums of weights and relative misses: figures of size one, computed once in floats.
FIGURE = 1e-6
#: Figures in a plan's own unit, which may be a hundred million tonnes: a tenth of a tonne.
PRINTED = 1e-9
#: Kilometres of road: distances are told to the metre.
KILOMETRES = 1e-3
#: The same figure computed along two ways differs in the last of some fifteen digits.
RELATIVE = 1e-9
#: Share of a limit below which what is left of it may be called nothing.
RELATIVE_GRAIN = 1e-5
#: Distance from its bound at which a solver may still call a goal optimal, absolute or relative.
PROOF = 1e-6


def amount(step: float) -> float:
    """Return the tolerance on an amount rounded to `step`, in the same unit."""
    return min(AMOUNT, step / 1000)


def same(one: float, other: float, absolute: float = FIGURE) -> bool:
    """Whether two figures agree; never when one of them is not a number."""
    return abs(one - other) <= max(absolute, RELATIVE * max(abs(one), abs(other)))


def whole_multiple(figure: float, step: float) -> bool:
    """Whether the decimal that `figure` prints as is a whole number of printed `step`."""
    if not math.isfinite(figure) or not step > 0:
        return False
    quotient = Decimal(repr(float(figure))) / Decimal(repr(float(step)))
    nearest = quotient.to_integral_value()
    return Decimal(repr(float(figure))) == nearest * Decimal(repr(float(step)))
