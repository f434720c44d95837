"""What robust.json says of itself: measures, goals and the value of knowing from its own values.

The other half of the check of a robust plan; `robust_check` ties the values to the futures' files.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

ROBUST = "robust"
UNMET = "unmet_demand_"
ORDER = "tie_break"
MEASURES = ("expected", "worst", "regret")
_CLOSE = 1e-6
_EXACT = 1e-9
# Weighed over the futures, whatever the measure of the others.
_WEIGHED = "policy_preference"
Document = dict[str, Any]


def recount(said: Document, gap: float) -> Iterator[str]:
    """Yield what does not follow from the values robust.json gives.

    Parameters
    ----------
    said
        The document.
    gap
        The relative gap the futures allow, the least of them.
    """
    yield from _weights(said)
    yield from _complete(said)
    yield from _measured(said)
    yield from _goals(said, gap)
    yield from _knowing(said)
    yield from _never_worse(said)


def _weights(said: Document) -> Iterator[str]:
    weights = [future["weight"] for future in said["futures"]]
    if min(weights) <= 0 or not near(math.fsum(weights), 1.0):
        yield f"futures: weights {weights} are not shares of one whole"
    names = [future["name"] for future in said["futures"]]
    if len(set(names)) != len(names) or ROBUST in names:
        yield "futures: two of one name, or one named like the plan for all"
    plans = list(dict.fromkeys(value["plan"] for value in said["values"]))
    if plans != [ROBUST, *names]:
        yield f"values: plans {plans}, expected {ROBUST} and one for each future"


def _complete(said: Document) -> Iterator[str]:
    """Every plan has each goal in each future, and each list what it is about."""
    names = [future["name"] for future in said["futures"]]
    goals = {one["name"] for one in said["goals"]} - {ORDER}
    wanted = {(p, g, f) for p in (ROBUST, *names) for g in goals for f in names}
    given = [(one["plan"], one["goal"], one["future"]) for one in said["values"]]
    if len(given) != len(wanted) or set(given) != wanted:
        yield "values: not one for each plan, goal and future"
    unmet = {goal for goal in goals if goal.startswith(UNMET)}
    products = {one["product"] for one in said["unmet"]}
    for part, key, expected in (
        ("rounded", "goal", goals),
        ("knowing", "goal", unmet),
        ("knowing_products", "product", products),
    ):
        if sorted(one[key] for one in said[part]) != sorted(expected):
            yield f"{part}: not one for each {key}"
    by_plan = defaultdict(set)
    for one in said["values"]:
        by_plan[one["plan"], one["future"]].add(one["value"] is None)
    for (plan, future), lacking in by_plan.items():
        if len(lacking) > 1:
            yield f"values {plan} {future}: it fits for some goals only"


def values_by_plan(said: Document) -> dict[tuple[str, str], list[float | None]]:
    """Values by plan and goal, in the order of the futures."""
    found: dict[tuple[str, str], list[float | None]] = defaultdict(list)
    for future in said["futures"]:
        for one in said["values"]:
            if one["future"] == future["name"]:
                found[one["plan"], one["goal"]].append(one["value"])
    return found


def own_values(said: Document, goal: str, key: str) -> list[float]:
    """What each future reaches alone of a goal, in order; nothing where it does not pursue it."""
    by_future = {one["future"]: one[key] for one in said["prices"] if one["goal"] == goal}
    return [by_future.get(future["name"], 0.0) for future in said["futures"]]


def three(said: Document, values: list[float], best: list[float]) -> dict[str, float]:
    """Return the three measures of a goal from what every future reaches of it."""
    weights = [future["weight"] for future in said["futures"]]
    return {
        "expected": math.fsum(w * v for w, v in zip(weights, values, strict=True)),
        "worst": max(values),
        "regret": max(v - b for v, b in zip(values, best, strict=True)),
    }


def _measured(said: Document) -> Iterator[str]:
    """The three measures of every plan and goal, or none where the plan does not fit a future."""
    given = {(one["plan"], one["goal"]): one for one in said["measures"]}
    series = values_by_plan(said)
    if set(given) != set(series):
        yield "measures: not one for each plan and goal of the values"
        return
    for (plan, goal), values in series.items():
        one, numbers = given[plan, goal], [v for v in values if v is not None]
        if len(numbers) < len(said["futures"]):
            if any(one[measure] is not None for measure in MEASURES):
                yield f"measures {plan} {goal}: measured although it does not fit all futures"
            continue
        wanted = three(said, numbers, own_values(said, goal, "own_value"))
        for measure in MEASURES:
            if one[measure] is None or not near(one[measure], wanted[measure]):
                yield f"measures {plan} {goal}: {measure} {one[measure]}, not {wanted[measure]}"


def _goals(said: Document, gap: float) -> Iterator[str]:
    """The goals in order: counted by the measure, as the measures have them, proven as they say."""
    given = {one["goal"]: one for one in said["measures"] if one["plan"] == ROBUST}
    counted: dict[str, list[str]] = defaultdict(list)
    for one in said["goals"]:
        name, kind = one["name"], one["counted"]
        counted[name].append(kind)
        if kind in MEASURES and (
            given[name][kind] is None or not near(one["value"], given[name][kind])
        ):
            yield f"goals {name}: {kind} {one['value']}, by its measures {given[name][kind]}"
        if kind == "once":
            for value in values_by_plan(said)[ROBUST, name]:
                if value is None or not near(one["value"], value, _CLOSE):
                    yield f"goals {name}: once {one['value']}, in a future {value}"
        yield from _proof(one, gap)
    for name, kinds in counted.items():
        usual = ["expected"] if name == _WEIGHED else [said["measure"], "expected"]
        allowed = [["order"]] if name == ORDER else [["once"], list(dict.fromkeys(usual))]
        if kinds not in allowed:
            yield f"goals {name}: counted {kinds}, expected one of {allowed}"


def _proof(one: Document, gap: float) -> Iterator[str]:
    """A status promises how near the bound is to what the program found."""
    promised = {"optimal": 0.0, "within_gap": gap * abs(one["solver_value"])}
    room = _CLOSE * max(1.0, abs(one["solver_value"]))
    bound = one["bound"]
    if bound is None:
        if one["status"] in promised:
            yield f"goals {one['name']}: {one['status']} without a bound"
    elif bound > one["solver_value"] + room:
        yield f"goals {one['name']}: bound {bound} above {one['solver_value']}"
    elif one["solver_value"] - bound > promised.get(one["status"], math.inf) + room:
        yield f"goals {one['name']}: {one['status']}, but {one['solver_value']} and bound {bound}"


def _knowing(said: Document) -> Iterator[str]:
    series = values_by_plan(said)
    for one in said["knowing"]:
        values = [value or 0.0 for value in series[ROBUST, one["goal"]]]
        own = own_values(said, one["goal"], "own_value")
        wanted = three(said, values, own)["expected"], three(said, own, own)["expected"]
        for key, number in zip(("expected", "best"), wanted, strict=True):
            if not near(one[key], number):
                yield f"knowing {one['goal']}: {key} {one[key]}, not {number}"
        if not near(one["value"], one["expected"] - one["best"]):
            yield f"knowing {one['goal']}: {one['value']} is not the difference"
    weights = {future["name"]: future["weight"] for future in said["futures"]}
    for one in said["knowing_products"]:
        alike = [line for line in said["unmet"] if line["product"] == one["product"]]
        for key, side in (("expected", "robust"), ("best", "own")):
            number = math.fsum(weights[line["future"]] * line[side] for line in alike)
            if not near(one[key], number):
                yield f"knowing {one['product']}: {key} {one[key]}, not {number}"
        if not near(one["value"], one["expected"] - one["best"]):
            yield f"knowing {one['product']}: {one['value']} is not the difference"


def _never_worse(said: Document) -> Iterator[str]:
    """By its own measure no single plan that fits all futures beats the robust one."""
    given = {(one["plan"], one["goal"]): one for one in said["measures"]}
    goals = list(dict.fromkeys(one["goal"] for one in said["measures"]))
    for future in said["futures"]:
        for goal in goals:
            robust, single = given[ROBUST, goal], given[future["name"], goal]
            kinds = ("expected",) if goal == _WEIGHED else (said["measure"], "expected")
            if robust["expected"] is None:
                yield f"measures {ROBUST}: it does not fit all futures"
                return
            if single["expected"] is None:
                break
            apart = next((k for k in kinds if not near(robust[k], single[k], _CLOSE)), None)
            if apart is not None:
                if robust[apart] > single[apart]:
                    yield f"measures {goal}: the plan of {future['name']} is better by {apart}"
                break


def near(one: float, other: float, close: float = _EXACT) -> bool:
    """Whether two figures are one, above 1 by their share."""
    return abs(one - other) <= close * max(1.0, abs(one), abs(other))
