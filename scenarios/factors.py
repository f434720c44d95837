"""Figures multiplied: what a factor at a dotted path comes to.

``demand.<product>`` is a product's whole demand: its amount, its single years and its places. A
demand taken from a cap becomes an amount: the cap's net figure times the factor.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real

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


@dataclass(frozen=True)
class Scaled:
    """What factors come to: the figures they set, and which entries' sources must say so."""

    figures: tuple[Override, ...] = ()
    altered: tuple[Altered, ...] = ()


def scaled(
    scenario: Scenario,
    base: Documents,
    documents: Documents,
    values: Sequence[Override],
    factors: Mapping[str, float],
) -> tuple[Scaled, list[Problem]]:
    """Return what the factors come to, or what is wrong with them.

    Parameters
    ----------
    scenario, base
        The scenario that is varied and its documents: the figures are theirs.
    documents
        The same with `values` applied: the planned years are theirs.
    values
        What is given a value in the same variation; none may touch a scaled figure.
    """
    problems: list[Problem] = []
    touched: list[Override] = []
    figures: list[Override] = []
    marked: list[Altered] = []
    for path, factor in factors.items():
        parts = path.split(".")
        whole = len(parts) == _WHOLE_LENGTH and parts[0] == "demand"
        touched += [_given(path, key) for key in (_WHOLE if whole else ("",))]
        try:
            if not (_is_number(factor) and factor >= 0):
                raise OverflowError(factor)
            found = (
                _whole_demand(scenario, base, documents, path, factor)
                if whole
                else _figure(base, path, factor)
            )
        except OverflowError:
            found = problem("factor_range", _place(path), value=shown(factor))
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None:
            figures += found.figures
            marked += found.altered
    problems += overlaps(touched, values)
    return Scaled(tuple(figures), tuple(marked)), list(dict.fromkeys(problems))


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


def _whole_demand(
    scenario: Scenario, base: Documents, documents: Documents, path: str, factor: float
) -> Scaled | Problem | None:
    """Return what a factor makes of a product's whole demand; None where it stays as it is."""
    target = resolved(base, _given(path, "amount"))
    if target is None or isinstance(target, Problem):
        return target
    name = path.split(".")[1]
    given = base.question.data["demand"][name]
    figures: dict[str, object] = {
        key: {one: str(_amount(text, factor)) for one, text in given[key].items()}
        for key in ("by_year", "places")
        if given.get(key)
    }
    if given.get("from_cap"):
        *earlier, (_, amount) = _nets(scenario, documents.question, name)
        unit = scenario.plan.product(name).unit
        own = given.get("by_year") or {}
        years = {
            str(year): str(Quantity(_short(net * factor), unit))
            for year, net in earlier
            if str(year) not in own and net != amount
        }
        figures["from_cap"] = False
        figures["amount"] = str(Quantity(_short(amount * factor), unit))
        if own or years:
            figures["by_year"] = {**years, **(figures.get("by_year") or {})}  # type: ignore[dict-item]
    elif factor == 1:
        return None
    else:
        figures["amount"] = str(_amount(given["amount"], factor))
    order = [key for key in ("from_cap", "amount", "by_year", "places") if key in figures]
    return Scaled(
        tuple(_given(path, key, figures[key]) for key in order),
        (_altered(path, f"{path}.source", "", factor),),
    )


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
