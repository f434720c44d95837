"""The lines of mines, zones and rights as they must be, put together from the answers anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from minequota.reports.compare.check_answers import NAMELESS, Column, less, like, same

_CHANGES = {"leave_forced", "leave_chosen", "expand", "merge"}
_GONE = {"leave_forced", "leave_chosen", "merge"}
_FIGURE = ("right", "product", "use", "unit", "basis")
_ISSUE = ("zone", "kind", "mineral", "product", "unit")
Line = dict[str, Any]


def line_faults(said: dict[str, Any], columns: list[Column], nameless: set[str]) -> Iterator[str]:
    """Yield what mines, zones and rights say that the answers do not, line by line."""
    base = said["base"]
    mines, alone = expected_mines(columns, base, nameless)
    yield from _compared("mines", said["mines"], mines, (*_FIGURE, "year"))
    if len(alone) != said["mines_left_out"]:
        yield f"mines: {said['mines_left_out']} left out, {len(alone)} stand alone"
    yield from _compared("zones", said["zones"], expected_zones(columns, base), _ISSUE)
    rights = expected_rights(columns, base, nameless)
    yield from _compared(
        "rights", said["rights"], rights, ("right", "unit", "county", "mineral", "size_class")
    )
    for kind, group in (("mines", ("product", "unit", "basis")), ("zones", ("unit",))):
        yield from _ordered(kind, said[kind], group)
    yield from _ordered("rights", said["rights"], ("unit",))


def _compared(
    kind: str, said: list[Line], wanted: list[Line], keys: tuple[str, ...]
) -> Iterator[str]:
    """Yield every field that is not as it must be, and every line too many or too few.

    Lines without a licence may share a key: what is there takes the nearest of what must be.
    """
    open_lines: dict[tuple[Any, ...], list[Line]] = defaultdict(list)
    for line in wanted:
        open_lines[tuple(line[key] for key in keys)].append(line)
    for line in said:
        label = f"{kind} {_label(line)}"
        left = open_lines[tuple(line.get(key) for key in keys)]
        if not left:
            yield f"{label}: no answer says so ({', '.join(str(line.get(key)) for key in keys)})"
            continue
        match = min(left, key=lambda one: sum(not same(line.get(key), one[key]) for key in one))
        left.remove(match)
        for key, value in match.items():
            if not same(line.get(key), value):
                yield f"{label}: {key} is {line.get(key)}, by the answers {value}"
    for left in open_lines.values():
        yield from (f"{kind} {_label(line)}: a line is missing" for line in left)


def _ordered(kind: str, lines: list[Line], group: tuple[str, ...]) -> Iterator[str]:
    """Yield what breaks the order: what differs first, like with like, the largest first."""
    seen: list[tuple[Any, ...]] = []
    last: Line | None = None
    for line in lines:
        place = (not line["differs"], *(line[key] for key in group))
        if last is not None and last["differs"] < line["differs"]:
            yield f"{kind} {_label(line)}: stands behind what does not differ"
        if not seen or seen[-1] != place:
            if place in seen:
                yield f"{kind} {_label(line)}: stands apart from its like"
            seen.append(place)
        elif last is not None and line["largest_difference"] > last["largest_difference"]:
            yield f"{kind} {_label(line)}: stands behind a smaller difference"
        last = line


def expected_mines(
    columns: list[Column], base: str, nameless: set[str]
) -> tuple[list[Line], set[str]]:
    """Return the lines of mines, and the rights that have nothing to be compared with."""
    horizons = {tuple(one.years) for one in columns}
    dated = len(horizons) < 2 or any(len(years) > 1 for years in horizons)
    found: dict[tuple[Any, ...], dict[str, Line]] = defaultdict(dict)
    counted: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for column in columns:
        for quota in column.answer["quotas"]:
            year = quota["year"] if dated else None
            found[(year, *(quota[key] for key in _FIGURE))][column.name] = quota
            counted[year, quota["right"], quota["product"]].add(column.name)
    lines, alone = [], set()
    for (year, right, product, *_), quotas in found.items():
        if len(quotas) < 2 and len(like(columns, quotas)) < 2:
            alone.add(right)
            continue
        values = {
            one.name: quotas[one.name]["amount"]
            if one.name in quotas
            else None
            if one.name in counted[year, right, product]
            else _nothing(one, columns, quotas, right, year)
            for one in columns
        }
        awaiting = [name for name, quota in quotas.items() if quota["awaiting"]]
        first = next(iter(quotas.values()))
        lines.append(
            {
                "year": year,
                "named": right not in nameless,
                "synthetic": any(quota["synthetic"] for quota in quotas.values()),
                **{key: first[key] for key in (*_FIGURE, "name", "county", "mineral")},
                "values": values,
                "awaiting": awaiting,
                "differs": _differ(values.values()) or 0 < len(awaiting) < len(columns),
                "count": 1,
            }
        )
    like_lines = ("year", "product", "use", "unit", "basis", "awaiting")
    return _together(lines, like_lines, ("county", "mineral"), base), alone


def _nothing(
    column: Column, columns: list[Column], quotas: dict[str, Line], right: str, year: int | None
) -> float | None:
    """Return 0 where a column knows a right and gives it nothing, None where it does not."""
    if year is not None and year not in column.years:
        return None
    if right in column.register:
        return 0.0
    elsewhere = any(right in one.register for one in columns if one.name in quotas)
    return None if elsewhere or column not in like(columns, quotas) else 0.0


def expected_zones(columns: list[Column], base: str) -> list[Line]:
    """Return the lines of zones."""
    found: dict[tuple[Any, ...], dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    issuing: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for column in columns:
        for one in column.answer["issuance"]:
            place = one["right"] if one["kind"] == "converted" else one["zone"] or one["right"]
            what = (place, one["kind"], one["mineral"], one["product"])
            found[*what, one["capacity_unit"]][column.name].append(one)
            issuing[what].add(column.name)
    lines = []
    for (*key, unit), issued in found.items():
        if len(issued) < 2 and len(like(columns, issued)) < 2:
            continue
        otherwise = issuing[tuple(key)] - set(issued)
        first = next(iter(issued.values()))[0]
        rights = {
            one.name: [
                {key: new[key] for key in ("right", "year", "capacity")}
                for new in sorted(issued.get(one.name, []), key=lambda new: str(new["right"]))
            ]
            for one in like(columns, issued)
            if one.name not in otherwise
        }
        numbers = {name: len(ones) for name, ones in rights.items()}
        lines.append(
            {
                **dict(zip(_ISSUE, (*key, unit), strict=True)),
                "name": first["zone_name"],
                "county": first["county"],
                "rights": rights,
                "issued": numbers,
                "issued_differences": less(numbers, base),
                "values": {
                    name: sum(one["capacity"] for one in ones) for name, ones in rights.items()
                },
                "differs": bool(otherwise) or _differ(rights.values()),
            }
        )
    return [_sized(line, base) for line in lines]


def expected_rights(columns: list[Column], base: str, nameless: set[str]) -> list[Line]:
    """Return the lines of rights that leave, grow, merge or are formed."""
    found: dict[tuple[str, str], dict[str, tuple[Line, float | None]]] = defaultdict(dict)
    formed: dict[tuple[str, str], dict[str, Line]] = defaultdict(dict)
    changing: set[str] = set()
    for column in columns:
        made = column.answer["reorganisations"]
        grown = {one["right"]: one for one in made if one["kind"] == "expand"}
        for action in column.answer["actions"]:
            right, kind = action["right"], action["kind"]
            after = grown[right] if kind == "expand" and right in grown else action
            capacity = 0.0 if kind in _GONE else after["capacity"]
            found[right, after["capacity_unit"]][column.name] = (action, capacity)
            changing |= {right} if kind in _CHANGES else set()
        for one in made:
            if one["kind"] == "merge":
                formed[one["right"], one["capacity_unit"]][column.name] = one
    lines = [
        _right(columns, unit, *_changed(actions), right not in nameless)
        for (right, unit), actions in found.items()
        if right in changing and (len(actions) > 1 or len(like(columns, actions)) > 1)
    ]
    for (right, unit), ones in formed.items():
        if len(ones) < 2 and len(like(columns, ones)) < 2:
            continue
        anywhere = {name for key, made in formed.items() if key[0] == right for name in made}
        fates: dict[str, Line] = {}
        values: dict[str, float | None] = {}
        for column in like(columns, ones):
            new = ones.get(column.name)
            if new is None and column.name in anywhere:
                continue
            kind = "none" if new is None else "formed"
            year, project = (0, "") if new is None else (new["year"], new["id"])
            fates[column.name] = {"kind": kind, "year": year, "project": project}
            values[column.name] = 0.0 if new is None else new["capacity"]
        first = next(iter(ones.values()))
        lines.append(_right(columns, unit, first, first["name"], fates, values, True))
    like_lines = ("county", "mineral", "size_class", "unit", "fates")
    return _together(lines, like_lines, (), base)


def _changed(
    actions: dict[str, tuple[Line, float | None]],
) -> tuple[Line, str, dict[str, Line], dict[str, float | None]]:
    fates = {}
    for name, (action, _) in actions.items():
        year = action["year"] if action["kind"] in _CHANGES else 0
        fates[name] = {"kind": action["kind"], "year": year, "project": action["project"]}
    told = [action["name"] for action, _ in actions.values() if action["name"]]
    first = next(iter(actions.values()))[0]
    values = {name: capacity for name, (_, capacity) in actions.items()}
    return first, next(iter(told), ""), fates, values


def _right(
    columns: list[Column],
    unit: str,
    first: Line,
    name: str,
    fates: dict[str, Line],
    values: dict[str, float | None],
    named: bool,
) -> Line:
    fewer = len(fates) < len(like(columns, fates))
    return {
        **{key: first[key] for key in ("right", "synthetic", "county", "mineral", "size_class")},
        "name": name,
        "named": named,
        "unit": unit,
        "fates": fates,
        "values": values,
        "differs": fewer or _differ(fates.values()) or _differ(values.values()),
        "count": 1,
    }


def _together(
    lines: list[Line], alike: tuple[str, ...], blank: tuple[str, ...], base: str
) -> list[Line]:
    """Return the lines, those without a name added up where they are alike."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if not line["named"]:
            for fate in line.get("fates", {}).values():
                fate["project"] = ""
            knowing = [name for name, value in line["values"].items() if value is not None]
            groups[repr([*(line[key] for key in alike), knowing])].append(line)
    found = [line for line in lines if line["named"]]
    for ones in groups.values():
        sums = {
            name: None if value is None else sum(one["values"][name] for one in ones)
            for name, value in ones[0]["values"].items()
        }
        found.append(
            {
                **ones[0],
                **dict.fromkeys(("right", "name", *blank), ""),
                "synthetic": True,
                "values": sums,
                "differs": any(one["differs"] for one in ones),
                "count": len(ones),
            }
        )
    return [_sized(line, base) for line in found]


def _sized(line: Line, base: str) -> Line:
    apart = less(line["values"], base)
    sizes = [abs(one) for one in apart.values() if one is not None]
    return {**line, "differences": apart, "largest_difference": max(sizes, default=0.0)}


def _differ(values: Iterable[Any]) -> bool:
    found = list(values)
    return any(one != found[0] for one in found[1:])


def _label(line: Line) -> str:
    return str(line.get("right") or line.get("zone") or NAMELESS)
