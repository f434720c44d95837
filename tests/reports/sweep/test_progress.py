"""The time left is that of the cases solved in this run, by hand."""

import io
import sys

from minequota.reports.sweep.progress import Pace, left_over, progress


def test_the_pace_counts_only_what_this_run_solved():
    """100 cases, 40 found done. 10 in 20 s are 2 s each: 50 left are 100 s; 5 s later 95 s."""
    clock = iter([0.0, 20.0, 20.0, 25.0, 500.0])
    pace = Pace(100, 40, lambda: next(clock))
    assert pace.left() is None
    pace.advance(10)
    assert pace.left() == 100.0
    assert pace.left() == 95.0
    assert pace.left() == 0.0


def test_times_are_written_as_clocks_do():
    """Seconds, minutes and hours."""
    assert [left_over(seconds) for seconds in (0, 59.6, 61, 3725)] == [
        *("0:00", "1:00", "1:01", "1:02:05"),
    ]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Yes."""
        return True


def shown(monkeypatch, stream, **options):
    """Return what is printed while four of ten cases are solved."""
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with progress(10, 2, "en", quiet=options.get("quiet", False)) as advance:
        advance(4)
    return stream.getvalue()


def test_a_terminal_gets_a_bar_and_a_pipe_nothing(monkeypatch):
    """Done, total and time left; nothing where it is piped, or quiet is asked for."""
    text = shown(monkeypatch, Terminal())
    assert "6/10" in text
    assert "left" in text
    assert shown(monkeypatch, io.StringIO()) == ""
    assert shown(monkeypatch, Terminal(), quiet=True) == ""
