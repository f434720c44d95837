"""The independent check of a robust plan: every figure again, from the written files alone.

It knows nothing of how the plan was made. It reads robust.json and, of every future, the records
and the question in its run folder: that all futures hold the same rights, that values after
rounding follow from balances, and that measures, prices and the value of knowing follow from them.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

_CLOSE = 1e-6
_EXACT = 1e-9
_ROBUST = "robust"
_UNMET = "unmet_demand_"
_MEASURES = ("expected", "worst", "regret")
# Weighed over the futures, whatever the measure of the others.
_WEIGHED = "policy_preference"
Document = dict[str, Any]
Rights = dict[str, tuple[str, int, float | None]]


def robust_faults(folder: Path) -> tuple[str, ...]:
    """Return what robust.json says that the futures' files do not.

    Parameters
    ----------
    folder
        The folder of a robust plan, its run folders below.

    Returns
    -------
    tuple of str
        Empty for a correct plan.
    """
    said = json.loads((folder / "robust.json").read_text(encoding="utf-8"))
    answers: dict[str, Document] = {}
    questions: dict[str, Document] = {}
    faults: list[str] = []
    for future in said["futures"]:
        place = folder / future["folder"]
        if folder.resolve() not in place.resolve().parents:
            return (f"futures {future['name']}: {future['folder']} leaves the folder",)
        content = (place / "allocation.json").read_bytes()
        answers[future["name"]] = json.loads(content)
        if hashlib.sha256(content).hexdigest() != future["allocation_sha256"]:
            faults.append(f"futures {future['name']}: not the allocation.json of this plan")
        text = (place / "inputs" / "scenario.yaml").read_text(encoding="utf-8")
        questions[future["name"]] = yaml.safe_load(text)
    faults += _weights(said)
    faults += _same_rights(said, answers)
    faults += _balances(said, answers, questions)
    faults += _measured(said)
    faults += _after_rounding(said, answers)
    faults += _prices(said, answers)
    faults += _knowing(said)
    faults += _never_worse(said)
    return tuple(faults)


def _weights(said: Document) -> Iterator[str]:
    weights = [future["weight"] for future in said["futures"]]
    if min(weights) <= 0 or not _near(math.fsum(weights), 1.0):
        yield f"futures: weights {weights} are not shares of one whole"
    names = [future["name"] for future in said["futures"]]
    if len(set(names)) != len(names) or _ROBUST in names:
        yield "futures: two of one name, or one named like the plan for all"
    plans = list(dict.fromkeys(value["plan"] for value in said["values"]))
    if plans != [_ROBUST, *names]:
        yield f"values: plans {plans}, expected {_ROBUST} and one for each future"


def _decided(answer: Document) -> Rights:
    """What an answer decides of every right: kind, year and licensed capacity."""
    found: Rights = {}
    for one in answer["issuance"]:
        kind = "convert" if one["kind"] == "converted" else "issue"
        found[f"{kind} {one['right']}"] = (kind, one["year"], one["capacity"])
    for one in answer["reorganisations"]:
        found[f"{one['kind']} {one['right']}"] = (one["kind"], one["year"], one["capacity"])
    for one in answer["actions"]:
        if one["kind"] in ("leave_forced", "leave_chosen"):
            found[f"leave {one['right']}"] = ("leave", one["year"], None)
    return found


def _same_rights(said: Document, answers: Mapping[str, Document]) -> Iterator[str]:
    """All futures hold the rights the document says, none more, none fewer, none of other size."""
    wanted = {
        f"{one['decision']} {one['right']}": (
            one["decision"],
            one["plans"][_ROBUST]["year"],
            one["plans"][_ROBUST]["capacity"],
        )
        for one in said["rights"]
        if one["plans"][_ROBUST] is not None
    }
    for name, answer in answers.items():
        decided = _decided(answer)
        for key in sorted(set(wanted) | set(decided)):
            if not _alike(wanted.get(key), decided.get(key)):
                yield f"rights {key}: {wanted.get(key)}, in {name} {decided.get(key)}"


def _alike(one: Any, other: Any) -> bool:
    if one is None or other is None or one[2] is None or other[2] is None:
        return bool(one == other)
    # What a merger or expansion licenses is counted in ore, from figures a future may change.
    return bool(one[:2] == other[:2]) and (one[0] in ("merge", "expand") or _near(one[2], other[2]))


def _balances(
    said: Document, answers: Mapping[str, Document], questions: Mapping[str, Document]
) -> Iterator[str]:
    """What goes unmet, product by product and priority by priority, from the written balances."""
    unmet = {(one["future"], one["product"]): one for one in said["unmet"]}
    for name, answer in answers.items():
        lines = [line for line in answer["balance"] if not line["place"]]
        for product in dict.fromkeys(line["product"] for line in lines):
            lacking = math.fsum(one["unmet"] for one in lines if one["product"] == product)
            given = unmet.get((name, product))
            if given is None or not _near(given["robust"], lacking):
                yield f"unmet {name} {product}: {given and given['robust']}, written {lacking}"
        goals = _unmet_goals(lines, questions[name])
        for one in said["prices"]:
            if one["future"] != name or not one["goal"].startswith(_UNMET):
                continue
            wanted = goals.get(one["goal"], 0.0)
            if not _near(one["robust"], wanted):
                yield f"prices {name} {one['goal']}: {one['robust']}, by its balances {wanted}"


def _unmet_goals(lines: list[Document], question: Document) -> dict[str, float]:
    """Shares of demand unmet, summed over products and years by the demand's priority."""
    years = (question.get("options") or {}).get("year_weights") or {}
    found: dict[str, float] = defaultdict(float)
    for line in lines:
        priority = question["demand"][line["product"]].get("priority", 1)
        whole, lacking = line["demand"], line["unmet"]
        if line["handed_out"] is not None:
            whole = line["handed_out"]
            lacking = max(0.0, whole - line["production_existing"] - line["production_new"])
        if whole > 0:
            weight = float(years.get(line["year"], years.get(str(line["year"]), 1.0)))
            found[f"{_UNMET}{priority}"] += weight * lacking / whole
    return found


