"""Single cells: numbers, dates, texts as bureaus write them."""

from datetime import date, datetime

import pytest

from minequota.scenarios.register.cells import (
    PER_WHOLE,
    PER_WHOLE_OF_ORE,
    cell_text,
    parse_date,
    parse_degrees,
    parse_number,
    parse_share,
    parse_year,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("１２．５", 12.5),
        ("1,234.5", 1234.5),
        (" 30 ", 30.0),
        ("-3", -3.0),
        ("1e3", 1000.0),
        ("", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        ("1,2", None),
        ("十", None),
        (".", None),
        ("1.2.3", None),
    ],
)
def test_numbers(text, number):
    """Full-width digits and thousands separators are read; nothing infinite is."""
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "2025-12-31",
        "2025/12/31",
        "2025.12.31",
        "2025年12月31日",
        "２０２５年１２月３１日",
        "20251231",
        "2025-12-31 00:00:00",
        "2015-01-01至2025-12-31",
        "2015年1月1日—2025年12月31日",
        "2015/1/1 ~ 2025/12/31",
    ],
)
def test_dates(text):
    """All usual ways to write a day give that day; of a period its end."""
    assert parse_date(text) == date(2025, 12, 31)


@pytest.mark.parametrize("text", ["2025-02-30", "2025-12", "46022", "长期", "", "31.12.2025"])
def test_no_dates(text):
    """What does not name a day is none."""
    assert parse_date(text) is None


def test_cell_texts():
    """Whole numbers lose their decimals, days their time; blanks go."""
    values = [None, 12.0, 12.5, datetime(2025, 1, 2, 3), True, "\u3000 甲 "]
    assert [cell_text(one) for one in values] == ["", "12", "12.5", "2025-01-02", "是", "甲"]


@pytest.mark.parametrize(
    "text",
    [
        "123.25",
        "123°15′",
        "123°15′0″",
        "123º15'00\"",
        "123° 15’ 00”",
        "东经123度15分0秒",
        "E123.25",
        "123.25°E",
        "１２３°１５′",
    ],
)
def test_degrees(text):
    """All usual ways to write degrees, minutes and seconds are decimal degrees."""
    assert parse_degrees(text) == 123.25


@pytest.mark.parametrize("text", ["123°60′", "123°15′61″", "1231500", "X40523100", "", "123,25"])
def test_no_degrees(text):
    """Sixty minutes, metres of a grid and decimal commas are none."""
    assert parse_degrees(text) is None


@pytest.mark.parametrize(
    "text",
    ["2025", "2025年", "2025年底", "2025-12-31", "2025年6月", "2025/6", "２０２５", "2025年6月末"],
)
def test_years(text):
    """A year, or the year of a day or month."""
    assert parse_year(text) == 2025


@pytest.mark.parametrize("text", ["25", "20255", "长期", "", "2025-02-30", "2025至2026"])
def test_no_years(text):
    """What names no single year, or no real day, is none."""
    assert parse_year(text) is None


def test_shares():
    """The cell's own unit wins over the column's; grams a tonne count for ore alone."""
    assert parse_share("30%", PER_WHOLE, 1) == parse_share("30", PER_WHOLE, 100) == 0.3
    assert parse_share("30%", PER_WHOLE, 100) == 0.3
    assert parse_share("3.5 g/t", PER_WHOLE_OF_ORE) == 3.5e-6
    assert parse_share("3.5 g/t", PER_WHOLE) is None
