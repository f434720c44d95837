"""Whether a list of records holds exactly the rows it must: none missing, twice or unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import TypeVar

from minequota.optimizer.verify.fault import Fault, fault

Ident = TypeVar("Ident", bound=Hashable)


def _shown(ident: object) -> str:
    """Return a row's name, its year behind it."""
    if not isinstance(ident, tuple):
        return str(ident)
    words = [str(one) for one in ident if isinstance(one, str)]
    return " ".join([*words, *(str(one) for one in ident if not isinstance(one, str))])


def keyed_faults(
    family: str,
    found: Iterable[Ident],
    required: Iterable[Ident],
    known: Iterable[Ident] | None = None,
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
    may = set(must) if known is None else set(must) | set(known)
    faults = [fault(f"{family}_missing", _shown(one)) for one in must if one not in counts]
    faults += [
        fault(f"{family}_repeated", _shown(one), times=times)
        for one, times in counts.items()
        if times > 1
    ]
    faults += [fault(f"{family}_unknown", _shown(one)) for one in counts if one not in may]
    return faults


def listing_faults(
    family: str,
    found: Iterable[str],
    required: Iterable[str],
    known: Iterable[str] | None = None,
) -> list[Fault]:
    """Return the rows of `family` that are missing, repeated or unknown, by their one id."""
    return keyed_faults(family, found, required, known)


def fact_faults(code: str, where: str, facts: Iterable[tuple[str, object, object]]) -> list[Fault]:
    """Return a fault per (field, found, expected) that differs."""
    return [
        fault(code, where, field=field, found=found, expected=expected)
        for field, found, expected in facts
        if found != expected
    ]
