"""Widths of columns: numbers and words stay whole while anything else can give way."""

from minequota.reports.layout import display_width, wrapped
from minequota.reports.screen import NARROW_GAP, WIDE_GAP, Fit, bands, fitted, header
from minequota.reports.table import Column, Row
from minequota.reports.text import Words

NAME = Column("name", Words("矿山名称", "Mine"))
REASON = Column("reason", Words("说明", "Reason"))
AMOUNT = Column("amount", Words("合计", "total"), kind="number", group=Words("指标", "Quota"))


def rows(**cells):
    return [Row(cells)]


def test_everything_has_its_natural_width_where_there_is_room():
    """12 and 6 columns wide; a header alone asks for eight at most."""
    given = rows(name="Alpha Bravo!", amount=123456.0)
    assert fitted([NAME, AMOUNT], given, "en", 80) == Fit((12, 8), WIDE_GAP)


def test_the_longest_text_gives_way_to_its_longest_word():
    """30 columns for a mine, a reason of two words and a number of seven figures."""
    given = rows(name="Alpha", reason="shared proportionally by capacity", amount=1234567.0)
    widths = fitted([NAME, REASON, AMOUNT], given, "en", 38).widths
    assert sum(widths) + 2 * WIDE_GAP == 38
    assert widths[1] >= len("proportionally")
    assert widths[2] >= len("1,234,567")


def test_words_break_only_where_nothing_else_gives_way():
    """Two words of twenty letters in thirty columns: they are broken, and all is shown."""
    given = rows(name="a" * 20, reason="b" * 20)
    fit = fitted([NAME, REASON], given, "en", 30)
    assert sum(fit.widths) + NARROW_GAP == 30


def test_chinese_breaks_anywhere_but_keeps_a_piece():
    """A name of 40 columns may be cut down to twelve, its header to eight."""
    given = rows(name="菱" * 20, reason="x" * 30)
    assert fitted([NAME, REASON], given, "zh", 45).widths == (12, 30)


def test_gaps_close_before_a_header_is_broken_and_a_header_before_a_cell():
    """``Autonomous`` above 1.5 needs ten columns, or five broken; a mine's name is left whole."""
    county = Column("amount", Words("县", "Autonomous"), kind="number", decimals=1)
    given = rows(name="abcdefgh", amount=12.75)
    assert fitted([NAME, county], given, "en", 21) == Fit((8, 10), WIDE_GAP)
    assert fitted([NAME, county], given, "en", 20) == Fit((8, 10), NARROW_GAP)
    assert fitted([NAME, county], given, "en", 15) == Fit((8, 5), NARROW_GAP)


def test_a_group_stands_above_its_column():
    """In a line of its own, wrapped like the title."""
    assert header(AMOUNT, "zh") == "指标\n合计"
    assert max(map(display_width, wrapped(header(AMOUNT, "en"), 8).splitlines())) <= 8


def test_counties_go_on_below_with_what_leads_them():
    """Three counties of eight columns beside a name of eight: 38 columns, or two bands."""
    counties = [
        Column(f"c{n}", Words(f"县{n}", f"County {n}"), kind="number", decimals=6, many=True)
        for n in range(3)
    ]
    total = Column("total", Words("合计", "Total"), kind="number")
    columns = [NAME, *counties, total]
    given = rows(name="abcdefgh", c0=0.123456, c1=0.123456, c2=0.123456, total=1.0)
    assert bands(columns, given, "en", 80) == [columns]
    assert bands(columns, given, "en", 38) == [columns[:4], [NAME, total]]
    assert bands(columns, given, "en", 30) == [columns[:3], [NAME, counties[2], total]]
    plain = [NAME, REASON]
    assert bands(plain, rows(name="a" * 30, reason="b" * 30), "en", 20) == [plain]
