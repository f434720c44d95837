"""A run on the terminal: what matters first, then its tables in short.

Everything is printed as plain text objects, so that no name is read as markup; rich drops colours
where the output is not a terminal.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from minequota.optimizer.allocation import Allocation, SolveStatus
from minequota.reports.answer import Mood
from minequota.reports.answers import answers
from minequota.reports.context import Context
from minequota.reports.facts import facts
from minequota.reports.goals import GOAL_HEADERS, goal_lines
from minequota.reports.layout import display_width, wrapped
from minequota.reports.numbers import written
from minequota.reports.safe_text import one_line, printable
from minequota.reports.screen import NARROW_GAP, bands, fitted, header
from minequota.reports.standing import standing_notes
from minequota.reports.table import YEAR, Column, Row, Table
from minequota.reports.tables import build_tables
from minequota.reports.text import Lang, Words
from minequota.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

_WIDE = 130
_ROWS = 40
# Tables that show every year of a calendar: what is issued, supply and demand, changes.
_EVERY_YEAR = (3, 5, 7)
_COLOURS: dict[Mood, str] = {"good": "green", "bad": "red", "neutral": "cyan"}


def make_console(stderr: bool = False) -> Console:
    """Return a console that never fails on a character its terminal cannot show."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return Console(file=stream, highlight=False, markup=False, emoji=False)


def show_run(
    scenario: Scenario,
    allocation: Allocation,
    *,
    lang: Lang = "zh",
    console: Console | None = None,
    folder: Path | None = None,
    tables: bool = True,
) -> None:
    """Print a run.

    Parameters
    ----------
    folder
        Where the run was written, for the closing line.
    tables
        False prints the head and the answers only.
    """
    Screen(Context(scenario, allocation, lang), console or make_console()).show(folder, tables)


class Screen:
    """One run on one console."""

    def __init__(self, context: Context, console: Console) -> None:
        self.context = context
        self.lang: Lang = context.lang
        self.console = console

    def show(self, folder: Path | None, tables: bool) -> None:
        """Print the answers, then the tables where they are wanted, then where the folder is."""
        context = self.context
        question = context.scenario.question
        self._rule(question.title.zh if self.lang == "zh" else question.title.en)
        self._pairs(facts(context.scenario, context.allocation, self.lang))
        notes = standing_notes(context)
        if context.allocation.status in {SolveStatus.INFEASIBLE, SolveStatus.NO_ANSWER}:
            for note in context.allocation.notes:
                self._line(note)
            return
        self._answers()
        self._goals()
        if tables:
            for table in build_tables(context.scenario, context.allocation, self.lang):
                self._table(table, notes)
            self._rule(Words("说明", "Notes").say(self.lang))
            for note in notes:
                self._line(note)
        if folder is not None:
            self._line(Words(f"结果文件夹：{folder}", f"Run folder: {folder}").say(self.lang))

    def _rule(self, title: str) -> None:
        from rich.rule import Rule
        from rich.text import Text

        self.console.print()
        self.console.print(Rule(Text(one_line(title), style="bold")))

    def _line(self, line: str, style: str = "") -> None:
        self.console.print(flowing(line, self.console.width, style))

    def _pairs(self, pairs: list[tuple[str, str]]) -> None:
        self._labelled([(label, value, "") for label, value in pairs])

    def _labelled(self, lines: list[tuple[str, str, str]]) -> None:
        """Print labels and texts side by side; the third part of a line is the text's style."""
        from rich.table import Table as Grid
        from rich.text import Text

        grid = Grid.grid(padding=(0, 2))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        room = self.console.width - max(display_width(one_line(label)) for label, _, _ in lines) - 4
        for label, value, style in lines:
            grid.add_row(Text(one_line(label), style="bold"), flowing(value, room, style))
        self.console.print(grid)

    def _answers(self) -> None:
        self._rule(Words("结论", "Answers").say(self.lang))
        lines = []
        for answer in answers(self.context):
            lines.append((answer.question, answer.verdict, f"bold {_COLOURS[answer.mood]}"))
            lines.extend(("", detail, "") for detail in answer.details)
        self._labelled(lines)

    def _goals(self) -> None:
        self._rule(Words("各级目标", "Goals in order").say(self.lang))
        wide = self.console.width >= _WIDE
        shown = range(len(GOAL_HEADERS)) if wide else (0, 1, 5, 6)
        grid = self._grid()
        for at in shown:
            grid.add_column(
                GOAL_HEADERS[at].say(self.lang), justify="left" if at in {0, 5, 6} else "right"
            )
        for line in goal_lines(self.context.allocation, self.lang):
            grid.add_row(*(_plain(line[at]) for at in shown))
        self.console.print(grid)

    def _grid(self, left: int = 1) -> RichTable:
        """Return a table with so many blanks before, one after, and one between its columns."""
        from rich import box
        from rich.table import Table as Grid

        return Grid(
            box=box.SIMPLE_HEAD,
            padding=(0, 1, 0, left),
            pad_edge=False,
            header_style="bold",
            show_edge=False,
        )

    def _table(self, table: Table, standing: tuple[str, ...]) -> None:
        self._rule(table.heading)
        rows, left_out = _shortened(table, str(self.context.allocation.years[-1]))
        rank = 2 if self.console.width >= _WIDE else 1
        columns = [column for column in table.columns if column.rank <= rank]
        for section, part in parts_of(table, rows):
            if section:
                self._line(section, "bold")
            self._part(columns, part)
        if self.context.calendar and table.number not in _EVERY_YEAR:
            self._line(
                Words(
                    "屏幕只列末年，逐年见CSV和工作簿。",
                    "The last year only; CSV and workbook hold all.",
                ).say(self.lang),
                "dim",
            )
        if left_out:
            name = f"tables/{table.file_stem}.csv"
            self._line(
                Words(
                    f"另有{left_out}行，见{name}。", f"Lines left out here: {left_out}; see {name}."
                ).say(self.lang),
                "dim",
            )
        shown = {column.key for column in columns if _filled(column, rows)}
        for note in table.notes:
            if note not in standing and table.about.get(note) in {None, *shown}:
                self._line(note, "dim")

    def _part(self, columns: list[Column], rows: list[Row]) -> None:
        if not rows:
            return
        columns = [column for column in columns if _filled(column, rows)]
        for band in bands(columns, rows, self.lang, self.console.width):
            self._band(band, rows)

    def _band(self, columns: list[Column], rows: list[Row]) -> None:
        fit = fitted(columns, rows, self.lang, self.console.width)
        grid = self._grid(left=fit.gap - NARROW_GAP)
        for column, width in zip(columns, fit.widths, strict=True):
            grid.add_column(
                _plain_lines(wrapped(header(column, self.lang), width)),
                justify="left" if column.kind == "text" else "right",
                overflow="fold",
                width=width,
            )
        for row in rows:
            style = "" if row.kind == "body" else "bold"
            cells = [
                _plain_lines(wrapped(one_line(written(row.cells.get(column.key), column)), width))
                for column, width in zip(columns, fit.widths, strict=True)
            ]
            grid.add_row(*cells, style=style)
        self.console.print(grid)


