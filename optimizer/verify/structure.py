"""Numbers and size classes of the rights held: counts, ratios, holders, the structure table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.fields import SIZES
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import keyed_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.scopes import in_scope
from minequota.optimizer.verify.senses import miss
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import FIGURE

if TYPE_CHECKING:
    import pandas as pd

GROUPS = ("energy", "metal", "non_metal", "water_gas")
#: Clauses that count rights or their holders.
COUNTED = ("COUNT", "RATIO", "HOLDER")
MOVES = ("leaving", "merged", "issued")


@dataclass(frozen=True)
class Numbers:
    """The rights a count, ratio or limit on holders speaks of, and what it asks of them."""

    held: int
    large_medium: int
    registered: int
    used: float
    limit: float
    base: float
    missed: float


def numbers(clause: Row, inputs: Inputs, reckoning: Reckoning) -> Numbers:
    """Return the figures of one clause; `missed` is in rights, or in holders."""
    scope = clause["scope"]
    held = in_scope(reckoning.held(clause["year"]), scope)
    large_medium = int(held["size_class"].isin(("large", "medium")).sum())
    registered = len(in_scope(inputs.rights, scope))
    if clause["code"] == "RATIO":
        used, limit = float(large_medium), clause["share"] * len(held)
        base = clause["share"] * registered or 1.0
    else:
        counted = held["holder"].nunique() if clause["code"] == "HOLDER" else len(held)
        used, limit = float(counted), clause["limit"]
        base = limit or 1.0
    missed = miss(clause["sense"], used, limit, clause["tolerance"])
    return Numbers(len(held), large_medium, registered, used, limit, base, missed)


def _kept_faults(inputs: Inputs, reckoning: Reckoning) -> list[Fault]:
    faults = []
    for (name, year), clause in inputs.count.items():
        if clause["code"] not in COUNTED or clause["attribute"] != "binding":
            continue
        found, where = numbers(clause, inputs, reckoning), f"{name} {year}"
        if found.missed <= FIGURE:
            continue
        if clause["code"] == "RATIO":
            faults.append(
                fault(
                    "ratio_missed",
                    where,
                    used=found.large_medium,
                    held=found.held,
                    share=clause["share"],
                )
            )
        else:
            way = "exceeded" if found.used > found.limit else "not_reached"
            code = f"{'holders' if clause['code'] == 'HOLDER' else 'count'}_{way}"
            faults.append(fault(code, where, used=found.used, limit=found.limit))
    return faults


Line = tuple[str, str]


def _lines_of(row: Row) -> tuple[Line, ...]:
    """Return the lines (by, key) of the table that a right stands in."""
    return ("all", ""), ("county", row["county"]), ("group", row["group"] or "")


def _tally(frame: pd.DataFrame) -> Counter[tuple[Line, str]]:
    """Return how many rights of each size stand in each line."""
    return Counter((line, row["size_class"]) for row in rows_of(frame) for line in _lines_of(row))


def _moves(inputs: Inputs, reckoning: Reckoning, year: int) -> Counter[tuple[Line, str]]:
    """Return how many rights have left, vanished in mergers and been issued by a year's end.

    A merger of three leaves two rights fewer: its members vanish, and one right appears.
    """
    moves: Counter[tuple[Line, str]] = Counter()

    def move(row: Row, name: str, number: int) -> None:
        for line in _lines_of(row):
            moves[line, name] += number

    for right in reckoning.gone(year):
        move(inputs.right[right], "leaving", 1)
    for right in reckoning.gone(year, "merge"):
        move(inputs.right[right], "merged", 1)
    for right, decided in reckoning.decisions.merged.items():
        if decided <= year:
            move(inputs.merger[right], "merged", -1)
    for row in reckoning.decisions.issued.values():
        if row["year"] <= year:
            move(row, "issued", 1)
    return moves


def _expected_rows(
    inputs: Inputs, reckoning: Reckoning
) -> Callable[[int, str, str], dict[str, int]]:
    """Return the recount of any line of the table."""
    base = _tally(inputs.rights)
    years = inputs.horizon.years
    after = {year: _tally(reckoning.held(year)) for year in years}
    moved = {year: _moves(inputs, reckoning, year) for year in years}

    def line(year: int, by: str, key: str) -> dict[str, int]:
        place = (by, "" if by == "all" else key)
        return {
            **{f"base_{size}": base[place, size] for size in SIZES},
            **{name: moved[year][place, name] for name in MOVES},
            **{size: after[year][place, size] for size in SIZES},
        }

    return line


def _listed_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return the lines that are missing, repeated or unknown."""
    table, faults = records.structure, []
    places = [place.name for place in inputs.scenario.plan.counties]
    moved = [*reckoning.decisions.issued.values(), *inputs.right.values()]
    for by, known in (("group", list(GROUPS)), ("county", places)):
        rows = table[table["by"] == by]
        seen = {row[by] for row in moved}
        needed = [key for key in known if key in seen]
        faults += keyed_faults(
            "structure",
            zip(rows["key"], rows["year"], strict=True),
            [(key, year) for year in inputs.horizon.years for key in needed],
            [(key, year) for year in inputs.horizon.years for key in known],
        )
    whole = [("all", year) for year in table.loc[table["by"] == "all", "year"]]
    return faults + keyed_faults(
        "structure", whole, [("all", year) for year in inputs.horizon.years]
    )


def structure_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return which counts and ratios are missed and which rows of the table are miscounted."""
    faults = _kept_faults(inputs, reckoning) + _listed_faults(inputs, records, reckoning)
    line = _expected_rows(inputs, reckoning)
    for row in rows_of(records.structure):
        year, by, key = row["year"], row["by"], row["key"]
        faults += [
            fault(
                "structure_miscounted",
                f"{by} {key} {year}",
                field=name,
                found=row[name],
                expected=figure,
            )
            for name, figure in line(year, by, key).items()
            if row[name] != figure
        ]
    return faults