def _series(said: Document) -> dict[tuple[str, str], list[float | None]]:
    """Values by plan and goal, in the order of the futures."""
    found: dict[tuple[str, str], list[float | None]] = defaultdict(list)
    for future in said["futures"]:
        for one in said["values"]:
            if one["future"] == future["name"]:
                found[one["plan"], one["goal"]].append(one["value"])
    return found


def _own_values(said: Document, goal: str, key: str) -> list[float]:
    """What each future reaches alone of a goal, in order; nothing where it does not pursue it."""
    by_future = {one["future"]: one[key] for one in said["prices"] if one["goal"] == goal}
    return [by_future.get(future["name"], 0.0) for future in said["futures"]]


def _three(said: Document, values: list[float], best: list[float]) -> dict[str, float]:
    weights = [future["weight"] for future in said["futures"]]
    return {
        "expected": math.fsum(w * v for w, v in zip(weights, values, strict=True)),
        "worst": max(values),
        "regret": max(v - b for v, b in zip(values, best, strict=True)),
    }


def _measured(said: Document) -> Iterator[str]:
    """The three measures of every plan and goal, or none where the plan does not fit a future."""
    given = {(one["plan"], one["goal"]): one for one in said["measures"]}
    series = _series(said)
    if set(given) != set(series):
        yield "measures: not one for each plan and goal of the values"
        return
    for (plan, goal), values in series.items():
        one, numbers = given[plan, goal], [v for v in values if v is not None]
        if len(numbers) < len(said["futures"]):
            if any(one[measure] is not None for measure in _MEASURES):
                yield f"measures {plan} {goal}: measured although it does not fit all futures"
            continue
        wanted = _three(said, numbers, _own_values(said, goal, "own_value"))
        for measure in _MEASURES:
            if one[measure] is None or not _near(one[measure], wanted[measure]):
                yield f"measures {plan} {goal}: {measure} {one[measure]}, not {wanted[measure]}"


