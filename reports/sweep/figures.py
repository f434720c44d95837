"""Numbers as a user writes them, kept exact: what is typed is what is solved."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from decimal import Decimal, localcontext

from minequota.optimizer.sweep.job import Value
from minequota.scenarios.units import Quantity

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)
_LONGEST = 40
_LARGEST = Decimal("1e30")
_SMALLEST = Decimal("1e-30")
_DIGITS = 100


def plain_text(text: str) -> str:
    """Return `text` with full-width digits and marks as ordinary ones, without blanks around."""
    return unicodedata.normalize("NFKC", text).replace("×", "x").strip()


def decimal_of(text: str) -> Decimal | None:
    """Return an ordinary number exactly, None for anything else, however large or hostile."""
    text = text.strip()
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    if value != 0 and not _SMALLEST <= abs(value) <= _LARGEST:
        return None
    return value


def steps(first: Decimal, step: Decimal, number: int) -> list[Decimal]:
    """Return ``first + i * step`` for the first `number` whole i, without any rounding."""
    with localcontext() as context:
        context.prec = _DIGITS
        return [first + index * step for index in range(number)]


def written(value: Decimal) -> str:
    """Write a decimal without an exponent and without trailing zeros."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def numbers(values: list[Decimal]) -> tuple[Value, ...]:
    """Return whole numbers where all are whole, else binary fractions nearest to each."""
    if all(value == value.to_integral_value() for value in values):
        return tuple(int(value) for value in values)
    return tuple(float(value) for value in values)


def alike(value: Value) -> object:
    """Return what two values of one parameter share when they mean the same."""
    if isinstance(value, str):
        try:
            amount = Quantity.parse(value)
            return amount.dimension, f"{amount.to(_BASE[amount.dimension]):.12g}"
        except ValueError:
            return value
    return value


_BASE = {"mass": "吨", "volume": "立方米"}
NO_SIZE = "?"


def size_of(value: Value) -> tuple[str, float]:
    """Return what a value counts (a unit, or nothing) and how much of it, for ordering.

    What is no figure and no amount counts `NO_SIZE`.
    """
    if isinstance(value, str):
        with suppress(ValueError):
            amount = Quantity.parse(value)
            return amount.unit, amount.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "", float(value)
    return NO_SIZE, 0.0
