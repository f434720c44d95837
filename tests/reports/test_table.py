"""Columns, rows and numbers of a table."""

import pytest

from minequota.reports.numbers import amount, clean, decimals_needed, percent, written
from minequota.reports.table import Column, Row, Table
from minequota.reports.text import Words

TITLE = Words("甲", "a")
NUMBER = Column("n", Words("数", "n"), kind="number", decimals=2)
SHARE = Column("s", Words("比例", "share"), kind="percent", decimals=1, group=Words("组", "group"))


def test_a_row_of_unknown_columns_is_refused():
    """A misspelt key must not become a silent blank."""
    with pytest.raises(ValueError, match="m"):
        Table(1, TITLE, TITLE, "zh", (NUMBER,), (Row({"m": 1.0}),))


def test_two_columns_of_one_key_are_refused():
    """Two columns of one key would show the same cells twice."""
    with pytest.raises(ValueError, match="two columns"):
        Table(1, TITLE, TITLE, "zh", (NUMBER, NUMBER), ())


def test_headers_name_group_and_unit():
    """A percent says so only where bare numbers stand below its header."""
    assert SHARE.full_label("zh") == "组-比例（%）"
    assert SHARE.full_label("en") == "group: share (%)"
    assert SHARE.label("en") == "share"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(31.000000000004, "31"), (1234.5, "1,234.5"), (0.126, "0.13"), (-0.001, "0"), (-2.5, "-2.5")],
)
def test_numbers_have_no_noise(value, shown):
    """Two decimals at most, none that say nothing, no minus zero."""
    assert written(value, NUMBER) == shown


def test_percent_of_a_share():
    """39 of 320 is 12.1875 %, printed 12.2 % with one decimal and 12.19 % with two."""
    assert written(39 / 320, SHARE) == "12.2%"
    assert percent(39 / 320) == "12.19%"
    assert percent(-0.000001) == "0.00%"


def test_blank_and_text_cells():
    """A blank is nothing, a text is itself."""
    assert written(None, NUMBER) == ""
    assert written("-1", NUMBER) == "-1"


def test_clean_drops_binary_noise_and_the_sign_of_zero():
    """0.1 + 0.2 is 0.3."""
    assert clean(0.1 + 0.2) == 0.3
    assert str(clean(-0.0)) == "0.0"
    assert decimals_needed(0.1 + 0.2, 6) == 1
    assert amount(0.0000001) == "0"
