"""What the events have used up of the places and projects a plan lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from minequota.scenarios.events.event import Event, EventKind
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question


def with_issued(plan: Plan, question: Question, events: Iterable[Event]) -> Question:
    """Return the question with the rights that events issued or converted counted as used.

    A right issued inside a zone or block takes one of its places. A converted right takes the
    listed project of its name.
    """
    used: Counter[str] = Counter(question.issued_since)
    zones = {word: zone.code for zone in plan.zones for word in (zone.code, zone.name)}
    listed = (*plan.conversions, *question.conversions)
    for event in events:
        right = event.after
        if right is None:
            continue
        if event.kind is EventKind.ISSUED and right.zone in zones:
            used[zones[right.zone]] += 1
        if event.kind is EventKind.CONVERTED:
            used.update(one.id for one in listed if one.name == right.name)
    return question.model_copy(update={"issued_since": dict(sorted(used.items()))})
