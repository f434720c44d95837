"""`roll.json`: what rolling did, for other programs and for the check."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minequota.reports.numbers import clean
from minequota.reports.roll.read import PastRun
from minequota.scenarios.checks.years import planned_years
from minequota.scenarios.documents.yamlfile import label_of
from minequota.scenarios.rolling.fulfilment import Fulfilment
from minequota.scenarios.rolling.roll import Rolled, Year

FORMAT = "minequota-roll/1"


@dataclass(frozen=True)
class Told:
    """One roll, as the page and the document speak of it."""

    run: PastRun
    year: Year
    rolled: Rolled
    events: Path | None

    def place(self, place: str) -> str:
        """Return a place in the table without the folder it lies in."""
        actual = self.year.actual
        return place.replace(label_of(actual), actual.name, 1)


def document(told: Told) -> dict[str, Any]:
    """Return `roll.json` as a dictionary."""
    run, year, rolled = told.run, told.year, told.rolled
    question = run.scenario.question
    return {
        "format": FORMAT,
        "plan": rolled.plan.id,
        "authority": rolled.question.authority.zh,
        "run": run.folder.name,
        "actual": year.actual.name,
        "events": "" if told.events is None else told.events.name,
        "passed": year.passed,
        "mode": question.mode,
        "years_before": list(planned_years(question)),
        "years": list(planned_years(rolled.question)),
        "options": {
            "as_planned": year.as_planned,
            "extend_plan": year.extend_plan,
            "missing": year.missing,
            "tolerance": year.tolerance,
            "confirm_large": list(year.confirmed),
        },
        "rights": rights(told),
        "fulfilment": [_fulfilment(told, one) for one in rolled.fulfilments],
        "produced": [
            {
                "right": identity,
                "ore": clean(one.ore.value),
                "unit": one.ore.unit,
                "believed": one.believed or "",
                "stated": {
                    kind: {"ore": clean(amount.value), "unit": amount.unit}
                    for kind, amount in sorted(one.stated.items())
                },
                "origin": one.origin,
                "place": told.place(one.place),
            }
            for identity, one in sorted(rolled.produced.items())
        ],
        "reserves": [
            {
                "right": one.licence,
                "produced": clean(one.produced),
                "drawn": clean(one.drawn),
                "short": clean(one.short),
                "unit": one.unit,
            }
            for one in rolled.drawn
        ],
        "steps": [
            {
                "kind": one.kind,
                "subject": one.subject,
                "field": one.field,
                "old": one.old,
                "new": one.new,
                "source": one.source,
                "assumed": one.assumed,
                "note": one.note.zh,
                "note_en": one.note.en,
            }
            for one in rolled.steps
        ],
        "notices": [
            {
                "code": one.code,
                "subject": one.subject,
                "text": one.text.zh,
                "text_en": one.text.en,
            }
            for one in rolled.notices
        ],
    }


def rights(told: Told) -> dict[str, int]:
    """Return how many rights there were, entered, left and are."""
    before = {one.licence for one in told.run.scenario.rights}
    after = {one.licence for one in told.rolled.rights}
    kinds = [one.kind for one in told.rolled.steps if one.field == "licence"]
    return {
        "before": len(before),
        "entered": len(after - before),
        "left": len(before - after),
        "after": len(after),
        "issued_as_planned": kinds.count("issued"),
        "converted_as_planned": kinds.count("converted"),
        "merged_as_planned": kinds.count("merged"),
        "closed_as_planned": kinds.count("closed"),
        "events": len(told.rolled.events),
        "events_later": len(told.rolled.later),
        "decisions_not_booked": 0 if told.year.as_planned else told.year.decided.number,
    }


def text(told: Told) -> str:
    """Return `roll.json` as text: UTF-8, two spaces of indent, keys in this order."""
    return json.dumps(document(told), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _fulfilment(told: Told, one: Fulfilment) -> dict[str, Any]:
    return {
        "right": one.right,
        "heir": one.heir,
        "name": one.name,
        "synthetic": one.synthetic,
        "county": one.county,
        "mineral": one.mineral,
        "product": one.product,
        "kind": "control" if one.control else "guidance",
        "use": one.use,
        "quota": clean(one.quota.value),
        "produced": None if one.produced is None else clean(one.produced.value),
        "unit": one.quota.unit,
        "printed_quota": clean(one.printed.value),
        "printed_unit": one.printed.unit,
        "awaiting": one.awaiting,
        "split": one.split,
        "assumed": one.assumed,
        "rate": None if one.rate is None else clean(one.rate),
        "excess": clean(one.excess),
        "unused": clean(one.unused),
        "entered": one.entered,
        "reason": one.reason,
        "place": told.place(one.place),
    }