def _after_rounding(said: Document, answers: Mapping[str, Document]) -> Iterator[str]:
    """The robust plan's measures once more from the goals its futures' tables reach."""
    for one in said["rounded"]:
        goal = one["goal"]
        values = [_goal(answers[future["name"]], goal) for future in said["futures"]]
        numbers = [0.0 if value is None else value["rounded_value"] for value in values]
        wanted = _three(said, numbers, _own_values(said, goal, "own"))
        for measure in _MEASURES:
            if not _near(one[measure], wanted[measure]):
                yield f"rounded {goal}: {measure} {one[measure]}, not {wanted[measure]}"


def _goal(answer: Document, name: str) -> Document | None:
    return next((goal for goal in answer["goals"] if goal["name"] == name), None)


def _prices(said: Document, answers: Mapping[str, Document]) -> Iterator[str]:
    for one in said["prices"]:
        label = f"prices {one['future']} {one['goal']}"
        goal = _goal(answers[one["future"]], one["goal"])
        if goal is None:
            yield f"{label}: the future does not pursue it"
            continue
        pairs = (("robust", "rounded_value"), ("robust_value", "value"))
        for key, written in pairs:
            if not _near(one[key], goal[written]):
                yield f"{label}: {key} {one[key]}, written {goal[written]}"
        if not _near(one["price"], one["robust"] - one["own"]):
            yield f"{label}: {one['price']} is not the difference"


def _knowing(said: Document) -> Iterator[str]:
    series = _series(said)
    for one in said["knowing"]:
        values = [value or 0.0 for value in series[_ROBUST, one["goal"]]]
        own = _own_values(said, one["goal"], "own_value")
        wanted = _three(said, values, own)["expected"], _three(said, own, own)["expected"]
        for key, number in zip(("expected", "best"), wanted, strict=True):
            if not _near(one[key], number):
                yield f"knowing {one['goal']}: {key} {one[key]}, not {number}"
        if not _near(one["value"], one["expected"] - one["best"]):
            yield f"knowing {one['goal']}: {one['value']} is not the difference"
    weights = {future["name"]: future["weight"] for future in said["futures"]}
    for one in said["knowing_products"]:
        alike = [line for line in said["unmet"] if line["product"] == one["product"]]
        for key, side in (("expected", "robust"), ("best", "own")):
            number = math.fsum(weights[line["future"]] * line[side] for line in alike)
            if not _near(one[key], number):
                yield f"knowing {one['product']}: {key} {one[key]}, not {number}"
        if not _near(one["value"], one["expected"] - one["best"]):
            yield f"knowing {one['product']}: {one['value']} is not the difference"


def _never_worse(said: Document) -> Iterator[str]:
    """By its own measure no single plan that fits all futures beats the robust one."""
    given = {(one["plan"], one["goal"]): one for one in said["measures"]}
    goals = list(dict.fromkeys(one["goal"] for one in said["measures"]))
    for future in said["futures"]:
        for goal in goals:
            robust, single = given[_ROBUST, goal], given[future["name"], goal]
            kinds = ("expected",) if goal == _WEIGHED else (said["measure"], "expected")
            if robust["expected"] is None:
                yield f"measures {_ROBUST}: it does not fit all futures"
                return
            if single["expected"] is None:
                break
            apart = next((k for k in kinds if not _near(robust[k], single[k], _CLOSE)), None)
            if apart is not None:
                if robust[apart] > single[apart]:
                    yield f"measures {goal}: the plan of {future['name']} is better by {apart}"
                break


def _near(one: float, other: float, close: float = _EXACT) -> bool:
    return abs(one - other) <= close * max(1.0, abs(one), abs(other))
