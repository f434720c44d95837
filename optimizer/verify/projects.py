"""Listed mergers and expansions of registered rights, as pandas frames."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from minequota.optimizer.verify.amounts import Ore, in_unit, quantity_in
from minequota.optimizer.verify.candidates import known
from minequota.optimizer.verify.minimums import Mine, admission, existing_minimum
from minequota.optimizer.verify.policy import keep_points
from minequota.optimizer.verify.rows import Row
from minequota.optimizer.verify.sizes import RANK, size_class
from minequota.scenarios.plan import Product
from minequota.scenarios.projects import Expansion, Merger
from minequota.scenarios.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

MERGED_COLUMNS = (
    *("members", "name", "holder", "county", "mineral", "product", "group", "authority", "zone"),
    *("method", "ore", "size_class", "traits", "keep_points", "capacity", "capacity_before"),
    *("capacity_unit", "factor", "reserves", "minimum", "lasting", "refused", "service_limit"),
    "synthetic",
    *("use", "parts", "first_year", "last_year", "yields_from", "assumed", "source", "green"),
)
EXPANSION_COLUMNS = (
    *("right", "capacity", "capacity_before", "minimum", "refused", "service_limit", "reserves"),
    *("size_class", "first_year", "last_year", "yields_from", "assumed", "source"),
)


def _largest(classes: list[str | None]) -> Any:
    """Return the largest of some size classes; None where none is known."""
    stated = [one for one in classes if one in RANK]
    return max(stated, key=lambda one: RANK[one or ""], default=None)


def _ore_of(right: Row, unit: str, product: Product | None) -> float:
    """Return a member's capacity counted in `unit` of ore."""
    density = right["ore"].density or (None if product is None else product.density)
    return in_unit(right["capacity"], right["capacity_unit"], unit, density)


def _mixed(members: list[Row], weights: list[float]) -> Ore:
    """Return the members' ore together, weighed by capacity; None where one says nothing."""

    def mean(name: str) -> float | None:
        stated = [getattr(one["ore"], name) for one in members]
        if None in stated or not math.fsum(weights) > 0:
            return None
        weighed = (weight * value for weight, value in zip(weights, stated, strict=True))
        return math.fsum(weighed) / math.fsum(weights)

    return Ore(*(mean(name) for name in ("density", "grade", "recovery", "block_yield")))


def _merged(scenario: Scenario, merger: Merger, members: list[Row]) -> dict[str, Any]:
    """Return what becomes of the members; it lies where the first of them lies."""
    plan, options, first = scenario.plan, scenario.question.options, members[0]
    mineral, product = known(plan, first["mineral"])
    unit = first["capacity_unit"]
    parts = [_ore_of(one, unit, product) for one in members]
    ore = _mixed(members, parts)
    density = ore.density or (None if product is None else product.density)
    before = math.fsum(parts)
    # Its ore is the members' ore, each weighed by its capacity.
    made = math.fsum(one["capacity"] * one["factor"] for one in members)
    factor = made / before if before > 0 else first["factor"]
    stated = quantity_in(merger.capacity, unit, density)
    capacity = before if merger.capacity is None else stated
    reserves = quantity_in(merger.reserves, unit, density)
    if merger.reserves is None:
        # What the members' ore holds, each by its own grade, as ore of the merged right.
        reserves = math.fsum(one["reserves"] * one["factor"] for one in members) / factor
    method = merger.method or first["method"]
    deposit = merger.deposit_class or _largest([one["deposit"] for one in members])
    asked, refused, lasting = 0.0, "", math.nan
    if mineral is not None:
        mine = Mine(mineral, product, unit, ore, deposit, method)
        asked, refused = admission(plan, mine, "merged")
        lasting = existing_minimum(plan, mine)
    life = options.least_service_life
    decided = size_class(plan, first["mineral"], method, capacity, unit, ore.density)
    grown = _largest([decided, *(one["size_class"] for one in members)])
    large = grown in ("large", "medium")
    area = next((one.area for one in scenario.rights if one.licence == merger.members[0]), "")
    traits = keep_points(plan, mineral, area, green=False, large_medium=large)
    keep = options.preference.keep
    return {
        "members": merger.members,
        "name": merger.name,
        "holder": merger.holder,
        **{name: first[name] for name in ("county", "mineral", "product", "group", "authority")},
        "zone": first["zone"],
        "method": method,
        "ore": ore,
        "size_class": grown,
        "traits": traits,
        "keep_points": sum(keep.get(trait, 0.0) for trait in traits),
        "capacity": capacity,
        "capacity_before": before,
        "capacity_unit": unit,
        "factor": factor,
        "reserves": reserves,
        "minimum": asked,
        "lasting": lasting,
        "refused": refused,
        "service_limit": math.nan if life is None else reserves / life,
        "synthetic": any(one["synthetic"] for one in members),
        "use": first["use"],
        # What merely stands still may be started again by whoever takes it over.
        "parts": tuple(
            one | {"works_from": -math.inf} if merger.revives and one["stands_still"] else one
            for one in members
        ),
        "first_year": None if merger.years is None else merger.years.first,
        "last_year": None if merger.years is None else merger.years.last,
        "yields_from": merger.yields_from,
        "assumed": merger.assumed,
        "source": merger.source,
        "green": False,
    }


