"""How far a sweep has come, on a terminal's error stream; nothing where that is piped."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from minequota.reports.terminal import make_console
from minequota.reports.text import Lang, Words

_HOUR, _MINUTE = 3600, 60


def left_over(seconds: float) -> str:
    """Write a time left as hours, minutes and seconds."""
    whole = max(round(seconds), 0)
    hours, rest = divmod(whole, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


class Pace:
    """Estimates the time left from the cases of this run alone, not from those found done."""

    def __init__(self, total: int, done: int, now: Callable[[], float] = time.monotonic) -> None:
        self.total, self.done, self.before = total, done, done
        self._now = now
        self._began = self._last = now()

    def advance(self, cases: int) -> None:
        """Count cases that were just finished."""
        self.done += cases
        self._last = self._now()

    def left(self) -> float | None:
        """Return the seconds left, None before anything is known."""
        made = self.done - self.before
        if not made:
            return None
        each = (self._last - self._began) / made
        return max(each * (self.total - self.done) - (self._now() - self._last), 0.0)


@contextmanager
def progress(total: int, done: int, lang: Lang, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Show a bar with cases done and time left; yields what to call with cases just finished."""
    console = make_console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda cases: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task
    from rich.text import Text

    pace = Pace(total, done)
    words = Words("剩余", "left")

    class Left(ProgressColumn):
        def render(self, task: Task) -> Text:
            seconds = pace.left()
            shown = "–:––" if seconds is None else left_over(seconds)
            return Text(f"{words.say(lang)} {shown}")

    label = Words("逐案求解", "Solving the cases").say(lang)
    with Progress(
        label,
        BarColumn(),
        MofNCompleteColumn(),
        Left(),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task(label, total=total, completed=done)

        def advance(cases: int) -> None:
            pace.advance(cases)
            bar.advance(task, cases)

        yield advance


@contextmanager
def looking(lang: Lang, *, quiet: bool) -> Iterator[None]:
    """Say on a terminal that turning points are looked for."""
    console = make_console(stderr=True)
    if quiet or not console.is_terminal:
        yield
        return
    with console.status(Words("查找转折点", "Looking for turning points").say(lang)):
        yield
