"""Who is held at the end of each year, and what each right can make: rebuilt from the decisions.

Facts come from the inputs; of the records only the decisions count: who leaves, merges, expands
or is issued, when, and how large a new right is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from minequota.optimizer.verify.amounts import in_unit
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.rows import Row, rows_by_id, rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.sizes import size_class

if TYPE_CHECKING:
    import pandas as pd

LEAVING = ("leave_forced", "leave_chosen")
GONE = (*LEAVING, "merge")
COLUMNS = (
    *("year", "right", "origin", "name", "county", "mineral", "product", "group", "authority"),
    *("holder", "zone", "use", "synthetic", "size_class", "capacity", "capacity_unit", "ore"),
    *("factor", "usable", "weighs", "top", "least", "works", "keep_points", "reserves"),
    *("expanded", "listed", "traits", "parts"),
)


@dataclass(frozen=True)
class Decisions:
    """What the records decide: kinds and years by licence, sizes and years of new rights.

    `gone` holds the year a right leaves or merges in; `enlarged` the project and year of each
    right that expands; `merged` the year of each merged right; `issued` the row of each new one,
    with `capacity` in the candidate's unit and its `size_class`.
    """

    kind: dict[str, str]
    gone: dict[str, int]
    enlarged: dict[str, tuple[str, int]]
    merged: dict[str, int]
    issued: dict[str, Row]


def read_decisions(inputs: Inputs, records: Records) -> Decisions:
    """Return the decisions on known rights; of rights listed twice the first."""
    actions = rows_by_id(records.actions.drop_duplicates("right").set_index("right"))
    known = {right: row for right, row in actions.items() if right in inputs.right}
    projects = rows_of(records.reorganisations.drop_duplicates("id"))
    expanding = [row for row in projects if row["kind"] == "expand"]
    plan = inputs.scenario.plan
    issued = {}
    for right, row in rows_by_id(
        records.issuance.drop_duplicates("right").set_index("right")
    ).items():
        candidate = inputs.candidate.get(right)
        if candidate is None:
            continue
        unit = candidate["capacity_unit"]
        capacity = in_unit(row["capacity"], row["capacity_unit"], unit, candidate["density"])
        decided = size_class(
            plan, candidate["mineral"], candidate["method"], capacity, unit, candidate["density"]
        )
        issued[right] = candidate | {
            "capacity": capacity,
            "size_class": decided,
            "year": row["year"],
        }
    return Decisions(
        kind={right: row["kind"] for right, row in known.items()},
        gone={right: row["year"] for right, row in known.items() if row["kind"] in GONE},
        enlarged={
            inputs.expansion[row["id"]]["right"]: (row["id"], row["year"])
            for row in expanding
            if row["id"] in inputs.expansion
        },
        merged={
            f"merger:{row['id']}": row["year"]
            for row in projects
            if row["kind"] == "merge" and f"merger:{row['id']}" in inputs.merger
        },
        issued=issued,
    )


def _bounds(
    inputs: Inputs,
    row: Row,
    capacities: tuple[float, float],
    asked: float,
    share: float = 1.0,
) -> dict[str, float]:
    """Return the most and, while it runs, the least output of a right in its product's unit.

    `capacities` are what it can use and what it weighs. Of a right that is still ramping up,
    `share` of what is `asked` of it in the end.
    """
    usable, weighs = capacities
    options = inputs.scenario.question.options
    full = usable * row["factor"] * options.availability
    reserves = row["reserves"] * row["factor"]
    top = full if math.isnan(reserves) else min(full, reserves)
    least = options.min_load * full
    if options.minimum_binds_output and not math.isnan(asked):
        least = max(least, min(asked * share, usable) * row["factor"] * options.availability)
    return {"usable": usable, "weighs": weighs, "top": top, "least": least}


def _held(inputs: Inputs, year: int, right: str, decisions: Decisions) -> Row:
    row = inputs.right[right]
    capacity = full = row["capacity"]
    size, reserves, expanded = row["size_class"], row["reserves"], None
    if right in decisions.enlarged and decisions.enlarged[right][1] <= year:
        ident, expanded = decisions.enlarged[right]
        project = inputs.expansion[ident]
        capacity, size = project["capacity"], project["size_class"]
        reserves = project["reserves"]
        if inputs.horizon.enlarged(expanded, year, project["yields_from"]):
            full = capacity
    facts = row | {"reserves": reserves}
    # A share listed for the year is one of the capacity registered, not of what is added to it.
    listed = row["shares"].get(year, 1.0)
    usable = full - row["capacity"] * (1.0 - listed)
    part = usable / full if full > 0 else 1.0
    return facts | {
        "origin": "register",
        "size_class": size,
        "capacity": capacity,
        "works": year >= row["works_from"],
        "expanded": expanded,
        "listed": listed,
        **_bounds(inputs, facts, (usable, full), row["asked"], part),
    }


def _new(inputs: Inputs, year: int, row: Row) -> Row:
    share = inputs.horizon.new_share(row["year"], year, row["yields_from"])
    usable = row["capacity"] * share
    return row | {
        "origin": row["kind"],
        "works": True,
        "expanded": None,
        "listed": 1.0,
        **_bounds(inputs, row, (usable, usable), row["minimum"], share),
    }


def _merged(inputs: Inputs, year: int, right: str, decided: int) -> Row:
    row = inputs.merger[right]
    # A merger lifts no seal: what members bring that may not produce stays idle.
    able = [part for part in row["parts"] if year >= part["works_from"]]
    whole = math.fsum(part["capacity"] * part["factor"] for part in row["parts"])
    working = math.fsum(part["capacity"] * part["factor"] for part in able)
    # Each member brings the share of its capacity that is listed for it.
    ready = math.fsum(
        part["capacity"] * part["factor"] * part["shares"].get(year, 1.0) for part in able
    )
    share = inputs.horizon.merged_share(decided, year, row["yields_from"])
    weighs = row["capacity"] * share * (working / whole if whole > 0 else float(bool(able)))
    listed = ready / working if working > 0 else 1.0
    return row | {
        "origin": "merged",
        "works": bool(able),
        "expanded": None,
        "listed": listed if share > 0 else 1.0,
        **_bounds(inputs, row, (weighs * listed, weighs), row["minimum"], share),
    }


def holdings_frame(inputs: Inputs, decisions: Decisions) -> pd.DataFrame:
    """Return one row per year and right held at its end.

    `capacity` is what the licence says that year, `usable` what of it can be worked and `weighs`
    what it counts with when output is shared, all in `capacity_unit`; `listed` is the share of a
    registered capacity, or of a merger's members', that the scenario lists for the year. `top` and
    `least` bound the output, in the product's unit. `expanded` is the year an expansion was
    decided in.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for year in inputs.horizon.years:
        held: dict[str, Row] = {
            right: _held(inputs, year, right, decisions)
            for right in inputs.right
            if decisions.gone.get(right, year + 1) > year
        }
        held |= {
            right: _new(inputs, year, row)
            for right, row in decisions.issued.items()
            if row["year"] <= year
        }
        held |= {
            right: _merged(inputs, year, right, decided)
            for right, decided in decisions.merged.items()
            if decided <= year
        }
        rows += [row | {"year": year, "right": right} for right, row in held.items()]
    frame = pd.DataFrame(
        [{name: row[name] for name in COLUMNS} for row in rows], columns=list(COLUMNS), dtype=object
    )
    numbers = (
        *("capacity", "factor", "usable", "weighs", "top", "least"),
        *("keep_points", "reserves", "listed"),
    )
    return frame.astype({**dict.fromkeys(numbers, float), "works": bool, "year": int})
