"""Figures multiplied: what a factor at a dotted path comes to.

``demand.<product>`` is a product's whole demand: its amount, its single years and its places. A
demand taken from a cap becomes an amount: the cap's net figure times the factor, the cap as the
same variation leaves it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

from minequota.scenarios.caps import cap_lines, whole_limit
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import problem
from minequota.scenarios.documents.overrides import (
    VARY,
    Documents,
    Override,
    given_override,
    overlaps,
    resolved,
)
from minequota.scenarios.documents.schema import annotation_at, standing_at
from minequota.scenarios.documents.validation import shown
from minequota.scenarios.errors import Problem
from minequota.scenarios.marks import Altered, altered, is_amount, model_at, source_of
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

_WHOLE = ("amount", "from_cap", "by_year", "places")
_WHOLE_LENGTH = 2
_DIGITS = 12
# Beyond this a factor is a slip: nobody asks for a million times the demand.
MAX_FACTOR = 1e6


@dataclass(frozen=True)
class Scaled:
    """What factors come to: the figures they set, and which entries' sources must say so.

    `from_caps` are the whole demands, with their factors, that are as large as the caps make them.
    """

    figures: tuple[Override, ...] = ()
    altered: tuple[Altered, ...] = ()
    from_caps: tuple[tuple[str, float], ...] = ()


def scaled(
    base: Documents, values: Sequence[Override], factors: Mapping[str, float]
) -> tuple[Scaled, list[Problem]]:
    """Return what the factors come to, or what is wrong with them; those are left out.

    Parameters
    ----------
    base
        The documents that are varied: the figures are theirs.
    values
        What is given a value in the same variation; none may touch a scaled figure.
    """
    problems: list[Problem] = []
    touched: list[Override] = []
    figures: list[Override] = []
    marked: list[Altered] = []
    from_caps: list[tuple[str, float]] = []
    for path, factor in factors.items():
        parts = path.split(".")
        whole = len(parts) == _WHOLE_LENGTH and parts[0] == "demand"
        own = [_given(path, key) for key in (_WHOLE if whole else ("",))]
        clash = overlaps(own, (*values, *touched))
        touched += own
        problems += clash
        try:
            if not (_is_number(factor) and 0 <= factor <= MAX_FACTOR):
                raise OverflowError(factor)
            found = (_whole_demand if whole else _figure)(base, path, factor)
        except OverflowError:
            found = _too_large(path, factor)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None and not clash:
            figures += found.figures
            marked += found.altered
            from_caps += found.from_caps
    result = Scaled(tuple(figures), tuple(marked), tuple(from_caps))
    return result, list(dict.fromkeys(problems))


def taken_from_caps(
    scenario: Scenario, documents: Documents, demands: Sequence[tuple[str, float]]
) -> tuple[list[Override], list[Problem]]:
    """Return what the whole demands come to that are as large as the caps make them.

    Parameters
    ----------
    scenario, documents
        The scenario and its documents with all else that the variation changes: the caps, what is
        held back and the planned years are theirs.
    demands
        The paths of the demands and their factors.
    """
    figures: list[Override] = []
    problems: list[Problem] = []
    for path, factor in demands:
        try:
            figures += _from_cap(scenario, documents.question, path, factor)
        except OverflowError:
            problems.append(_too_large(path, factor))
    return figures, problems


def _too_large(path: str, factor: object) -> Problem:
    limit = f"{MAX_FACTOR:.0f}"
    return problem("factor_range", _place(path), value=shown(factor), limit=limit)


def _is_number(factor: object) -> bool:
    return isinstance(factor, Real) and not isinstance(factor, bool) and math.isfinite(factor)


def _place(path: str) -> str:
    return f"{VARY} {path}"


def _given(path: str, key: str = "", value: object = None) -> Override:
    """Return the override of a figure below `path`, placed at the factor's own path."""
    return given_override(f"{path}.{key}" if key else path, value, place=_place(path))


