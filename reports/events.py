"""What happened to the register since its date, as far as the scenario's events tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from minequota.reports import text
from minequota.reports.text import Lang, Words
from minequota.scenarios.events.event import Event, EventKind
from minequota.scenarios.scenario import Scenario

KIND: dict[str, Words] = {
    EventKind.ISSUED: Words("新立", "issued"),
    EventKind.CONVERTED: Words("探转采", "converted"),
    EventKind.TRANSFERRED: Words("转让", "transferred"),
    EventKind.CHANGED: Words("变更登记", "changed"),
    EventKind.RENEWED: Words("延续", "renewed"),
    EventKind.EXPIRED: Words("过期", "expired"),
    EventKind.STOPPED: Words("停产", "stopped"),
    EventKind.SEALED: Words("查封", "sealed"),
    EventKind.RESUMED: Words("复产", "resumed"),
    EventKind.MERGED: Words("整合", "merged"),
    EventKind.CLOSED: Words("注销或关闭", "closed or cancelled"),
}


def events_sentence(scenario: Scenario, lang: Lang) -> str:
    """Say how many events changed the register; empty where the scenario has none."""
    parts = []
    if scenario.events:
        zh, en = (_counted(scenario.events, one) for one in ("zh", "en"))
        number = len(scenario.events)
        parts.append(Words(f"已计入{number}项：{zh}。", f"Applied: {number} ({en}).").say(lang))
    if scenario.events_later:
        number = len(scenario.events_later)
        parts.append(
            Words(
                f"另有{number}项发生在首个测算年度及以后，未计入。",
                f"Left out, in or after the first year planned: {number}.",
            ).say(lang)
        )
    return ("" if lang == "zh" else " ").join(parts)


def _counted(events: Iterable[Event], lang: Lang) -> str:
    counts = Counter(event.kind for event in events)
    between = "" if lang == "zh" else " "
    parts = [
        f"{text.word(KIND, kind, lang)}{between}{counts[kind]}"
        for kind in EventKind
        if kind in counts
    ]
    return text.joined(parts, lang)


def event_lines(scenario: Scenario, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield the day and kind of every event, and the right it speaks of."""
    for event in scenario.events:
        yield _label(event, lang), _right(event)
    later = Words("（未计入）", " (left out)").say(lang)
    for event in scenario.events_later:
        yield f"{_label(event, lang)}{later}", _right(event)


def _label(event: Event, lang: Lang) -> str:
    return f"{event.day.isoformat()} {text.word(KIND, event.kind, lang)}"


def _right(event: Event) -> str:
    right = event.after or event.before
    name = f"{right.name} " if right is not None else ""
    into = f" → {event.into}" if event.into else ""
    return f"{name}[{event.licence}]{into}"
