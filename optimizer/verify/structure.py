"""Numbers and size classes of the rights held: counts, ratios and the structure table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from minequota.optimizer.verify.clauses import miss
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import listing_faults
from minequota.optimizer.verify.reckoning import Reckoning, in_scope
from minequota.optimizer.verify.rows import rows_of
from minequota.optimizer.verify.shape import SIZES, Records
from minequota.optimizer.verify.tolerance import FIGURE

if TYPE_CHECKING:
    import pandas as pd

GROUPS = ("energy", "metal", "non_metal", "water_gas")


@dataclass(frozen=True)
class Numbers:
    """The rights a count or ratio speaks of, and what it asks of them."""

    held: int
    large_medium: int
    registered: int
    used: float
    limit: float
    base: float
    missed: float


def numbers(clause: Any, inputs: Inputs, reckoning: Reckoning) -> Numbers:
    """Return the figures of one count or ratio; `missed` is in rights."""
    scope = clause["scope"]
    held = in_scope(reckoning.all_held, scope)
    large_medium = int(held["size_class"].isin(("large", "medium")).sum())
    registered = len(in_scope(inputs.rights, scope))
    if clause["code"] == "COUNT":
        used, limit = float(len(held)), clause["limit"]
        base = limit or 1.0
    else:
        used, limit = float(large_medium), clause["share"] * len(held)
        base = clause["share"] * registered or 1.0
    missed = miss(clause["sense"], used, limit, clause["tolerance"])
    return Numbers(len(held), large_medium, registered, used, limit, base, missed)


def _kept_faults(inputs: Inputs, reckoning: Reckoning) -> list[Fault]:
    faults = []
    for name, clause in inputs.count.items():
        found = numbers(clause, inputs, reckoning)
        if clause["attribute"] != "binding" or found.missed <= FIGURE:
            continue
        if clause["code"] == "RATIO":
            faults.append(
                fault(
                    "ratio_missed",
                    name,
                    used=found.large_medium,
                    held=found.held,
                    share=clause["share"],
                )
            )
        else:
            code = "count_exceeded" if found.used > found.limit else "count_not_reached"
            faults.append(fault(code, name, used=found.used, limit=found.limit))
    return faults


def _tally(frame: pd.DataFrame) -> Counter[tuple[str, str, str]]:
    """Return how many rights of each size stand in each line (by, key)."""
    columns = (frame[name] for name in ("group", "county", "size_class"))
    counts: Counter[tuple[str, str, str]] = Counter()
    for group, county, size in zip(*columns, strict=True):
        counts["all", "", size] += 1
        counts["county", county, size] += 1
        counts["group", group or "", size] += 1
    return counts


def _expected_rows(inputs: Inputs, reckoning: Reckoning) -> Callable[[str, str], dict[str, int]]:
    """Return the recount of any line of the table."""
    base, after = _tally(inputs.rights), _tally(reckoning.all_held)
    leaving, issued = _tally(reckoning.leaving), _tally(reckoning.issued)

    def line(by: str, key: str) -> dict[str, int]:
        place = "" if by == "all" else key
        return {
            **{f"base_{size}": base[by, place, size] for size in SIZES},
            "leaving": sum(leaving[by, place, size] for size in SIZES),
            "issued": sum(issued[by, place, size] for size in (*SIZES, "unknown")),
            **{size: after[by, place, size] for size in SIZES},
        }

    return line


def structure_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return which counts and ratios are missed and which rows of the table are miscounted."""
    faults = _kept_faults(inputs, reckoning)
    line = _expected_rows(inputs, reckoning)
    table = records.structure
    places = [place.name for place in inputs.scenario.plan.counties]
    for by, known in (("group", list(GROUPS)), ("county", places)):
        rows = table.loc[table["by"] == by, "key"]
        seen = {*inputs.rights[by].dropna(), *reckoning.issued[by].dropna()}
        needed = [key for key in known if key in seen]
        faults += listing_faults("structure", rows, needed, known)
    whole = ["all"] * int((table["by"] == "all").sum())
    faults += listing_faults("structure", whole, ["all"])
    for row in rows_of(table):
        by, key = row["by"], row["key"]
        faults += [
            fault(
                "structure_miscounted",
                f"{by} {key}",
                field=name,
                found=row[name],
                expected=figure,
            )
            for name, figure in line(by, key).items()
            if row[name] != figure
        ]
    return faults
