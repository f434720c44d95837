"""Quantities: parsing, conversion, exact text, refusals."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minequota.scenarios.units import (
    NotAQuantityError,
    Quantity,
    UnknownUnitError,
    factor_to_base,
)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("31 万吨", "万吨", 31),
        ("0.02 亿吨", "万吨", 200),
        ("52850 千吨", "万吨", 5285),
        ("650 千克", "吨", 0.65),
        ("３１万吨/年", "万吨", 31),
        ("1,200 吨", "千吨", 1.2),
        ("20 万m³", "万立方米", 20),
        # 400 a day are 400 × 365 = 146000 a year.
        ("400 立方米/日", "万立方米", 14.6),
    ],
)
def test_parsing_and_conversion(text, unit, number):
    """Amounts as the plans print them, in another unit of their dimension."""
    assert Quantity.parse(text).to(unit) == number


@pytest.mark.parametrize("text", ["万吨", "31", "", "甲 万吨", "1 2 万吨", "35,3万吨", "1,23 吨"])
def test_not_a_quantity(text):
    """A quantity is one number and one unit."""
    with pytest.raises(NotAQuantityError):
        Quantity.parse(text)


@pytest.mark.parametrize("unit", ["万顿", "", "年", "日", "吨*吨", "1/万吨", "吨**9**9**9", "km²"])
def test_unknown_units(unit):
    """Anything but a plain name of a mass or a volume is refused, expressions above all."""
    with pytest.raises(UnknownUnitError):
        factor_to_base(unit)


def test_dimensions_do_not_meet():
    """Tonnes and cubic metres take a density between them."""
    with pytest.raises(ValueError, match="density"):
        Quantity(1, "万吨").to("万立方米")
    assert Quantity(1, "万方").dimension == "volume"


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_text_is_exact(value):
    """The text of an amount reads back as the same number."""
    assert Quantity.parse(str(Quantity(value, "万吨"))) == Quantity(value, "万吨")