def mergers_frame(scenario: Scenario, rights: dict[str, Row]) -> pd.DataFrame:
    """Return one row per listed merger whose members the register has, by ``merger:ID``."""
    import pandas as pd

    rows = {
        f"merger:{merger.id}": _merged(scenario, merger, [rights[one] for one in merger.members])
        for merger in scenario.question.mergers
        if set(merger.members) <= set(rights)
    }
    index = pd.Index(list(rows), dtype=object, name="right")
    frame = pd.DataFrame(
        list(rows.values()), index=index, columns=list(MERGED_COLUMNS), dtype=object
    )
    frame["holder"] = frame["holder"].where(frame["holder"] != "", frame.index.to_series())
    numbers = ("capacity", "capacity_before", "factor", "reserves", "minimum", "lasting")
    return frame.astype(dict.fromkeys((*numbers, "service_limit"), float))


def _licence(expansion: Expansion, rights: dict[str, Row]) -> str | None:
    """Return the licence of the right an expansion names by licence or name."""
    if expansion.right in rights:
        return expansion.right
    named = [licence for licence, row in rights.items() if row["name"] == expansion.right]
    return named[0] if len(named) == 1 else None


def _expanded(scenario: Scenario, expansion: Expansion, licence: str, right: Row) -> dict[str, Any]:
    plan, unit, ore = scenario.plan, right["capacity_unit"], right["ore"]
    mineral, product = known(plan, right["mineral"])
    density = ore.density or (None if product is None else product.density)
    capacity = quantity_in(expansion.capacity, unit, density)
    reserves = quantity_in(expansion.reserves, unit, density)
    asked, refused = 0.0, ""
    if mineral is not None and expansion.enlarges_area:
        mine = Mine(mineral, product, unit, ore, right["deposit"], right["method"])
        asked, refused = admission(plan, mine, "enlarged")
    life = scenario.question.options.least_service_life
    known_reserves = right["reserves"] if math.isnan(reserves) else reserves
    decided = size_class(plan, right["mineral"], right["method"], capacity, unit, ore.density)
    return {
        "right": licence,
        "capacity": capacity,
        "capacity_before": right["capacity"],
        "minimum": asked,
        "refused": refused,
        "service_limit": math.nan if life is None else known_reserves / life,
        "reserves": known_reserves,
        "size_class": _largest([decided, right["size_class"]]),
        "first_year": None if expansion.years is None else expansion.years.first,
        "last_year": None if expansion.years is None else expansion.years.last,
        "yields_from": expansion.yields_from,
        "assumed": expansion.assumed,
        "source": expansion.source,
    }


def expansions_frame(scenario: Scenario, rights: dict[str, Row]) -> pd.DataFrame:
    """Return one row per listed expansion of a registered right, indexed by its id."""
    import pandas as pd

    rows = {}
    for expansion in (*scenario.plan.expansions, *scenario.question.expansions):
        licence = _licence(expansion, rights)
        if licence is not None:
            rows[expansion.id] = _expanded(scenario, expansion, licence, rights[licence])
    index = pd.Index(list(rows), dtype=object, name="id")
    frame = pd.DataFrame(
        list(rows.values()), index=index, columns=list(EXPANSION_COLUMNS), dtype=object
    )
    numbers = ("capacity", "capacity_before", "minimum", "service_limit", "reserves")
    return frame.astype(dict.fromkeys(numbers, float))