def flowing(value: str, width: int, style: str = "") -> Text:
    """Return a sentence wrapped the way Chinese is: anywhere but before a closing mark."""
    from rich.text import Text

    return Text(wrapped(one_line(value), max(width, 20)), style=style)


def _plain(value: str) -> Text:
    from rich.text import Text

    return Text(one_line(value))


def _plain_lines(value: str) -> Text:
    from rich.text import Text

    return Text(printable(value))


def _filled(column: Column, rows: list[Row]) -> bool:
    """Whether any line has something in a column; an empty one takes room from the others."""
    return any(written(row.cells.get(column.key), column) for row in rows)


def parts_of(table: Table, rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Split rows by part; a sum of several parts stays with the last one."""
    parts: list[tuple[str, list[Row]]] = []
    for row in rows:
        heading = table.part(row)
        if not parts or (heading and heading != parts[-1][0] and not table.sums_parts(row)):
            parts.append((heading, []))
        parts[-1][1].append(row)
    return parts


def _shortened(table: Table, last_year: str) -> tuple[list[Row], int]:
    """Return the rows a terminal shows, all sums among them, and how many it leaves out.

    Of a calendar the tables that do not speak of changes show the last year alone.
    """
    shown: list[Row] = []
    body = left_out = 0
    for row in table.rows:
        year = row.cells.get(YEAR.key)
        if year not in {None, last_year} and table.number not in _EVERY_YEAR:
            continue
        if row.kind != "body":
            shown.append(row)
        elif body < _ROWS and _matters(table, row):
            shown.append(row)
            body += 1
        else:
            left_out += 1
    return shown, left_out


def _matters(table: Table, row: Row) -> bool:
    """Whether a line is worth a place on the screen."""
    if table.number == 2:
        amount = row.cells.get("amount")
        return isinstance(amount, float) and amount > 0
    if table.number == 6:
        return bool(row.cells.get("used")) or bool(row.cells.get("missed_by"))
    return True
