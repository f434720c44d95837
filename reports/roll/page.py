"""`roll.md`: what rolling did, for people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from minequota.reports.roll.document import Told, rights
from minequota.reports.roll.words import FIELDS, HEADINGS, KINDS, SIZES, TREATED, WORDS
from minequota.reports.safe_text import one_line
from minequota.reports.text import Lang
from minequota.scenarios.checks.years import planned_years
from minequota.scenarios.events.event import EventKind
from minequota.scenarios.events.reader import title_of
from minequota.scenarios.register.fields import fields
from minequota.scenarios.rolling.fulfilment import Fulfilment
from minequota.scenarios.rolling.steps import Step

_REGISTER = ("reserves", "last_output", "surveyed_output", "last_quota")
_MOVED = ("event", "issued", "converted", "merged", "closed", "expanded", "renewed")
_LISTED = ("overproduced", "plan", "question")


def page(told: Told, lang: Lang) -> str:
    """Return `roll.md` in Chinese or English."""
    return "\n".join(_Page(told, lang).lines()) + "\n"


class _Page:
    def __init__(self, told: Told, lang: Lang) -> None:
        self.told = told
        self.at = 0 if lang == "zh" else 1

    def word(self, key: str, **parts: object) -> str:
        return WORDS[key][self.at].format(**parts)

    def lines(self) -> Iterator[str]:
        told, year = self.told, self.told.year
        authority = told.rolled.question.authority
        name = authority.zh if self.at == 0 else authority.en
        yield f"# {_text(self.word('title', passed=year.passed, authority=name))}"
        yield ""
        yield from self._head()
        yield from self._synthetic()
        yield from self._notices()
        yield from self._fulfilment()
        yield from self._moved()
        yield from self._section("register", self._steps(_REGISTER))
        yield from self._section("changes", self._steps(_LISTED))

    def _head(self) -> Iterator[str]:
        told, year = self.told, self.told.year
        planned = planned_years(told.rolled.question)
        facts = {
            "run": told.run.folder.name,
            "actual": year.actual.name,
            "events": told.events.name if told.events is not None else self.word("none"),
            "years": "—".join(str(one) for one in dict.fromkeys((planned[0], planned[-1]))),
            "missing": self.word(f"missing_{year.missing}"),
            "tolerance": f"{year.tolerance * 100:g} %",
            "as_planned": self.word("yes" if year.as_planned else "no"),
        }
        for key, value in facts.items():
            yield f"- {self.word(key)}: {_text(value)}"
        yield ""

    def _synthetic(self) -> Iterator[str]:
        rolled = self.told.rolled.rights
        synthetic = sum(1 for one in rolled if one.synthetic)
        if synthetic:
            yield f"> {self.word('synthetic', total=len(rolled), synthetic=synthetic)}"
            yield ""

    def _notices(self) -> Iterator[str]:
        rows = [(one.code, one.subject, one.text[self.at]) for one in self.told.rolled.notices]
        yield from self._section("notices", self._table(("code", "subject", "note"), rows))

    def _fulfilment(self) -> Iterator[str]:
        yield f"## {self.word('fulfilment')}"
        yield ""
        yield self.word("fulfilment_note")
        yield ""
        listed = self.told.rolled.fulfilments
        columns = (
            *("licence", "name", "product", "kind", "quota", "produced", "rate", "excess"),
            *("unused", "treated", "source"),
        )
        yield from self._table(columns, [self._line(one) for one in listed])
        yield ""
        yield f"### {self.word('by_product')}"
        yield ""
        summed = ("product", "kind", "quota", "produced", "rate", "excess", "unused")
        yield from self._table(summed, self._totals(listed))
        yield ""

    def _line(self, one: Fulfilment) -> tuple[str, ...]:
        unit = one.quota.unit
        mark = self.word("synthetic_mark") if one.synthetic else ""
        treated = TREATED["entered" if one.entered else one.reason if one.excess else ""]
        if one.awaiting:
            treated = TREATED["awaiting"]
        assumed = f" ({self.word('assumed')})" if one.assumed else ""
        return (
            one.right,
            f"{one.name}{mark}",
            one.product,
            KINDS["control" if one.control else "guidance"][self.at],
            f"{one.quota.value:.10g} {unit}",
            "—" if one.produced is None else f"{one.produced.value:.10g} {unit}{assumed}",
            "—" if one.rate is None else f"{one.rate * 100:.1f} %",
            f"{one.excess:.10g}" if one.excess else "",
            f"{one.unused:.10g}" if one.unused else "",
            treated[self.at],
            self.told.place(one.place),
        )

    def _totals(self, listed: Sequence[Fulfilment]) -> list[tuple[str, ...]]:
        """Sum by product, kind and unit; a sum of awaited or unknown figures is none."""
        groups: dict[tuple[str, bool, str], list[Fulfilment]] = defaultdict(list)
        for one in listed:
            groups[one.product, one.control, one.quota.unit].append(one)
        rows: list[tuple[str, ...]] = []
        for (product, control, unit), members in groups.items():
            quota = sum(one.quota.value for one in members)
            made = sum(one.produced.value for one in members if one.produced is not None)
            rows.append(
                (
                    product,
                    KINDS["control" if control else "guidance"][self.at],
                    f"{quota:.10g} {unit}",
                    f"{made:.10g} {unit}",
                    f"{made / quota * 100:.1f} %" if quota > 0 else "—",
                    f"{sum(one.excess for one in members):.10g}",
                    f"{sum(one.unused for one in members):.10g}",
                )
            )
        return rows

    def _moved(self) -> Iterator[str]:
        yield f"## {self.word('rights')}"
        yield ""
        counts = rights(self.told)
        yield self.word("counts", **counts)
        yield ""
        made_up = {one.licence: one for one in self.told.run.scenario.rights if one.synthetic}
        shown: list[Step] = []
        hidden: list[Step] = []
        for step in self.told.rolled.steps:
            if step.kind in _MOVED:
                closing = step.kind == "closed" and step.subject in made_up
                (hidden if closing else shown).append(step)
        yield from self._table(_STEP, [self._step(one) for one in shown])
        yield ""
        if hidden:
            # A made-up mine is never named as one to close: how many, where, of what and size.
            where = Counter(
                (right.county, right.mineral, right.size_class or "")
                for right in (made_up[one.subject] for one in hidden)
            )
            parts = [
                " ".join((county, mineral, SIZES[size][self.at] if size else "", f"× {number}"))
                for (county, mineral, size), number in sorted(where.items())
            ]
            text = ("；" if self.at == 0 else "; ").join(parts)
            yield self.word("closed_synthetic", number=len(hidden), where=_text(text))
            yield ""

    def _steps(self, kinds: Iterable[str]) -> Iterator[str]:
        wanted = set(kinds)
        rows = [self._step(one) for one in self.told.rolled.steps if one.kind in wanted]
        yield from self._table(_STEP, rows)

    def _step(self, one: Step) -> tuple[str, ...]:
        note = one.note[self.at]
        if one.assumed:
            note = f"{self.word('assumed')}; {note}" if note else self.word("assumed")
        kind = KINDS[one.kind][self.at]
        old, new = (self._value(one, value) for value in (one.old, one.new))
        return kind, one.subject, self._field(one), old, new, one.source, note

    def _field(self, one: Step) -> str:
        """Return what a step changed as the tables of this language call it."""
        if self.at == 1 or not one.field:
            return one.field
        if one.kind == "event":
            title = next((title for title in EventKind if title.value == one.field), None)
            return title_of(title).zh if title is not None else one.field
        if one.field in FIELDS:
            return FIELDS[one.field]
        known = fields().get(one.field)
        return known.headers_zh[0] if known is not None else one.field

    def _value(self, one: Step, value: str) -> str:
        return SIZES[value][self.at] if one.field == "size_class" and value in SIZES else value

    def _section(self, key: str, lines: Iterable[str]) -> Iterator[str]:
        yield f"## {self.word(key)}"
        yield ""
        yield from lines
        yield ""

    def _table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
        if not rows:
            yield self.word("none")
            return
        yield f"| {' | '.join(HEADINGS[one][self.at] for one in columns)} |"
        yield f"|{'---|' * len(columns)}"
        for row in rows:
            yield f"| {' | '.join(_text(cell) for cell in row)} |"


_STEP = ("what", "subject", "field", "old", "new", "source", "note")


def _text(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    plain = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for sign in "\\`*_[]|":
        plain = plain.replace(sign, f"\\{sign}")
    return plain