def _figure(base: Documents, path: str, factor: float) -> Scaled | Problem | None:
    """Return what a factor makes of one figure; None where it stays as it is."""
    target = resolved(base, _given(path))
    if target is None or isinstance(target, Problem):
        return target
    document, found = target
    model = model_at(base, path)
    old = standing_at(model, document.data, found)
    if old is None:
        return problem("factor_unset", _place(path), path=path)
    new = _times(old, annotation_at(model, found), factor)
    if new is None:
        return problem("factor_nothing", _place(path), path=path, value=shown(old))
    if factor == 1:
        return None
    source = source_of(model, path, found)
    return Scaled(
        (_given(path, value=new),),
        () if source is None else (_altered(path, *source, factor),),
    )


def _altered(path: str, source: str, key: str, factor: float) -> Altered:
    return altered(source, key, f"×{factor:.{_DIGITS}g}", _place(path))


def _times(value: object, annotation: object, factor: float) -> object:
    """Return a plain amount or number times the factor; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        product = _short(value * factor)
        whole = isinstance(value, int) and product.is_integer()
        return int(product) if whole else product
    if isinstance(value, str) and is_amount(annotation):
        try:
            return str(_amount(value, factor))
        except ValueError:
            return None
    return None


def _amount(text: str, factor: float) -> Quantity:
    given = Quantity.parse(text)
    return Quantity(_short(given.value * factor), given.unit)


def _short(number: float) -> float:
    """Return a number with the digits that a figure times a factor has: 0.3, never 0.30…04."""
    if not math.isfinite(number):
        raise OverflowError(number)
    return float(f"{number:.{_DIGITS}g}")


def _whole_demand(base: Documents, path: str, factor: float) -> Scaled | Problem | None:
    """Return what a factor makes of a product's whole demand; None where it stays as it is."""
    target = resolved(base, _given(path, "amount"))
    if target is None or isinstance(target, Problem):
        return target
    given = base.question.data["demand"][path.split(".")[1]]
    marked = (_altered(path, f"{path}.source", "", factor),)
    if given.get("from_cap"):
        return Scaled(altered=marked, from_caps=((path, factor),))
    if factor == 1:
        return None
    parts = _parts(given, factor)
    figures = {"amount": str(_amount(given["amount"], factor)), **parts}
    return Scaled(tuple(_given(path, key, one) for key, one in figures.items()), marked)


def _parts(given: Mapping[str, Any], factor: float) -> dict[str, dict[str, str]]:
    """Return what a factor makes of a demand's single years and places, where it has any."""
    return {
        key: {one: str(_amount(text, factor)) for one, text in given[key].items()}
        for key in ("by_year", "places")
        if given.get(key)
    }


def _from_cap(
    scenario: Scenario, question: Document, path: str, factor: float
) -> Iterator[Override]:
    """Yield what a factor makes of a demand that is the caps' net figure."""
    name = path.split(".")[1]
    given = question.data["demand"][name]
    *earlier, (_, amount) = _nets(scenario, question, name)
    unit = scenario.plan.product(name).unit
    own = given.get("by_year") or {}
    years = {
        str(year): str(Quantity(_short(net * factor), unit))
        for year, net in earlier
        if str(year) not in own and net != amount
    }
    parts = _parts(given, factor)
    yield _given(path, "from_cap", False)
    yield _given(path, "amount", str(Quantity(_short(amount * factor), unit)))
    if own or years:
        yield _given(path, "by_year", {**years, **parts.get("by_year", {})})
    if "places" in parts:
        yield _given(path, "places", parts["places"])


def _nets(scenario: Scenario, question: Document, name: str) -> list[tuple[int, float]]:
    """Return what the caps let be handed out of a product, planned year by planned year.

    A figure that nobody has handed down yet lets nothing be handed out.
    """
    last, first = question.data.get("year"), question.data.get("first_year")
    if not isinstance(last, int):
        last = scenario.question.year
    if question.data.get("mode") != "calendar" or not isinstance(first, int) or first > last:
        first = last
    product = scenario.plan.product(name)
    years = tuple(range(first, last + 1))
    caps = cap_lines(scenario, years)
    return [
        (year, whole_limit((cap for cap in caps if year in cap.years), product) or 0.0)
        for year in years
    ]
