"""The totals of a roll, recomputed from the run's files and the table alone.

Nothing of `scenarios/rolling` is used here: the table is read a second time by other code, ore is
converted by the arithmetic of the independent check, and the register before and after is compared
line by line.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from minequota.optimizer.verify.amounts import Ore, in_unit, product_per_ore
from minequota.reports.roll.check_documents import document_faults
from minequota.reports.roll.check_fulfilment import fulfilment_faults, overproduced_faults
from minequota.reports.roll.check_register import (
    EXPANDED,
    RENEWED,
    Year,
    entered_faults,
    register_faults,
)
from minequota.reports.roll.check_shares import share_faults
from minequota.reports.roll.second_reading import Reading, plain, read_again
from minequota.scenarios.plan import Plan, Product
from minequota.scenarios.register.sheet import read_sheet
from minequota.scenarios.units import Quantity

Record = Mapping[str, str]
_NEAR = 1e-6
_LEAVING = ("leave_forced", "leave_chosen", "merge")


@dataclass(frozen=True)
class Asked:
    """What was rolled, and how: the files and the choices that the totals follow from."""

    run: Path
    actual: Path
    events: Path | None
    passed: int
    as_planned: bool
    plan: Plan
    extend_plan: bool = False


def faults(asked: Asked, rolled: Path) -> list[str]:
    """Return what does not add up in the folder `rolled`; empty for a correct one."""
    before = _register(asked.run / "inputs" / "mines.csv")
    after = _register(rolled / "mines.csv")
    records = json.loads((asked.run / "allocation.json").read_text(encoding="utf-8"))
    said = json.loads((rolled / "roll.json").read_text(encoding="utf-8"))
    moved = _Moved(asked, records)
    question = yaml.safe_load((rolled / "scenario.yaml").read_text(encoding="utf-8"))
    return [
        *_rights(before, after, moved, said),
        *_ore(asked, before, after, moved, said),
        *_figures(asked, before, after, moved, said, records, question),
        *document_faults(
            asked.run,
            rolled,
            asked.passed,
            extended=asked.extend_plan,
            moved=asked.as_planned or moved.by_event,
        ),
        *share_faults(asked.run, rolled, asked.passed, moved.new, after),
    ]


def _register(path: Path) -> dict[str, Record]:
    text = path.read_bytes().decode("utf-8-sig")
    return {row["licence"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


class _Moved:
    """Who may have entered and left: by the decisions taken as done, and by the events."""

    def __init__(self, asked: Asked, records: Mapping[str, Any]) -> None:
        done = [] if not asked.as_planned else records["reorganisations"]
        passed = [one for one in done if one["year"] <= asked.passed]
        self.mergers = {_entered(one): one["members"] for one in passed if one["kind"] == "merge"}
        self.enlarged = {one["right"] for one in passed if one["kind"] == "expand"}
        self.decided = {_entered(one): one for one in passed if one["kind"] == "merge"}
        self.renewed: set[str] = set()
        self.issued: set[str] = set()
        self.new: dict[str, Mapping[str, Any]] = {}
        self.leaving: set[str] = set()
        if asked.as_planned:
            self.issued = {
                _entered(one) for one in records["issuance"] if one["year"] <= asked.passed
            }
            # A conversion may state its own first year: its share is not that of the ramp-up.
            self.new = {
                _entered(one): one
                for one in records["issuance"]
                if one["year"] <= asked.passed and one["kind"] == "new"
            }
            self.decided |= {
                _entered(one): one for one in records["issuance"] if one["year"] <= asked.passed
            }
            self.renewed = {
                one["right"]
                for one in records["actions"]
                if one["kind"] == "renew" and one["year"] <= asked.passed
            }
            self.leaving = {
                one["right"]
                for one in records["actions"]
                if one["kind"] in _LEAVING and one["year"] <= asked.passed
            }
        self.by_event = asked.events is not None or (asked.run / "inputs/events.csv").is_file()


def _entered(record: Mapping[str, Any]) -> str:
    """Return the licence that a right issued or merged has on the register to begin with."""
    return f"{record['right']}@{record['year']}".replace(":", "-")


def _rights(
    before: Mapping[str, Record],
    after: Mapping[str, Record],
    moved: _Moved,
    said: Mapping[str, Any],
) -> Iterable[str]:
    """Rights after = before + entered − left, and everyone who moved has a reason to."""
    counts = said["rights"]
    entered, left = set(after) - set(before), set(before) - set(after)
    if len(before) + len(entered) - len(left) != len(after):
        yield "rights: before + entered - left is not after"
    found = {"before": len(before), "entered": len(entered), "left": len(left), "after": len(after)}
    for name, number in found.items():
        if counts[name] != number:
            yield f"rights.{name}: roll.json says {counts[name]}, the registers {number}"
    events = {one["subject"] for one in said["steps"] if one["kind"] == "event"}
    may_enter = moved.issued | set(moved.mergers) | events
    may_leave = moved.leaving | events
    yield from (f"{one}: entered for no reason" for one in sorted(entered - may_enter))
    yield from (f"{one}: left for no reason" for one in sorted(left - may_leave))
    if not moved.by_event:
        planned = (moved.issued | set(moved.mergers)) - entered
        yield from (f"{one}: was to be entered and is not" for one in sorted(planned))
        yield from (f"{one}: was to leave and did not" for one in sorted(moved.leaving - left))


def _ore(
    asked: Asked,
    before: Mapping[str, Record],
    after: Mapping[str, Record],
    moved: _Moved,
    said: Mapping[str, Any],
) -> Iterable[str]:
    """Reserves fall by the ore produced, right by right and in all."""
    names: dict[str, str] = {}
    for licence, row in before.items():
        names[row["name"]] = licence
    reading = read_again(asked.actual, names)
    touched = {one["subject"] for one in said["steps"] if one["kind"] == "event"}
    assumed = {one["right"]: one for one in said["produced"] if one["origin"] != "actual"}
    earlier = any(one["code"] == "year_assumed" for one in said["notices"])
    drawn_sum = made_sum = 0.0
    for licence, old in before.items():
        new = after.get(licence)
        if new is None or not old.get("reserves") or licence in touched | moved.enlarged:
            continue
        had, has = Quantity.parse(old["reserves"]), Quantity.parse(new["reserves"])
        made = _made(asked.plan, old, had.unit, reading.get(plain(licence)))
        if licence in assumed:
            one = assumed[licence]
            made = in_unit(one["ore"], one["unit"], had.unit, _density(asked.plan, old))
        drawn = had.value - has.to(had.unit)
        expected = min(had.value, made)
        if earlier:
            continue
        if not math.isclose(drawn, expected, rel_tol=_NEAR, abs_tol=_NEAR):
            yield f"{licence}: drew {drawn:.10g} {had.unit}, produced {expected:.10g}"
        drawn_sum += in_unit(drawn, had.unit, "吨", _density(asked.plan, old) or 1.0)
        made_sum += in_unit(expected, had.unit, "吨", _density(asked.plan, old) or 1.0)
    if not math.isclose(drawn_sum, made_sum, rel_tol=_NEAR, abs_tol=_NEAR):
        yield f"reserves: drawn {drawn_sum:.10g} t in all, produced {made_sum:.10g} t"


def _made(plan: Plan, row: Record, unit: str, reading: Reading | None) -> float:
    """Return the ore a row of the table says in `unit`; zero where it says nothing."""
    if reading is None:
        return 0.0
    product = _product(plan, row)
    if reading.in_product and product is not None:
        one = product_per_ore(product, unit, _stated(row))
        return in_unit(reading.value, reading.unit, product.unit) / one
    return in_unit(reading.value, reading.unit, unit, _density(plan, row))


class _Outputs:
    """What each right of the register made, by the table read again and the choice for the rest."""

    def __init__(self, asked: Asked, before: Mapping[str, Record], said: Mapping[str, Any]) -> None:
        self._plan, self._before = asked.plan, before
        names = {row["name"]: licence for licence, row in before.items()}
        self._reading = read_again(asked.actual, names)
        self.assumed = {one["right"]: one for one in said["produced"] if one["origin"] != "actual"}

    def reading(self, licence: str) -> Reading | None:
        return self._reading.get(plain(licence))

    def made(self, licence: str, unit: str, kind: str = "") -> float | None:
        """Return the output in `unit`: the one believed, or that of a kind; None if not known."""
        row, reading = self._before[licence], self.reading(licence)
        if kind and reading is not None:
            reading = reading.reported if kind == "reported" else reading.surveyed
            return None if reading is None else _made(self._plan, row, unit, reading)
        if reading is not None:
            return _made(self._plan, row, unit, reading)
        one = self.assumed.get(licence)
        if one is None or kind == "surveyed":
            return None
        return in_unit(one["ore"], one["unit"], unit, _density(self._plan, row))


def _figures(
    asked: Asked,
    before: Mapping[str, Record],
    after: Mapping[str, Record],
    moved: _Moved,
    said: Mapping[str, Any],
    records: Mapping[str, Any],
    question: Mapping[str, Any],
) -> Iterable[str]:
    """Compare every quota, the register field by field, and what is taken off next year."""
    outputs = _Outputs(asked, before, said)
    quotas = {one["right"]: one for one in records["quotas"] if one["year"] == asked.passed}
    members = {one["right"]: one["members"] for one in records["reorganisations"]}
    yield from fulfilment_faults(
        said,
        quotas,
        {right: listed for right, listed in members.items() if listed},
        set(before),
        lambda licence, quota: outputs.made(licence, quota["ore_unit"]),
    )
    for licence, one in outputs.assumed.items():
        quota = quotas.get(licence)
        most = math.inf if quota is None else quota["ore"] * (1 + _NEAR)
        if one["origin"] == "quota" and one["ore"] > most:
            yield f"{licence}: is assumed to have made {one['ore']:.10g}, more than its quota"
        if (one["origin"] == "zero" and one["ore"]) or outputs.reading(licence) is not None:
            yield f"{licence}: its output is said to be assumed and is not"
    yield from overproduced_faults(
        said,
        question,
        asked.passed,
        lambda licence: _density(asked.plan, after.get(licence) or before[licence]),
    )
    touched = _touched(asked, said)
    earlier = any(one["code"] == "year_assumed" for one in said["notices"])
    years = {}
    for licence in sorted({*before} & {*after} - touched):
        year = Year(assumed=licence in outputs.assumed, earlier=earlier)
        year.free = (EXPANDED if licence in moved.enlarged else frozenset()) | (
            RENEWED if licence in moved.renewed else frozenset()
        )
        for name, kind in (("last_output", "reported"), ("surveyed_output", "surveyed")):
            unit = _unit(after[licence], name)
            amount = outputs.made(licence, unit or "吨", kind)
            if kind == "reported":
                year.last_output = amount
            else:
                year.surveyed = amount
        given = [
            one for one in said["fulfilment"] if one["heir"] == licence and not one["awaiting"]
        ]
        unit = _unit(after[licence], "last_quota")
        if given:
            density = _density(asked.plan, before[licence])
            year.quota = sum(in_unit(one["quota"], one["unit"], unit, density) for one in given)
        years[licence] = year
    yield from register_faults(before, after, years)
    yield from entered_faults(after, moved.decided)


def _unit(row: Record, name: str) -> str:
    return Quantity.parse(row[name]).unit if row.get(name) else ""


def _touched(asked: Asked, said: Mapping[str, Any]) -> set[str]:
    """Return the licences that events changed, or merged others into: they stand in a table."""
    tables = [asked.run / "inputs" / "events.csv", *([asked.events] if asked.events else [])]
    written = {
        plain(cell)
        for path in tables
        if path.is_file()
        for row in read_sheet(path, ("变更事件", "变更事件表", "events")).rows
        for cell in row.cells
    }
    named = {one["subject"] for one in said["steps"] if one["kind"] == "event"}
    named |= {one["subject"] for one in said["notices"] if one["code"] == "merged_reserves"}
    return {one for one in named if plain(one) in written}


def _product(plan: Plan, row: Record) -> Product | None:
    mineral = next(
        (one for one in plan.minerals if row["mineral"] in (one.name, *one.aliases)), None
    )
    if mineral is None or mineral.product is None:
        return None
    return next(one for one in plan.products if one.name == mineral.product)


def _density(plan: Plan, row: Record) -> float | None:
    product = _product(plan, row)
    return _stated(row).density or (product.density if product is not None else None)


def _stated(row: Record) -> Ore:
    def number(name: str) -> float | None:
        text = row.get(name) or ""
        return float(text) if text else None

    return Ore(number("density"), number("grade"), number("recovery"), number("block_yield"))
