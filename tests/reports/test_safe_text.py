"""Names of unknown origin come out as plain text."""

import pytest

from minequota.reports.layout import display_width, lines_needed, wrapped
from minequota.reports.safe_text import guarded, one_line, printable


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1"])
def test_formula_starts_get_an_apostrophe(text):
    """Whatever a spreadsheet could take for a formula is guarded."""
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["甲矿", "a=b", "1-2", "⛏️矿", ""])
def test_other_texts_stay_as_they_are(text):
    """Nothing else is touched."""
    assert guarded(text) == text


def test_control_characters_and_direction_overrides_go():
    """A terminal escape, a null and a right-to-left override leave; a line end stays one."""
    assert printable("a\x1b[31m\x00b\u202e\r\nc") == "a[31mb\nc"
    assert one_line("a\r\n b\t\x07c") == "a b c"


def test_a_guarded_escape_cannot_hide_a_formula():
    """A control character in front of the sign is removed before the sign is looked for."""
    assert guarded("\x00=1") == "'=1"


def test_wide_characters_count_two():
    """Two Chinese characters take four columns: two lines of three, one of four."""
    assert display_width("矿山ab") == 6
    assert lines_needed("矿山", 3) == 2
    assert lines_needed("矿山\nab", 4) == 2


def test_chinese_wraps_anywhere_but_before_a_closing_mark():
    """Four columns hold two characters; the full stop stays with its character."""
    assert wrapped("矿山数量。", 4) == "矿山\n数\n量。"
    assert wrapped("甲（乙丙", 4) == "甲\n（乙\n丙"


def test_latin_wraps_between_words():
    """A word is never cut, a number keeps its digits."""
    assert wrapped("size class 12.50", 6) == "size\nclass\n12.50"
    assert wrapped("a\nb", 6) == "a\nb"
