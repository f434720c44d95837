"""Quantities as the plans print them: a number, a unit, sometimes "per year".

pint does the arithmetic, with a registry that holds the units of the mineral plans and nothing
else, so that tonnes cannot meet cubic metres.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pint
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

Dimension = Literal["mass", "volume"]


class UnknownUnitError(ValueError):
    """A unit that units.txt does not have, or one of neither mass nor volume."""


class NotAQuantityError(ValueError):
    """A text that is not a number followed by a unit."""


# Commas part thousands and nothing else: 35,3 is no number.
_NUMBER = r"[-+]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_WRITTEN = re.compile(rf"^\s*({_NUMBER})\s*([^\s\d,].*?)\s*$")
DAYS_PER_YEAR = 365
# A bare unit name: pint would evaluate anything else as an expression, however large.
_UNIT_NAME = re.compile(r"[^\W\d]{1,12}3?")
_PER_YEAR = ("/年", "/a", "/year")
_PER_DAY = ("/日", "/天", "/d", "/day")


@lru_cache(maxsize=1)
def _registry() -> pint.UnitRegistry[float]:
    import pint

    registry: pint.UnitRegistry[float] = pint.UnitRegistry(None)
    lines = files("minequota.scenarios").joinpath("units.txt").read_text(encoding="utf-8")
    registry.load_definitions(lines.splitlines())
    return registry


@lru_cache(maxsize=256)
def factor_to_base(unit: str) -> tuple[float, Dimension]:
    """Size of one `unit` in its base unit (tonne or cubic metre), and its dimension.

    Parameters
    ----------
    unit
        A unit as a plan prints it, such as ``万吨``, ``万立方米/年`` or ``立方米/日``.
        "Per year" is understood everywhere and may be left out; "per day" counts 365 days.

    Raises
    ------
    ValueError
        As `UnknownUnitError`, when the unit is not one of ``units.txt``.
    """
    text = unicodedata.normalize("NFKC", unit).strip()
    days = 1
    for ending in _PER_YEAR:
        text = text.removesuffix(ending)
    for ending in _PER_DAY:
        if text.endswith(ending):
            text, days = text.removesuffix(ending), DAYS_PER_YEAR
    import pint

    try:
        if not _UNIT_NAME.fullmatch(text.strip()):
            raise ValueError(f"Not a unit name: {unit!r}.")
        one = _registry().Quantity(1.0, text.strip())
        base = one.to_base_units()
    except (pint.PintError, AttributeError, ValueError, TypeError) as error:
        raise UnknownUnitError(
            f"Unknown unit {unit!r}; write one of "
            "吨, 千吨, 万吨, 亿吨, 千克, 立方米, 万立方米, 亿立方米."
        ) from error
    dimensions = dict(base.dimensionality)
    if dimensions == {"[mass]": 1}:
        return float(base.magnitude) * days, "mass"
    if dimensions == {"[volume]": 1}:
        return float(base.magnitude) * days, "volume"
    raise UnknownUnitError(f"{unit!r} is neither a mass nor a volume.")


@dataclass(frozen=True)
class Quantity:
    """An amount as printed: `value` counted in `unit`. Yearly flows carry no "per year"."""

    value: float
    unit: str

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise NotAQuantityError(f"Expected a finite number, got {self.value}.")
        factor_to_base(self.unit)

    @property
    def dimension(self) -> Dimension:
        """``mass`` or ``volume``."""
        return factor_to_base(self.unit)[1]

    def to(self, unit: str) -> float:
        """Return the number of `unit` this amount is; ValueError across dimensions."""
        own, own_dimension = factor_to_base(self.unit)
        other, other_dimension = factor_to_base(unit)
        if own_dimension != other_dimension:
            raise ValueError(
                f"{self} is a {own_dimension}, {unit} a {other_dimension}: "
                "a density is needed between them."
            )
        if own == other:
            return self.value
        # Fifteen digits undo the rounding of the two factors, so 0.02 亿吨 is exactly 200 万吨.
        return float(f"{self.value * own / other:.15g}")

    def __str__(self) -> str:
        short = f"{self.value:.15g}"
        return f"{short if float(short) == self.value else repr(self.value)} {self.unit}"

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """Read ``"31 万吨"``, ``"20万立方米/年"`` or full-width digits; ValueError otherwise."""
        match = _WRITTEN.match(unicodedata.normalize("NFKC", text))
        if match is None:
            raise NotAQuantityError(
                f"Expected a number and a unit such as '31 万吨', got {text!r}."
            )
        return cls(float(match[1].replace(",", "")), match[2])

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from pydantic_core import core_schema

        def validate(given: object) -> Quantity:
            if isinstance(given, Quantity):
                return given
            if not isinstance(given, str):
                raise NotAQuantityError(
                    f"Expected a number and a unit such as '31 万吨', got {given!r}."
                )
            return cls.parse(given)

        return core_schema.no_info_plain_validator_function(
            validate,
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )
