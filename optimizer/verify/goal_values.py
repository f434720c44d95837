"""Every goal's value, from the final tables alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from minequota.optimizer.verify.balance import not_handed, unmet
from minequota.optimizer.verify.caps import cap_missed, cap_used
from minequota.optimizer.verify.exchanges import swapped
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rights import forced_year
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.scopes import is_in_scope
from minequota.optimizer.verify.senses import miss
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.structure import COUNTED, numbers
from minequota.optimizer.verify.weights import unevenness
from minequota.optimizer.verify.zones import zone_used

#: Points of a right's leaving on no ground at all, so that a stronger ground is cheaper.
COST_OF_LEAVING = 20.0
Values = dict[str, float | None]


def year_weight(inputs: Inputs, year: int) -> float:
    """Return the weight of a year in goals summed over years."""
    return inputs.scenario.question.options.year_weights.get(year, 1.0)


def _missed(inputs: Inputs, reckoning: Reckoning, clause: Row) -> tuple[float, float]:
    """Return by how much a clause on rights or zones is missed, and what measures the miss."""
    if clause["code"] in COUNTED:
        found = numbers(clause, inputs, reckoning)
        return found.missed, found.base
    if clause["code"] == "EXCHANGE":
        leaving = (row for row in inputs.right.values() if is_in_scope(row, clause["leaving"]))
        base = clause["ratio"] * sum(1 for _ in leaving)
        swap = swapped(clause, inputs, reckoning)
        used = swap.entered + base - swap.room
        return miss(clause["sense"], used, base, clause["tolerance"]), base or 1.0
    used = zone_used(clause, inputs, reckoning)
    limit = clause["limit"]
    return miss(clause["sense"], used, limit, clause["tolerance"]), limit or 1.0


def expected_indicators(inputs: Inputs, reckoning: Reckoning) -> float:
    """Return Σ weight × miss / base over the expected indicators of all years."""
    weights = inputs.scenario.question.options.indicator_weights
    parts = []
    for (_, year), cap in inputs.cap.items():
        if cap["attribute"] == "expected":
            missed = cap_missed(cap, cap_used(cap, reckoning)) / cap["base"]
            parts.append(weights.get(cap["ident"], 1.0) * year_weight(inputs, year) * missed)
    for (_, year), clause in inputs.count.items():
        if clause["attribute"] == "expected":
            missed, base = _missed(inputs, reckoning, clause)
            weight = weights.get(clause["ident"], 1.0) * year_weight(inputs, year)
            parts.append(weight * missed / base)
    return math.fsum(parts)


def unmet_demand(inputs: Inputs, records: Records, reckoning: Reckoning, priority: int) -> float:
    """Return Σ unmet / demand over the products of one priority and all years.

    Where the cap is handed out, what nobody gets of it stands for what is unmet.
    """
    parts = []
    for (product, year), asked in inputs.asked.items():
        if asked["priority"] != priority:
            continue
        weight = year_weight(inputs, year)
        if not math.isnan(asked["handed_out"]):
            lacking, whole = not_handed(inputs, reckoning, product, year), asked["handed_out"]
        else:
            lacking, whole = unmet(inputs, records, reckoning, product, year), asked["demand"]
        if whole > 0:
            parts.append(weight * lacking / whole)
    return math.fsum(parts)


def chosen_leavers(reckoning: Reckoning) -> list[str]:
    """Return the rights of the register that are chosen to leave."""
    return reckoning.gone(reckoning.inputs.horizon.last, "leave_chosen")


def closures(inputs: Inputs, reckoning: Reckoning) -> float:
    """Return Σ weight of those chosen to leave, and of each right that vanishes in a merger."""
    weight = inputs.scenario.question.options.protection.merger_weight
    left = [inputs.right[one]["protection_weight"] for one in chosen_leavers(reckoning)]
    lost = [len(inputs.merger[one]["members"]) - 1 for one in reckoning.decisions.merged]
    return math.fsum([*left, *(weight * number for number in lost)])


def actions(inputs: Inputs, reckoning: Reckoning) -> float:
    """Return how many rights are issued, converted, enlarged or change hands alone."""
    decisions = reckoning.decisions
    acquired = [one for one in decisions.merged if len(inputs.merger[one]["members"]) == 1]
    return float(len(decisions.issued) + len(decisions.enlarged) + len(acquired))


def capacity_issued(reckoning: Reckoning) -> float:
    """Return Σ capacity / minimum over new rights; of one without a minimum, its product units."""

    def part(row: Row) -> float:
        if row["minimum"] > 0:
            return float(row["capacity"] / row["minimum"])
        return float(row["capacity"] * (1.0 if math.isnan(row["factor"]) else row["factor"]))

    issued = reckoning.decisions.issued.values()
    return math.fsum(part(row) for row in issued if row["kind"] == "new")


def _running_points(inputs: Inputs, reckoning: Reckoning) -> Iterator[float]:
    """Yield the points of the mines that run in the end where a floor would let them rest."""
    options = inputs.scenario.question.options
    if not (options.min_load > 0 or options.minimum_binds_output):
        return
    enlargeable = set(inputs.expansions["right"])
    for (year, right), row in reckoning.holding.items():
        amount = reckoning.made_of.get((year, right))
        # Points of every year would speak for issuing early.
        if year != inputs.horizon.last or amount is None or not row["works"]:
            continue
        open_capacity = row["origin"] != "register" or right in enlargeable
        # Before a decided capacity yields there is no floor to miss.
        at_rest_by_choice = row["least"] > 0 or not open_capacity
        if (amount > 0 and row["least"] > 0) or (open_capacity and not at_rest_by_choice):
            yield row["keep_points"]


def policy_preference(inputs: Inputs, reckoning: Reckoning) -> float:
    """Return the points of who leaves, who is issued, and which mines with a floor run.

    Leaving costs a constant, plus what the plan would keep, less what the grounds take off.
    Issuing, and running where resting is the alternative, earn what the plan would keep.
    """
    leaving = [inputs.right[one] for one in chosen_leavers(reckoning)]
    return math.fsum(
        [
            COST_OF_LEAVING * len(leaving),
            *(row["keep_points"] for row in leaving),
            *(-row["leave_points"] for row in leaving),
            *(-row["keep_points"] for row in reckoning.decisions.issued.values()),
            *(-points for points in _running_points(inputs, reckoning)),
        ]
    )


def timing(inputs: Inputs, reckoning: Reckoning) -> float:
    """Return Σ over the years of all that is decided by then: the sooner, the more.

    Who leaves early counts until the year in which it must leave anyway.
    """
    decisions, years = reckoning.decisions, inputs.horizon.years
    decided = [
        *(row["year"] for row in decisions.issued.values()),
        *(year for _, year in decisions.enlarged.values()),
        *decisions.merged.values(),
    ]
    early = 0
    for one in chosen_leavers(reckoning):
        must = forced_year(inputs, reckoning, one) or inputs.horizon.last + 1
        early += sum(decisions.gone[one] <= year < must for year in years)
    return float(early + sum(year <= one for one in years for year in decided))


def by_product(inputs: Inputs, reckoning: Reckoning) -> float | None:
    """Return the mines' shares of the demand that by-products can serve; None where none can."""
    parts, any_mine = [], False
    products = {row["product"] for row in (*inputs.right.values(), *inputs.candidate.values())}
    for (product, year), asked in inputs.asked.items():
        if asked["waste"] and asked["demand"] > 0:
            any_mine |= product in products
            made = reckoning.made(year, product)
            parts.append(year_weight(inputs, year) * made / asked["demand"])
    return math.fsum(parts) if any_mine else None


