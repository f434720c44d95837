"""How each quota was fulfilled, recomputed, and what of it has to stand in `overproduced`."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any

from minequota.optimizer.verify.amounts import in_unit
from minequota.scenarios.units import Quantity

_NEAR = 1e-6


def fulfilment_faults(
    said: Mapping[str, Any],
    quotas: Mapping[str, Mapping[str, Any]],
    members: Mapping[str, Iterable[str]],
    licences: Set[str],
    made: Callable[[str, Mapping[str, Any]], float | None],
) -> Iterable[str]:
    """Yield what is wrong with the records of `roll.json`.

    Parameters
    ----------
    said
        `roll.json`.
    quotas
        The run's figures of the year passed, by right.
    members
        Of the run's mergers, by id.
    licences
        Those of the register before the year.
    made
        Gives what a right made, in the unit of its quota; None where it is not known.
    """
    records: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in said["fulfilment"]:
        records[one["right"]].append(one)
    parts: set[str] = set()
    for right, quota in quotas.items():
        if right in licences:
            whole = [one for one in records[right] if not one["split"]]
            if len(whole) != 1:
                yield f"{right}: its quota has {len(whole)} records of fulfilment"
            for one in whole:
                yield from _against_quota(one, quota, made(right, quota))
        elif right in members:
            shared = [one for m in members[right] for one in records[m] if one["split"]]
            parts |= {*members[right]}
            if bool(shared) == bool(records[right]):
                yield f"{right}: its quota is recorded for it and its members, or for none"
            figure = sum(one["quota"] for one in shared)
            if shared and not math.isclose(figure, quota["ore"], rel_tol=_NEAR, abs_tol=_NEAR):
                yield f"{right}: its members' shares make {figure:.10g} of {quota['ore']:.10g}"
    for right in records:
        if right not in quotas and right not in parts:
            yield f"{right}: a fulfilment without a quota"
    for one in said["fulfilment"]:
        yield from _within(one, said["options"]["tolerance"])


def _against_quota(
    one: Mapping[str, Any], quota: Mapping[str, Any], made: float | None
) -> Iterable[str]:
    right = one["right"]
    for name, key in (("quota", "ore"), ("unit", "ore_unit"), ("kind", "kind"), ("use", "use")):
        if one[name] != quota[key]:
            yield f"{right}: {name} is {one[name]}, the run gave {quota[key]}"
    if one["awaiting"] != quota["awaiting"]:
        yield f"{right}: awaiting is {one['awaiting']}"
    found = one["produced"]
    if (found is None) != (made is None) or (
        made is not None and not math.isclose(found, made, rel_tol=_NEAR, abs_tol=_NEAR)
    ):
        yield f"{right}: produced {found}, recomputed {made}"


def _within(one: Mapping[str, Any], tolerance: float) -> Iterable[str]:
    """Yield what does not follow from a record's own quota and output."""
    right, figure, made = one["right"], one["quota"], one["produced"]
    known = made is not None and not one["awaiting"]
    over = max(0.0, made - figure) if known else 0.0
    unused = max(0.0, figure - made) if known else 0.0
    rate = made / figure if known and figure > 0 else None
    for name, expected in (("excess", over), ("unused", unused), ("rate", rate)):
        found = one[name]
        if (found is None) != (expected is None) or (
            expected is not None and not math.isclose(found, expected, rel_tol=_NEAR, abs_tol=_NEAR)
        ):
            shown = "none" if found is None else f"{found:.10g}"
            yield f"{right}: {name} {shown}, recomputed {expected}"
    entitled = one["kind"] == "control" and one["use"] != "comprehensive" and bool(one["heir"])
    if abs(over - tolerance * figure) <= _NEAR * max(figure, 1.0):
        return  # on the border, where noise decides
    if one["entered"] != (entitled and over > tolerance * figure):
        yield f"{right}: entered is {one['entered']}, its excess {over:.10g}"


def overproduced_faults(
    said: Mapping[str, Any],
    question: Mapping[str, Any],
    passed: int,
    density: Callable[[str], float | None],
) -> Iterable[str]:
    """Yield what is wrong with `overproduced` of the rolled scenario."""
    expected: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for one in said["fulfilment"]:
        if one["entered"]:
            expected[one["heir"]].append((one["excess"], one["unit"]))
    listed = question.get("overproduced") or {}
    for licence in sorted({*expected} ^ {*listed}):
        yield f"{licence}: its over-production is entered without reason or not entered"
    for licence in sorted({*expected} & {*listed}):
        amount = Quantity.parse(str(listed[licence]["amount"]))
        total = sum(
            in_unit(value, unit, amount.unit, density(licence)) for value, unit in expected[licence]
        )
        if not math.isclose(amount.value, total, rel_tol=_NEAR, abs_tol=_NEAR):
            yield f"{licence}: overproduced {amount}, recomputed {total:.10g}"
        if listed[licence]["year"] != passed:
            yield f"{licence}: overproduced in {listed[licence]['year']}, rolled is {passed}"
