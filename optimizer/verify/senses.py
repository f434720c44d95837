"""What a sense makes of a figure: by how much it is missed, and whether it is kept."""

from __future__ import annotations

from minequota.optimizer.verify.tolerance import FIGURE

#: Senses that hold output down: what a demand taken "from the cap" may rest on.
UPPER = ("ceiling", "level", "about")


def miss(sense: str, used: float, limit: float, tolerance: float) -> float:
    """Return by how much `used` misses `limit`, one-sided unless the sense has two sides."""
    if sense == "ceiling":
        return max(0.0, used - limit)
    if sense == "floor":
        return max(0.0, limit - used)
    if sense == "level":
        return abs(used - limit)
    if sense == "about":
        return max(0.0, abs(used - limit) - tolerance * limit)
    return 0.0


def slack(sense: str, used: float, limit: float, band: float) -> float:
    """Return how much room is left below or above a limit; negative where it is missed."""
    if sense == "floor":
        return used - limit
    if sense == "level":
        return -abs(used - limit)
    if sense == "about":
        return band - abs(used - limit)
    return limit - used


def verdict(
    sense: str, used: float, limit: float, missed: float, hoped: str | None, judged: bool = True
) -> str:
    """Return whether a limit is kept, as a table says it.

    A forecast is judged by the side its text hopes for, if any; nothing is judged by a base that
    was made up. What is missed by less than a millionth of the limit is kept.
    """
    if sense == "forecast":
        if hoped is None:
            return "none"
        missed = miss(hoped, used, limit, 0.0)
    if not judged:
        return "not_judged"
    return "met" if missed <= FIGURE * max(1.0, abs(limit)) else "missed"