def cost(inputs: Inputs, records: Records, reckoning: Reckoning) -> float | None:
    """Return the cost of opening, enlarging and carrying in 万元; None where none is given."""
    question = inputs.scenario.question
    given, parts = False, []
    if question.costs is not None and (question.costs.opening or question.costs.expansion):
        given = True
        opening, enlarging = question.costs.opening, question.costs.expansion
        for row in reckoning.decisions.issued.values():
            parts.append(opening.get(row["product"] or "", 0.0))
        for project, _ in reckoning.decisions.enlarged.values():
            parts.append(enlarging.get(project, 0.0))
    carried = any(asked["places"] for asked in inputs.asked.values())
    if carried and question.transport is not None and question.transport.cost_per_unit_km:
        given = True
        for row in rows_of(records.flows):
            parts.append(year_weight(inputs, row["year"]) * row["cost"])
    return math.fsum(parts) if given else None


def carriage(inputs: Inputs, records: Records) -> float | None:
    """Return Σ amount × kilometres; None where nothing is led to places."""
    if not any(asked["places"] for asked in inputs.asked.values()):
        return None
    return math.fsum(
        year_weight(inputs, row["year"]) * row["amount"] * row["kilometres"]
        for row in rows_of(records.flows)
    )


#: Goals that the contract gives no formula for.
UNVALUED = ("tie_break",)


def goal_values(inputs: Inputs, records: Records, reckoning: Reckoning) -> Values:
    """Return the goals in the order asked; None where the contract gives no formula."""
    makers: dict[str, Callable[[], float | None]] = {
        "expected_indicators": lambda: expected_indicators(inputs, reckoning),
        "closures": lambda: closures(inputs, reckoning),
        "actions": lambda: actions(inputs, reckoning),
        "capacity_issued": lambda: capacity_issued(reckoning),
        "policy_preference": lambda: policy_preference(inputs, reckoning),
        "timing": lambda: timing(inputs, reckoning) if inputs.horizon.calendar else None,
        "by_product": lambda: by_product(inputs, reckoning),
        "cost": lambda: cost(inputs, records, reckoning),
        "evenness": lambda: unevenness(inputs, reckoning),
        "flows": lambda: carriage(inputs, records),
    }
    values: Values = {}
    for goal in inputs.scenario.question.goals:
        if goal == "unmet_demand":
            for priority in sorted({asked["priority"] for asked in inputs.asked.values()}):
                found = unmet_demand(inputs, records, reckoning, priority)
                values[f"unmet_demand_{priority}"] = found
        elif goal in UNVALUED:
            values[goal] = None
        else:
            value = makers[goal]()
            # A goal whose inputs are absent is not pursued.
            if value is not None:
                values[goal] = value
    return values
