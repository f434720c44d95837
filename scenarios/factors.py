"""Figures multiplied: what a factor at a dotted path changes, and what it says of the source.

A scaled figure is no longer the one its source gives: the source gains ``（×1.1）``, and what can
be marked as assumed is. ``demand.<product>`` is a product's whole demand: its amount, its single
years and its places. A demand taken from a cap becomes an amount: the cap's net figure times the
factor.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from pydantic import BaseModel

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
    written_at,
)
from minequota.scenarios.documents.schema import annotation_at, default_at, fields_of, model_of
from minequota.scenarios.documents.validation import shown
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

_WHOLE = ("amount", "from_cap", "by_year", "places")
_WHOLE_LENGTH = 2
_DIGITS = 12


@dataclass(frozen=True)
class _Scaling:
    """One factor: what it sets, and the figure's path below what names its source.

    `owner` is the dotted path of the entry with the source; None where nothing names one.
    """

    factor: float
    figures: tuple[Override, ...]
    owner: str | None
    key: str = ""

    @property
    def mark(self) -> str:
        """What the source says of the factor."""
        what = "" if self.key in ("", "amount") else self.key
        return f"（{what}×{_short(self.factor):.12g}）"


def scaled(
    scenario: Scenario,
    base: Documents,
    documents: Documents,
    values: Sequence[Override],
    factors: Mapping[str, float],
) -> tuple[list[Override], list[Problem]]:
    """Return the overrides that the factors come to, or what is wrong with them.

    Parameters
    ----------
    scenario, base
        The scenario that is varied and its documents: the figures are theirs.
    documents
        The same with `values` applied: sources and planned years are theirs.
    values
        What is given a value in the same variation; none may touch a scaled figure.
    """
    problems: list[Problem] = []
    scalings: list[_Scaling] = []
    touched: list[Override] = []
    for path, factor in factors.items():
        parts = path.split(".")
        whole = len(parts) == _WHOLE_LENGTH and parts[0] == "demand"
        touched += [_given(path, key) for key in (_WHOLE if whole else ("",))]
        if not _usable(factor):
            problems.append(problem("factor_range", _place(path), value=shown(factor)))
            continue
        try:
            found = (
                _whole_demand(scenario, base, documents, path, factor)
                if whole
                else _figure(base, path, factor)
            )
        except OverflowError:
            problems.append(problem("factor_range", _place(path), value=shown(factor)))
            continue
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None:
            scalings.append(found)
    problems += overlaps(touched, values)
    if problems:
        return [], list(dict.fromkeys(problems))
    figures = [one for scaling in scalings for one in scaling.figures]
    return [*figures, *_marks(documents, scalings)], []


def _usable(factor: object) -> bool:
    number = isinstance(factor, int | float) and not isinstance(factor, bool)
    return number and math.isfinite(factor) and factor >= 0  # type: ignore[arg-type, operator]


def _place(path: str) -> str:
    return f"{VARY} {path}"


def _given(path: str, key: str = "", value: object = None) -> Override:
    """Return the override of a figure below `path`, placed at the factor's own path."""
    return given_override(f"{path}.{key}" if key else path, value, place=_place(path))


def _figure(base: Documents, path: str, factor: float) -> _Scaling | Problem | None:
    """Return what a factor makes of one figure; None where it stays as it is."""
    target = resolved(base, _given(path))
    if target is None or isinstance(target, Problem):
        return target
    document, found = target
    model: type[BaseModel] = Plan if document is base.plan else Question
    old = document.at(found) if written_at(document.data, found) else default_at(model, found)
    new = _times(old, annotation_at(model, found), factor)
    if new is None:
        return problem("factor_nothing", _place(path), path=path, value=shown(old))
    if factor == 1:
        return None
    parts = path.split(".")
    depth = _owner(model, found)
    shift = len(parts) - len(found)
    return _Scaling(
        factor,
        (_given(path, value=new),),
        None if depth is None else ".".join(parts[: depth + shift]),
        "" if depth is None else ".".join(parts[depth + shift :]),
    )


def _owner(model: type[BaseModel], found: KeyPath) -> int | None:
    """Return how long the path is of the nearest entry that names a source."""
    for depth in range(len(found) - 1, 0, -1):
        inner = model_of(annotation_at(model, found[:depth]))
        if inner is not None and "source" in fields_of(inner):
            return depth
    return None


def _times(value: object, annotation: object, factor: float) -> object:
    """Return a plain amount or number times the factor; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        product = _short(value * factor)
        whole = isinstance(value, int) and product.is_integer()
        return int(product) if whole else product
    if isinstance(value, str) and _is_amount(annotation):
        try:
            return str(_amount(value, factor))
        except ValueError:
            return None
    return None


def _is_amount(annotation: object) -> bool:
    return annotation is Quantity or any(_is_amount(one) for one in get_args(annotation))


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
) -> _Scaling | Problem | None:
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
    return _Scaling(factor, tuple(_given(path, key, figures[key]) for key in order), path)


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


def _marks(documents: Documents, scalings: Sequence[_Scaling]) -> Iterator[Override]:
    """Yield what the sources of scaled figures say from now on."""
    by_owner: dict[str, list[_Scaling]] = {}
    for one in scalings:
        if one.owner is not None:
            by_owner.setdefault(one.owner, []).append(one)
    for owner, own in by_owner.items():
        target = resolved(documents, _given(owner, "source"))
        if target is None or isinstance(target, Problem):
            continue  # what the path to the figure lacks has been said
        document, found = target
        model: type[BaseModel] = Plan if document is documents.plan else Question
        place = own[0].figures[0].key_place
        if isinstance(source := document.at(found), str):
            marked = source + "".join(one.mark for one in own)
            yield given_override(f"{owner}.source", marked, place=place)
        holder = model_of(annotation_at(model, found[:-1]))
        assumable = holder is not None and "assumed" in fields_of(holder)
        if assumable and document.at((*found[:-1], "assumed")) is not True:
            yield given_override(f"{owner}.assumed", True, place=place)
