"""The independent check of a comparison: every figure again, from the answers' own files.

It knows nothing of how the comparison was made. It reads comparison.json and the allocation.json
of every case, adds up anew, and says what does not agree.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_CLOSE = 1e-8
_ENDING = {"leave_forced", "leave_chosen", "merge"}
_PARTS = ("right", "product", "use", "unit", "basis")
_Figure = tuple[str | int | None, ...]
Answers = Mapping[str, dict[str, Any]]


def comparison_faults(document: Path, places: Mapping[str, Path]) -> tuple[str, ...]:
    """Return what comparison.json says that the answers do not.

    Parameters
    ----------
    document
        comparison.json.
    places
        The run folder of every case with an answer, by case.

    Returns
    -------
    tuple of str
        Empty for a correct comparison.
    """
    said = json.loads(document.read_text(encoding="utf-8"))
    answers: dict[str, dict[str, Any]] = {}
    faults: list[str] = []
    for name, place in places.items():
        content = (place / "allocation.json").read_bytes()
        answers[name] = json.loads(content)
        given = next((one for one in said["cases"] if one["name"] == name), None)
        if given is None or given["allocation_sha256"] != hashlib.sha256(content).hexdigest():
            faults.append(f"cases {name}: not the allocation.json compared")
    faults += _cases(said, answers)
    faults += _subtracted(said)
    faults += _outcomes(said, answers)
    faults += _mines(said, answers)
    faults += _zones(said, answers)
    faults += _rights(said, answers)
    return tuple(faults)


def _cases(said: dict[str, Any], answers: Answers) -> Iterator[str]:
    names = [one["name"] for one in said["cases"]]
    if len(set(names)) != len(names) or said["base"] not in names:
        yield "cases: names are not unique, or the base is none of them"
    for one in said["cases"]:
        found = answers.get(one["name"])
        if (found is None) != (one["folder"] == ""):
            yield f"cases {one['name']}: an answer is there without being named, or named in vain"
        elif found is not None and found["status"] != one["status"]:
            yield f"cases {one['name']}: status {one['status']}, answered {found['status']}"


def _subtracted(said: dict[str, Any]) -> Iterator[str]:
    """Every difference is the value less the base's; none is missing."""
    pairs = (("values", "differences"), ("issued", "issued_differences"))
    for kind in ("outcomes", "mines", "zones", "rights"):
        for line in said[kind]:
            for values, differences in pairs:
                if values in line:
                    yield from _less(
                        said["base"], f"{kind} {_label(line)}", line, values, differences
                    )


def _less(
    base: str, label: str, line: dict[str, Any], values: str, differences: str
) -> Iterator[str]:
    amounts = line[values]
    others = {name for name in amounts if name != base}
    if set(line[differences]) != others:
        yield f"{label}: differences of {sorted(line[differences])}, cases {sorted(others)}"
        return
    start = amounts.get(base)
    for name in others:
        wanted = amounts[name] - start if _both(amounts[name], start) else None
        if not _same(line[differences][name], wanted):
            yield f"{label}: {name} differs by {wanted}, not {line[differences][name]}"
    if "largest_difference" in line and values == "values":
        sizes = [abs(one) for one in line[differences].values() if one is not None]
        if not _same(line["largest_difference"], max(sizes, default=0.0)):
            yield f"{label}: the largest difference is not {line['largest_difference']}"


def _outcomes(said: dict[str, Any], answers: Answers) -> Iterator[str]:
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for line in said["outcomes"]:
        for name, value in line["values"].items():
            if name in found[line["name"]]:
                yield f"outcomes {line['name']}: {name} stands twice"
            found[line["name"]][name] = value
    for name, answer in answers.items():
        for key, wanted in _counted(answer).items():
            got = found.get(key, {}).get(name, "nothing")
            if not _same(got, wanted):
                yield f"outcomes {key}: {name} has {got}, its answer {wanted}"


def _counted(answer: dict[str, Any]) -> dict[str, Any]:
    """Return what an answer comes to, counted in a few plain sums."""
    found: dict[str, Any] = {"status": answer["status"]}
    sums: Counter[str] = Counter()
    for line in answer["balance"]:
        if line["place"] == "":
            made = line["production_existing"] + line["production_new"]
            sums[f"demand.{line['product']}"] += line["demand"]
            sums[f"unmet.{line['product']}"] += line["unmet"]
            sums[f"output.{line['product']}"] += made
    found |= sums
    for use in sorted(answer["caps"], key=lambda use: use["year"]):
        found[f"cap_used.{use['clause']}"] = use["used"]
    found |= {f"goal.{goal['name']}": goal["value"] for goal in answer["goals"]}
    kinds = Counter(action["kind"] for action in answer["actions"])
    found["left_forced"], found["left_chosen"] = kinds["leave_forced"], kinds["leave_chosen"]
    found["renewed"], found["lapsed"] = kinds["renew"], kinds["lapsed"]
    issued = [one["kind"] for one in answer["issuance"]]
    found["issued"], found["converted"] = len(issued), issued.count("converted")
    made_of = Counter(one["kind"] for one in answer["reorganisations"])
    found["expanded"], found["merged"] = made_of["expand"], made_of["merge"]
    for line in sorted(answer["structure"], key=lambda line: line["year"]):
        if line["by"] == "all":
            found |= {size: line[size] for size in ("large", "medium", "small")}
            found["rights"] = line["large"] + line["medium"] + line["small"]
    return found


