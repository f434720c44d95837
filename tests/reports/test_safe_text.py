"""Names of unknown origin come out as plain text."""

import pytest

from minequota.reports.layout import display_width, lines_needed
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
