"""Whom a clause speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from minequota.scenarios.plan import Scope

if TYPE_CHECKING:
    import pandas as pd


def in_scope(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return the rows of `frame` a clause speaks of."""
    groups = groups_of(scope)
    for name, asked in (("mineral", scope.minerals), ("group", groups), ("zone", scope.zones)):
        if asked:
            frame = frame[frame[name].isin(tuple(asked))]
    for name in ("county", "authority"):
        asked_one = getattr(scope, name)
        if asked_one is not None:
            frame = frame[frame[name] == asked_one]
    return frame


def is_in_scope(row: Mapping[str, Any], scope: Scope) -> bool:
    """Whether a clause speaks of one right."""
    groups = groups_of(scope)
    return (
        (not scope.minerals or row["mineral"] in scope.minerals)
        and (not groups or row["group"] in groups)
        and (not scope.zones or row["zone"] in scope.zones)
        and scope.county in (None, row["county"])
        and scope.authority in (None, row["authority"])
    )


def groups_of(scope: Scope) -> frozenset[str]:
    """Return the mineral groups a scope names, one by one or together."""
    return frozenset(scope.groups) | ({scope.group} if scope.group is not None else frozenset())
