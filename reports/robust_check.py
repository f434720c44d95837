"""The independent check of a robust plan: every figure again, from the written files alone.

It knows nothing of how the plan was made. It reads robust.json, of every future the records and the
question in its run folder, and the records of its own plan: that all futures hold the same rights,
that statuses and values are those of the records, that values after rounding follow from balances,
and that measures, prices and the value of knowing follow from them (`robust_recount`).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from minequota.reports.robust_recount import (
    MEASURES,
    ORDER,
    ROBUST,
    UNMET,
    near,
    own_values,
    recount,
    three,
    values_by_plan,
)

_STATUSES = ("optimal", "within_gap", "time_limit", "infeasible", "no_answer")
_PROVEN = ("optimal", "within_gap")
_CLOSE = 1e-6
Document = dict[str, Any]
Rights = dict[str, tuple[str, int, float | None]]


@dataclass
class _Files:
    """What stands beside robust.json, by future: answers, own plans and questions."""

    answers: dict[str, Document] = field(default_factory=dict)
    owns: dict[str, Document] = field(default_factory=dict)
    questions: dict[str, Document] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """The least gap any future allows, as the program of all of them takes it."""
        found = ((one.get("solving") or {}).get("gap", 0.0) for one in self.questions.values())
        return float(min(found))


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
    files, faults = _Files(), list[str]()
    for future in said["futures"]:
        name, place, own = future["name"], folder / future["folder"], folder / future["own_file"]
        for one, given in ((place, future["folder"]), (own, future["own_file"])):
            if folder.resolve() not in one.resolve().parents:
                return (f"futures {name}: {given} leaves the folder",)
        for path, key, kept in (
            (place / "allocation.json", "allocation_sha256", files.answers),
            (own, "own_sha256", files.owns),
        ):
            content = path.read_bytes()
            kept[name] = json.loads(content)
            if hashlib.sha256(content).hexdigest() != future[key]:
                faults.append(f"futures {name}: not the {path.name} of this plan")
        text = (place / "inputs" / "scenario.yaml").read_text(encoding="utf-8")
        files.questions[name] = yaml.safe_load(text)
    faults += _statuses(said, files)
    faults += _same_rights(said, files)
    faults += _balances(said, files)
    faults += _values(said, files)
    faults += _alike_plans(said, files)
    faults += _after_rounding(said, files)
    faults += _prices(said, files)
    faults += _order(said, files)
    faults += recount(said, files.gap)
    return tuple(faults)


def _statuses(said: Document, files: _Files) -> Iterator[str]:
    """Every future's status, that of its own plan, and the worst of all of them and the goals."""
    reached = [one["status"] for one in said["goals"]]
    for future in said["futures"]:
        for key, kept in (("status", files.answers), ("own_status", files.owns)):
            written = kept[future["name"]]["status"]
            reached.append(written)
            if future[key] != written:
                yield f"futures {future['name']}: {key} {future[key]}, written {written}"
    worst = max(reached, key=_STATUSES.index)
    if said["status"] != worst:
        yield f"status {said['status']}, the worst is {worst}"


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


def _same_rights(said: Document, files: _Files) -> Iterator[str]:
    """All futures hold the rights the document says, none more, none fewer, none of other size.

    So do the futures' own plans those it says of them.
    """
    held = [(ROBUST, name, answer) for name, answer in files.answers.items()]
    for plan, name, answer in (*held, *((name, name, own) for name, own in files.owns.items())):
        wanted = {
            f"{one['decision']} {one['right']}": (
                one["decision"],
                one["plans"][plan]["year"],
                one["plans"][plan]["capacity"],
            )
            for one in said["rights"]
            if one["plans"][plan] is not None
        }
        decided = _decided(answer)
        for key in sorted(set(wanted) | set(decided)):
            if not _alike(wanted.get(key), decided.get(key)):
                where = name if plan == ROBUST else f"its own plan of {name}"
                yield f"rights {key}: {wanted.get(key)}, in {where} {decided.get(key)}"


def _alike(one: Any, other: Any) -> bool:
    if one is None or other is None or one[2] is None or other[2] is None:
        return bool(one == other)
    # What a merger or expansion licenses is counted in ore, from figures a future may change.
    return bool(one[:2] == other[:2]) and (one[0] in ("merge", "expand") or near(one[2], other[2]))


