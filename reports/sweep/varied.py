"""`--vary PATH=VALUES`: one parameter and the values it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal

from minequota.optimizer.sweep.job import Parameter, Value
from minequota.reports.sweep.figures import alike, decimal_of, numbers, plain_text, steps, written
from minequota.reports.sweep.messages import fault
from minequota.scenarios.documents.yamlfile import plain_scalar
from minequota.scenarios.errors import InputError, Problem

MOST_CASES = 100_000
# How near the last step must come to the end to count as it, in steps.
_NEAR = Decimal("1e-6")
_RANGE = re.compile(r"\s*[-+.\d]|\s*[-+]?(nan|inf)", re.IGNORECASE)
_END = re.compile(r"\s*([^\s:]+?)\s*(?:(?<=[\d.])\s*([^\s\d.:eE+-][^:]*?))?\s*")
# Only before a figure: a text may begin with an x.
_FACTOR = re.compile(r"[xX]\s*[-+.\d]")
_RESERVED = {"case", "status"}
_NO_TEXTS = {"nan", "inf", "+inf", "-inf"}


@dataclass(frozen=True)
class Varied:
    """One parameter of a sweep with its values in order; `said` is how the user wrote them."""

    parameter: Parameter
    values: tuple[Value, ...]
    said: str


def read_vary(given: str) -> Varied:
    """Read one ``PATH=VALUES``.

    VALUES is ``from:to:step``, the end included where the steps meet it, with a unit behind a
    range of quantities, or a list ``a,b,c``. An ``x`` in front makes them factors; a whole
    demand, ``demand.<product>``, only takes factors.

    Raises
    ------
    InputError
        With what is wrong with it.
    """
    path, place, text = split_path("--vary", given)
    factor, text = as_factor(path, text)
    if ":" in plain_text(text) and _RANGE.match(plain_text(text)):
        values = _range(text, place, factor=factor)
    else:
        values = _list(text, place, factor=factor)
    _check(values, place, factor=factor)
    kind: Literal["factor", "value"] = "factor" if factor else "value"
    if factor:
        values = tuple(float(value) for value in values if not isinstance(value, str | None))
    return Varied(Parameter(path, kind), values, given.strip())


def split_path(option: str, given: str) -> tuple[str, str, str]:
    """Return path, place for messages, and what stands behind the first ``=``."""
    path, mark, text = given.partition("=")
    path = path.strip()
    place = f"{option} {path or given}".strip()
    if not mark or not path:
        raise InputError([fault("sweep_form", place, value=given)])
    if path in _RESERVED:
        raise InputError([fault("sweep_case_named", place, path=path)])
    return path, place, text.strip()


def as_factor(path: str, text: str) -> tuple[bool, str]:
    """Return whether values are factors, and the text without the ``x`` that says so."""
    parts = path.split(".")
    whole_demand = len(parts) == 2 and parts[0] == "demand"
    plain = plain_text(text)
    if _FACTOR.match(plain):
        return True, plain[1:].strip()
    return whole_demand, text


def no_factor(value: str, place: str) -> InputError:
    """Return the error for a value that cannot multiply anything."""
    return InputError([fault("sweep_factor", place, value=value)])


def _range(text: str, place: str, *, factor: bool) -> tuple[Value, ...]:
    parts = plain_text(text).split(":")
    if len(parts) != 3:
        raise InputError([fault("sweep_range", place, value=text)])
    ending = _END.fullmatch(parts[2])
    if ending is None:
        raise InputError([fault("sweep_range", place, value=text)])
    unit = (ending[2] or "").strip()
    figures = [decimal_of(one) for one in (parts[0], parts[1], ending[1])]
    wrong = [one for one, figure in zip(parts, figures, strict=True) if figure is None]
    if wrong:
        raise InputError([fault("sweep_number", place, value=one.strip()) for one in wrong])
    first, last, step = (figure for figure in figures if figure is not None)
    if factor and unit:
        raise no_factor(text, place)
    if step == 0 or (last - first) * step < 0:
        raise InputError([fault("sweep_step", place, step=step, first=first, last=last)])
    with localcontext() as context:
        context.prec = 100
        number = int((last - first) / step + _NEAR) + 1
        if number > MOST_CASES:
            raise InputError([fault("sweep_too_many", place, count=number, most=MOST_CASES)])
    found = steps(first, step, number)
    if abs(found[-1] - last) <= abs(step) * _NEAR:
        found[-1] = last
    if unit:
        return tuple(f"{written(value)} {unit}" for value in found)
    return numbers(found)


def _list(text: str, place: str, *, factor: bool) -> tuple[Value, ...]:
    items = [one.strip() for one in re.split(r"[,，]", text)]
    if not text or not all(items):
        raise InputError([fault("sweep_empty", place)])
    if len(items) > MOST_CASES:
        raise InputError([fault("sweep_too_many", place, count=len(items), most=MOST_CASES)])
    found = [_one(one, place, factor=factor) for one in items]
    kinds = {Decimal if isinstance(one, Decimal) else type(one) for one in found}
    if len(kinds) > 1:
        raise InputError([fault("sweep_kinds", place)])
    if kinds == {Decimal}:
        return numbers([one for one in found if isinstance(one, Decimal)])
    return tuple(one for one in found if isinstance(one, str | bool))


def _one(text: str, place: str, *, factor: bool) -> Decimal | str | bool:
    plain = plain_text(text)
    if factor:
        value = decimal_of(plain.removeprefix("x"))
        if value is None:
            raise no_factor(text, place)
        return value
    read = plain_scalar(plain)
    if isinstance(read, bool):
        return read
    value = decimal_of(plain) if isinstance(read, int | float) else None
    if value is not None:
        return value
    if not isinstance(read, str) or plain.casefold() in _NO_TEXTS:
        raise InputError([fault("sweep_number", place, value=text)])
    return text


def _check(values: tuple[Value, ...], place: str, *, factor: bool) -> None:
    problems: list[Problem] = []
    seen: set[object] = set()
    for value in values:
        if factor and (isinstance(value, str | None) or value < 0):
            problems.append(fault("sweep_factor", place, value=value))
        if alike(value) in seen:
            problems.append(fault("sweep_duplicate", place, value=value))
        seen.add(alike(value))
    if problems:
        raise InputError(problems)
