"""Checks that every clause passes, of the plan or of the question: its years and its sense."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import problem
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Indicator, Years


def years_reversed(years: Years | None, path: KeyPath, document: Document) -> Iterator[Problem]:
    """Report years whose first is after their last."""
    if years is not None and years.last < years.first:
        place = document.place(path)
        yield problem("years_reversed", place, first=years.first, last=years.last)


def senses(indicators: Sequence[Indicator], path: KeyPath, document: Document) -> Iterator[Problem]:
    """Report a tolerance or a hoped side that the sense lacks or cannot have."""
    for index, one in enumerate(indicators):
        at = (*path, index)
        if one.sense == "about" and one.tolerance is None:
            yield problem("needs_tolerance", document.place((*at, "sense")))
        if one.sense != "about" and one.tolerance is not None:
            yield problem("spare_tolerance", document.place((*at, "tolerance")))
        if one.sense != "forecast" and one.hoped is not None:
            yield problem("spare_hoped", document.place((*at, "hoped")))