def _balances(said: Document, files: _Files) -> Iterator[str]:
    """What goes unmet, product by product and priority by priority, from the written balances."""
    unmet = {(one["future"], one["product"]): one for one in said["unmet"]}
    written = set()
    for side, kept in (("robust", files.answers), ("own", files.owns)):
        for name, answer in kept.items():
            lines = [line for line in answer["balance"] if not line["place"]]
            for product in dict.fromkeys(line["product"] for line in lines):
                written.add((name, product))
                alike = [one for one in lines if one["product"] == product]
                pairs = [(side, "unmet")] + [("demand", "demand")] * (side == "robust")
                for key, column in pairs:
                    total = math.fsum(one[column] for one in alike)
                    given = unmet.get((name, product))
                    if given is None or not near(given[key], total):
                        yield f"unmet {name} {product}: {given and given[key]}, {key} {total}"
            goals = _unmet_goals(lines, files.questions[name])
            for one in said["prices"]:
                if one["future"] != name or not one["goal"].startswith(UNMET):
                    continue
                wanted = goals.get(one["goal"], 0.0)
                if not near(one[side], wanted):
                    yield f"prices {name} {one['goal']}: {one[side]}, by its balances {wanted}"
    if len(unmet) != len(said["unmet"]) or set(unmet) != written:
        yield "unmet: not one for each future and product of the balances"


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
            found[f"{UNMET}{priority}"] += weight * lacking / whole
    return found


def _values(said: Document, files: _Files) -> Iterator[str]:
    """What the robust plan reaches in every future, and every own plan in its own, as written."""
    for one in said["values"]:
        future = one["future"]
        kept = {ROBUST: files.answers, future: files.owns}.get(one["plan"])
        if kept is None:
            continue
        goal = _goal(kept[future], one["goal"])
        written = 0.0 if goal is None else goal["value"]
        if one["value"] is None or not near(one["value"], written):
            label = f"values {one['plan']} {one['goal']} {future}"
            yield f"{label}: {one['value']}, written {written}"


def _alike_plans(said: Document, files: _Files) -> Iterator[str]:
    """Plans of the same rights reach the same, and fit the same futures."""
    if said["status"] not in _PROVEN:
        return
    first = next(iter(files.answers.values()))
    decided = {ROBUST: _decided(first)} | {n: _decided(own) for n, own in files.owns.items()}
    alike = {
        (one, other)
        for one, other in combinations(decided, 2)
        if set(decided[one]) == set(decided[other])
        and all(_alike(made, decided[other][key]) for key, made in decided[one].items())
    }
    values, close = values_by_plan(said), max(_CLOSE, files.gap)
    for one, other in sorted(alike):
        for plan, goal in list(values):
            if plan != one:
                continue
            for a, b in zip(values[one, goal], values.get((other, goal), []), strict=True):
                same = a == b if a is None or b is None else near(a, b, close)
                if not same:
                    yield f"values {goal}: {one} {a} and {other} {b} with the same rights"
    for note in said["notes"]:
        kind, _, name = note.partition(":")
        if kind == "single_plan_taken" and (ROBUST, name) not in alike:
            yield f"notes: {note}, but its rights are others"


def _after_rounding(said: Document, files: _Files) -> Iterator[str]:
    """The robust plan's measures once more from the goals its futures' tables reach."""
    for one in said["rounded"]:
        goal = one["goal"]
        values = [_goal(files.answers[future["name"]], goal) for future in said["futures"]]
        numbers = [0.0 if value is None else value["rounded_value"] for value in values]
        wanted = three(said, numbers, own_values(said, goal, "own"))
        for measure in MEASURES:
            if not near(one[measure], wanted[measure]):
                yield f"rounded {goal}: {measure} {one[measure]}, not {wanted[measure]}"


def _goal(answer: Document, name: str) -> Document | None:
    return next((goal for goal in answer["goals"] if goal["name"] == name), None)


def _prices(said: Document, files: _Files) -> Iterator[str]:
    given = [(one["future"], one["goal"]) for one in said["prices"]]
    wanted = {
        (name, goal["name"])
        for name, answer in files.answers.items()
        for goal in answer["goals"]
        if goal["name"] != ORDER and _goal(files.owns[name], goal["name"]) is not None
    }
    if len(given) != len(wanted) or set(given) != wanted:
        yield "prices: not one for each future and goal"
        return
    for one in said["prices"]:
        label = f"prices {one['future']} {one['goal']}"
        for kept, pairs in (
            (files.answers, (("robust", "rounded_value"), ("robust_value", "value"))),
            (files.owns, (("own", "rounded_value"), ("own_value", "value"))),
        ):
            goal = _goal(kept[one["future"]], one["goal"])
            for key, column in pairs:
                if goal is not None and not near(one[key], goal[column]):
                    yield f"{label}: {key} {one[key]}, written {goal[column]}"
        if not near(one["price"], one["robust"] - one["own"]):
            yield f"{label}: {one['price']} is not the difference"


def _order(said: Document, files: _Files) -> Iterator[str]:
    """The licence order counts every future alike: the sum of what their records say."""
    found = (_goal(answer, ORDER) for answer in files.answers.values())
    total = math.fsum(goal["value"] for goal in found if goal is not None)
    for one in said["goals"]:
        if one["counted"] == "order" and not near(one["value"], total):
            yield f"goals {one['name']}: {one['value']}, written {total}"