def _mines(said: dict[str, Any], answers: Answers) -> Iterator[str]:
    """Every figure of every answer stands once, or is one of those counted as left out."""
    known: dict[_Figure, float | None] = {}
    for line in said["mines"]:
        for name, value in line["values"].items():
            known[_figure(name, line, line["year"])] = value
    seen: set[_Figure] = set()
    missing: set[str] = set()
    for name, answer in answers.items():
        for quota in answer["quotas"]:
            figure = _figure(name, quota, quota["year"])
            if figure not in known:
                figure = _figure(name, quota, None)
            seen.add(figure)
            if figure not in known:
                missing.add(quota["right"])
            elif not _same(known[figure], quota["amount"]):
                wanted = f"its answer {quota['amount']}"
                yield f"mines {quota['right']}: {name} has {known[figure]}, {wanted}"
    if len(missing) != said["mines_left_out"]:
        yield f"mines: {said['mines_left_out']} left out, {len(missing)} missing"
    for figure, value in known.items():
        if value and figure not in seen:
            yield f"mines {figure[1]}: {figure[0]} has {value}, its answer nothing"


def _figure(name: str, record: dict[str, Any], year: int | None) -> _Figure:
    """Return what tells one figure from all others."""
    return (name, *(str(record[part]) for part in _PARTS), year)


def _zones(said: dict[str, Any], answers: Answers) -> Iterator[str]:
    alone = _alone(said, answers)
    for name, answer in answers.items():
        wanted: dict[str, tuple[int, float]] = {}
        for one in answer["issuance"]:
            place = one["right"] if one["kind"] == "converted" else one["zone"] or one["right"]
            key = f"{place} {one['kind']} {one['mineral']} {one['product']} {one['capacity_unit']}"
            number, capacity = wanted.get(key, (0, 0.0))
            wanted[key] = (number + 1, capacity + one["capacity"])
        for line in said["zones"]:
            key = " ".join(line[part] for part in ("zone", "kind", "mineral", "product", "unit"))
            number, capacity = wanted.pop(key, (0, 0.0))
            got = line["issued"].get(name, 0), line["values"].get(name, 0.0)
            if not (_same(got[0], number) and _same(got[1], capacity)):
                yield f"zones {line['zone']}: {name} has {got}, its answer {(number, capacity)}"
        if name not in alone:
            yield from (f"zones {key}: {name} issues there, no line says so" for key in wanted)


def _rights(said: dict[str, Any], answers: Answers) -> Iterator[str]:
    lines = {line["right"]: line for line in said["rights"]}
    alone = _alone(said, answers)
    for name, answer in answers.items():
        for right, kind, capacity in _fates(answer):
            line = lines.get(right)
            fate = None if line is None else line["fates"].get(name)
            if line is None or fate is None:
                if kind in {*_ENDING, "expand", "formed"} and name not in alone:
                    yield f"rights {right}: {name} does not say {kind}"
                continue
            if fate["kind"] != kind:
                yield f"rights {right}: {name} does not say {kind}"
            if not _same(line["values"][name], capacity):
                yield f"rights {right}: {name} has not {capacity} afterwards"


def _fates(answer: dict[str, Any]) -> Iterator[tuple[str, str, float | None]]:
    """Yield each right, what happens to it, and the capacity it has afterwards."""
    made = answer["reorganisations"]
    grown = {one["right"]: one["capacity"] for one in made if one["kind"] == "expand"}
    for action in answer["actions"]:
        left = grown.get(action["right"], action["capacity"])
        yield action["right"], action["kind"], 0.0 if action["kind"] in _ENDING else left
    for one in made:
        if one["kind"] == "merge":
            yield one["right"], "formed", one["capacity"]


def _alone(said: dict[str, Any], answers: Answers) -> set[str]:
    """Return the cases whose plan no other answered case has: they need no lines."""
    plans = Counter(one["plan"] for one in said["cases"] if one["name"] in answers)
    return {one["name"] for one in said["cases"] if plans[one["plan"]] == 1}


def _label(line: dict[str, Any]) -> str:
    return str(line.get("right") or line.get("zone") or line.get("name"))


def _both(one: object, other: object) -> bool:
    numbers = (int, float)
    return isinstance(one, numbers) and isinstance(other, numbers)


def _same(one: Any, other: Any) -> bool:
    if _both(one, other):
        return bool(abs(one - other) <= _CLOSE * max(1.0, abs(one), abs(other)))
    return bool(one == other)
