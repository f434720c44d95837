"""Whether a limit is kept, missed, or cannot be judged at all."""

from __future__ import annotations

from minequota.optimizer.allocation import Verdict
from minequota.optimizer.answer import BINDING


def verdict_of(
    sense: str,
    *,
    missed: float,
    used: float,
    limit: float | None,
    hoped: str | None = None,
    judged: bool = True,
) -> Verdict:
    """Return the verdict on one limit.

    Parameters
    ----------
    sense
        Of the clause; a forecast is judged by the side the text hopes for, if it says one.
    missed
        By how much the clause is missed, in its unit.
    used, limit
        In the clause's unit; no limit, no verdict.
    hoped
        ``floor`` or ``ceiling``, of a forecast.
    judged
        False where the figure rests on a base that the program made up.
    """
    if limit is None:
        return "none"
    if sense == "forecast" and hoped is None:
        return "none"
    if not judged:
        return "not_judged"
    allowed = BINDING * max(1.0, abs(limit))
    if sense == "forecast":
        missed = limit - used if hoped == "floor" else used - limit
    return "missed" if missed > allowed else "met"
