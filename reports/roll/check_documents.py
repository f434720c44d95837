"""Plan and scenario of a rolled folder against those of the run: what a roll may change, it may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

_MISSING = object()
# Keys of the folder itself; overproduced and options.usable are recomputed elsewhere.
_OWN = {"plan", "register", "cases", "default_case", "events", "title", "overproduced"}
_YEARS = {"year", "first_year", "register_date"}
_LISTS = {"mergers", "expansions", "conversions", "extra_candidates", "issued_since"}
_HELD_ON = {"years", "reading", "note"}


def document_faults(
    run: Path, rolled: Path, passed: int, *, extended: bool, moved: bool
) -> Iterable[str]:
    """Yield the keys of `plan.yaml` and `scenario.yaml` that a roll has no business to change.

    Parameters
    ----------
    run, rolled
        The run folder and the rolled one.
    passed
        The year that has passed.
    extended
        Whether the plan was to hold on past its last year.
    moved
        Whether rights may have entered, left or changed: lists of projects follow the register.
    """
    before, after = (_read(one / "scenario.yaml") for one in (run / "inputs", rolled))
    yield from _years(before, after, passed)
    yield from _question(before, after, passed, moved=moved)
    plans = [_read(one / "plan.yaml") for one in (run / "inputs", rolled)]
    yield from _plan(plans[0], plans[1], extended=extended, moved=moved)


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _years(old: Mapping[str, Any], new: Mapping[str, Any], passed: int) -> Iterable[str]:
    calendar = old.get("mode") == "calendar"
    expected = {
        "year": max(old["year"], passed + 1) if calendar else passed + 1,
        "first_year": passed + 1 if calendar else None,
        "register_date": f"{passed}-12-31",
    }
    for name, value in expected.items():
        found = new.get(name)
        if str(found) != str(value):
            yield f"scenario.{name}: {found}, it has to be {value}"


def _question(
    old: Mapping[str, Any], new: Mapping[str, Any], passed: int, *, moved: bool
) -> Iterable[str]:
    own = _OWN | _YEARS | {"caps_from_above", "demand", "options", "transport", "costs"}
    own |= _LISTS
    yield from _differing("scenario", old, new, own)
    kept = [one for one in old.get("caps_from_above") or [] if one["year"] > passed]
    if kept != list(new.get("caps_from_above") or []):
        yield "scenario.caps_from_above: not those of the years to come"
    # An expansion may be found done without anything having moved in the year.
    for name in sorted((_LISTS | {"transport", "costs"}) - {"expansions"}):
        if not moved and (old.get(name) or None) != (new.get(name) or None):
            yield f"scenario.{name}: has changed, and no right has"
    options, later = old.get("options") or {}, new.get("options") or {}
    yield from _differing(
        "scenario.options", options, later, {"usable", "paths", "year_weights", "hand_out"}
    )
    for name in ("year_weights", "hand_out"):
        yield from _fewer(f"scenario.options.{name}", options.get(name), later.get(name), passed)
    given, found = options.get("paths") or {}, later.get("paths") or {}
    for name in sorted({*given, *found}):
        path = f"scenario.options.paths.{name}"
        yield from _fewer(path, given.get(name), found.get(name), passed)
    demands, wanted = old.get("demand") or {}, new.get("demand") or {}
    for name in sorted({*demands, *wanted}):
        if name not in wanted and demands[name].get("from_cap"):
            continue  # there is no figure to take it from in the new year
        was, now = demands.get(name), wanted.get(name)
        if was is None or now is None:
            yield f"scenario.demand.{name}: {'added' if was is None else 'dropped'}"
            continue
        yield from _differing(f"scenario.demand.{name}", was, now, {"by_year"})
        path = f"scenario.demand.{name}.by_year"
        yield from _fewer(path, was.get("by_year"), now.get("by_year"), passed)


def _plan(
    old: Mapping[str, Any], new: Mapping[str, Any], *, extended: bool, moved: bool
) -> Iterable[str]:
    """Compare the plans; a clause held on has other years, reading and note, and no more."""
    held_on = extended and old.get("target_year") != new.get("target_year")
    own = {"target_year", "minimum_scale_use"} if held_on else set()
    for name in sorted({*old, *new} - own):
        was, now = old.get(name), new.get(name)
        if was == now or (name == "expansions" and _fewer_of(was, now)):
            continue
        if not held_on or not _same_clauses(was, now):
            yield f"plan.{name}: has changed"
    if held_on:
        use, used = old.get("minimum_scale_use") or {}, new.get("minimum_scale_use") or {}
        yield from _differing("plan.minimum_scale_use", use, used, {"existing_by"})


def _fewer_of(was: Any, now: Any) -> bool:
    """Whether a list has nothing that was not in it before."""
    before = was or []
    return all(one in before for one in now or [])


def _same_clauses(was: Any, now: Any) -> bool:
    if not (isinstance(was, list) and isinstance(now, list) and len(was) == len(now)):
        return False
    pairs = zip(was, now, strict=True)
    return all(
        isinstance(one, dict)
        and isinstance(other, dict)
        and not list(_differing("", one, other, _HELD_ON))
        for one, other in pairs
    )


def _differing(
    path: str, old: Mapping[str, Any], new: Mapping[str, Any], own: set[str]
) -> Iterable[str]:
    """Yield the keys but `own` whose values are not the same; an empty one is none."""
    for name in sorted({*old, *new} - own):
        was, now = (one.get(name, _MISSING) for one in (old, new))
        empty: tuple[Any, ...] = (_MISSING, None, {}, [])
        if was != now and not (was in empty and now in empty):
            yield f"{path}.{name}: has changed"


def _fewer(path: str, old: Any, new: Any, passed: int) -> Iterable[str]:
    """Yield entries that are new or other than before, and years to come that are missing."""
    old, new = old or {}, new or {}
    for key in sorted({*old, *new}, key=str):
        year = int(key) if str(key).isdigit() else None
        if key in new and (key not in old or old[key] != new[key]):
            yield f"{path}.{key}: has changed"
        if key not in new and year is not None and year > passed:
            yield f"{path}.{key}: is missing"
