"""What each answer comes to, counted in plain sums, and whether the comparison says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from minequota.reports.compare.check_answers import NAMELESS, Column, less, same

_PIECES, _NO_UNIT = "个", ""
_ORDER = (
    *("status", "goal.", "demand.", "output.", "unmet.", "cap_used.", "cap_share.", "issued"),
    *("converted", "expanded", "merged", "left_forced", "left_chosen", "renewed", "lapsed"),
    *("rights", "large", "medium", "small", "large_medium_ratio", "evenness", "cost"),
    *("issued_rights", "leaving_rights", "expanded_rights", "merged_rights", "binding"),
    "unmet_products",
)
_SUMS = ("goal.", "demand.", "output.", "unmet.", "evenness", "cost")
_SHORT = 1e-6
_Found = dict[str, tuple[Any, str, str]]


def outcome_faults(
    said: dict[str, Any], columns: list[Column], nameless: set[str]
) -> Iterator[str]:
    """Yield every outcome and goal that the answers do not bear out."""
    years: dict[str, list[int]] = {one["name"]: [] for one in said["cases"]}
    years |= {one.name: one.years for one in columns}
    wanted: dict[str, _Found] = {
        one["name"]: {"status": (one["status"], _NO_UNIT, "ore")} for one in said["cases"]
    }
    wanted |= {one.name: counted(one.answer, nameless) for one in columns}
    seen: dict[str, set[str]] = {name: set() for name in wanted}
    for line in said["outcomes"]:
        key = line["name"]
        label = f"outcomes {key}"
        for name, value in line["values"].items():
            if key in seen[name]:
                yield f"{label}: {name} stands twice"
            seen[name].add(key)
            found = wanted[name].get(key)
            if found is None:
                yield f"{label}: {name} has {value}, its answer nothing"
            elif not same(value, found[0]):
                yield f"{label}: {name} has {value}, its answer {found[0]}"
            elif (line["unit"], line["basis"]) != found[1:]:
                yield f"{label}: in {line['unit']} ({line['basis']}), by the answer {found[1:]}"
        yield from _apart(line, label, said["base"], years)
    for name, found_there in wanted.items():
        missing = set(found_there) - seen[name]
        yield from (f"outcomes {key}: a value of {name} is missing" for key in sorted(missing))
    places = [_place(line["name"]) for line in said["outcomes"]]
    if places != sorted(places):
        yield "outcomes: they are not in their order"
    yield from _goals(said, columns)


def _apart(
    line: dict[str, Any], label: str, base: str, years: dict[str, list[int]]
) -> Iterator[str]:
    """Yield what is subtracted wrongly: sums over other years are not subtracted at all."""
    apart = less(line["values"], base)
    if line["name"].startswith(_SUMS):
        apart = {
            name: value if years[name] == years[base] else None for name, value in apart.items()
        }
    if not same(line["differences"], apart):
        yield f"{label}: differences are {line['differences']}, by the values {apart}"


def _goals(said: dict[str, Any], columns: list[Column]) -> Iterator[str]:
    wanted: dict[str, dict[str, str]] = {}
    for column in columns:
        for goal in column.answer["goals"]:
            wanted.setdefault(goal["name"], {})[column.name] = goal["status"]
    found = [(one["name"], one["statuses"]) for one in said["goals"]]
    if len(found) != len(wanted):
        yield f"goals: {len(found)} are told, {len(wanted)} solved"
    for name, statuses in found:
        if statuses != wanted.get(name):
            yield f"goals {name}: solved {statuses}, by the answers {wanted.get(name)}"


def _place(name: str) -> int:
    head, dot, _ = name.partition(".")
    return _ORDER.index(head + dot)


def counted(answer: dict[str, Any], nameless: set[str]) -> _Found:
    """Return every outcome of an answer: value, unit, and what the unit counts."""
    found: _Found = {"status": (answer["status"], _NO_UNIT, "ore")}
    for goal in answer["goals"]:
        found[f"goal.{goal['name']}"] = (goal["value"], goal["unit"], "ore")
        if goal["name"] in {"evenness", "cost"}:
            unit = "相对差" if goal["name"] == "evenness" else "万元"
            found[goal["name"]] = (goal["rounded_value"], unit, "ore")
    short = set()
    for line in answer["balance"]:
        if line["place"] == "":
            made = line["production_existing"] + line["production_new"]
            parts = (("demand", line["demand"]), ("unmet", line["unmet"]), ("output", made))
            for kind, amount in parts:
                key = f"{kind}.{line['product']}"
                before = found[key][0] if key in found else 0.0
                found[key] = (before + amount, line["unit"], line["basis"])
            if line["unmet"] > _SHORT * max(1.0, line["demand"]):
                short.add(line["product"])
    for use in sorted(answer["caps"], key=lambda use: int(use["year"])):
        upper = use["sense"] in {"ceiling", "level", "about"} and use["limit"]
        share = use["used"] / use["limit"] if upper else None
        found[f"cap_used.{use['clause']}"] = (use["used"], use["unit"], use["basis"])
        found[f"cap_share.{use['clause']}"] = (share, "1", "ore")
    lists = _lists(answer, nameless) | {"unmet_products": sorted(short)}
    found |= {key: (";".join(ones), _NO_UNIT, "ore") for key, ones in lists.items()}
    return found | {key: (n, _PIECES, "ore") for key, n in _numbers(answer)} | _structure(answer)


def _numbers(answer: dict[str, Any]) -> Iterator[tuple[str, int]]:
    kinds = Counter(action["kind"] for action in answer["actions"])
    yield from (("left_forced", kinds["leave_forced"]), ("left_chosen", kinds["leave_chosen"]))
    yield from (("renewed", kinds["renew"]), ("lapsed", kinds["lapsed"]))
    issued = [one["kind"] for one in answer["issuance"]]
    yield from (("issued", len(issued)), ("converted", issued.count("converted")))
    made = Counter(one["kind"] for one in answer["reorganisations"])
    yield from (("expanded", made["expand"]), ("merged", made["merge"]))


def _structure(answer: dict[str, Any]) -> _Found:
    found: _Found = {}
    for line in sorted(answer["structure"], key=lambda line: int(line["year"])):
        if line["by"] == "all":
            sizes = {size: line[size] for size in ("large", "medium", "small")}
            held = sum(sizes.values())
            ratio = (sizes["large"] + sizes["medium"]) / held if held else None
            found = {key: (n, _PIECES, "ore") for key, n in (sizes | {"rights": held}).items()}
            found["large_medium_ratio"] = (ratio, "1", "ore")
    return found


def _lists(answer: dict[str, Any], nameless: set[str]) -> dict[str, list[str]]:
    made = answer["reorganisations"]
    leaving = [
        one["right"] for one in answer["actions"] if one["kind"] in {"leave_forced", "leave_chosen"}
    ]
    dated = answer["mode"] == "calendar"
    binding = {
        f"{rule['clause']}@{rule['year']}" if dated else rule["clause"]
        for rule in answer["rules"]
        if rule["binding"]
    }
    merged = [member for one in made if one["kind"] == "merge" for member in one["members"]]
    expanded = [one["right"] for one in made if one["kind"] == "expand"]
    return {
        "issued_rights": sorted({one["right"] for one in answer["issuance"]}),
        "leaving_rights": _told(leaving, nameless),
        "expanded_rights": _told(expanded, nameless),
        "merged_rights": _told(merged, nameless),
        "binding": sorted(binding),
    }


def _told(licences: list[str], nameless: set[str]) -> list[str]:
    """Return licences in order, those that no list may name as a number at the end."""
    kept = sorted(set(licences) - nameless)
    hidden = len(set(licences) & nameless)
    return [*kept, f"{NAMELESS}{hidden}"] if hidden else kept
