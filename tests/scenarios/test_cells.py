"""Single cells: numbers, dates, texts as bureaus write them."""

from datetime import date, datetime

import pytest

from minequota.scenarios.register.cells import cell_text, parse_date, parse_number


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
