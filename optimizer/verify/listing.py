"""Whether a list of records holds exactly the rows it must: none missing, twice or unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from minequota.optimizer.verify.fault import Fault, fault


def listing_faults(
    family: str,
    found: Iterable[str],
    required: Iterable[str],
    known: Iterable[str] | None = None,
) -> list[Fault]:
    """Return the rows of `family` that are missing, repeated or unknown.

    Parameters
    ----------
    family
        The prefix of the fault codes, such as ``"action"``.
    found
        The rows' ids, as the records have them.
    required
        The ids that must be there once.
    known
        The ids that may be there; those required where not given.
    """
    counts = Counter(found)
    must = list(dict.fromkeys(required))
    may = set(must) if known is None else {*must, *known}
    faults = [fault(f"{family}_missing", one) for one in must if one not in counts]
    faults += [
        fault(f"{family}_repeated", one, times=times) for one, times in counts.items() if times > 1
    ]
    faults += [fault(f"{family}_unknown", one) for one in counts if one not in may]
    return faults


def fact_faults(code: str, where: str, facts: Iterable[tuple[str, object, object]]) -> list[Fault]:
    """Return a fault per (field, found, expected) that differs."""
    return [
        fault(code, where, field=field, found=found, expected=expected)
        for field, found, expected in facts
        if found != expected
    ]
