"""Names of places and things as a language has them, from the plans of all cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from minequota.reports import text
from minequota.reports.compare.comparison import Comparison
from minequota.reports.provenance import origin_mark
from minequota.reports.safe_text import printable
from minequota.reports.text import Lang, Words
from minequota.scenarios.right import Right


@dataclass(frozen=True)
class Names:
    """Look-ups for the tables of one comparison in one language."""

    comparison: Comparison
    lang: Lang
    english: Mapping[str, str]
    registered: Mapping[str, Right]

    def place(self, name: str) -> str:
        """Return the name of a county, mineral or product."""
        return printable(name if self.lang == "zh" else self.english.get(name, name))

    def unit(self, name: str, basis: str = "ore") -> str:
        """Return a unit, with its basis where that is not ore."""
        return text.unit(name, self.lang, basis)

    def mark(self, right: str, synthetic: bool) -> str:
        """Return where the data of a right come from."""
        registered = self.registered.get(right)
        if registered is not None:
            return origin_mark(registered).say(self.lang)
        if right.startswith("merger:"):
            made = text.MERGED_SYNTHETIC if synthetic else text.MERGED
            return made.say(self.lang)
        if right.startswith("convert:"):
            return text.CONVERTED.say(self.lang)
        return text.TO_BE_ISSUED.say(self.lang)

    def say(self, zh: str, en: str) -> str:
        """Return the text of the language."""
        return Words(zh, en).say(self.lang)


def names_of(comparison: Comparison, lang: Lang) -> Names:
    """Return the look-ups; what several cases name is named as the first of them does."""
    english: dict[str, str] = {}
    registered: dict[str, Right] = {}
    for case in reversed(comparison.cases):
        plan = case.scenario.plan
        english |= {one.name: one.en for one in plan.counties}
        english |= {one.name: one.en for one in plan.minerals}
        english |= {one.name: one.en for one in plan.products}
        for right in case.scenario.rights:
            known = registered.get(right.licence)
            # Data that is invented in any column is marked, whatever another register has.
            if known is None or right.synthetic or not known.synthetic:
                registered[right.licence] = right
    return Names(comparison, lang, english, registered)
