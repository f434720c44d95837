"""A robust plan on the terminal: the answers first, then its tables in short."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from minequota.reports.robust_answers import robust_answers
from minequota.reports.robust_table import FUTURES, GOALS, PLANS, RIGHTS
from minequota.reports.robust_table_rights import SAME
from minequota.reports.robust_tables import robust_tables
from minequota.reports.robust_words import Report, notes
from minequota.reports.table import Row, Table
from minequota.reports.terminal import Screen, make_console, parts_of
from minequota.reports.text import Words

if TYPE_CHECKING:
    from rich.console import Console

_WIDE = 130
_ROWS = 40


def show_robust(
    report: Report,
    *,
    folder: Path | None = None,
    console: Console | None = None,
    tables: bool = True,
) -> None:
    """Print a robust plan.

    Parameters
    ----------
    folder
        Where it was written, for the closing line.
    tables
        False prints the answers only.
    """
    _RobustScreen(report, console or make_console()).show_plan(folder, tables)


class _RobustScreen(Screen):
    """One robust plan on one console."""

    def __init__(self, report: Report, console: Console) -> None:
        super().__init__(report.context, console)
        self.report = report

    def show_plan(self, folder: Path | None, tables: bool) -> None:
        title = self.report.plan.futures[0].scenario.question.title
        name = title.zh if self.lang == "zh" else title.en
        self._rule(Words(f"{name}：稳健方案", f"{name}: robust plan").say(self.lang))
        lines = []
        for label, answers in robust_answers(self.report):
            lines += [(label if at == 0 else "", said, "") for at, said in enumerate(answers)]
        self._labelled(lines)
        standing = notes(self.report)
        if tables:
            for table in robust_tables(self.report):
                self._robust_table(table, standing)
        self._rule(Words("说明", "Notes").say(self.lang))
        for note in standing:
            self._line(note)
        if folder is not None:
            self._line(Words(f"结果文件夹：{folder}", f"Results: {folder}").say(self.lang))

    def _robust_table(self, table: Table, standing: tuple[str, ...]) -> None:
        self._rule(table.heading)
        # All plans of a goal or none: what is nothing stands beside what is not.
        whole = {row.section for row in table.rows if self._says(table, row)}
        rows = [
            row
            for row in table.rows
            if self._says(table, row) or (table.number == PLANS and row.section in whole)
        ]
        shown = rows[:_ROWS] if table.number == RIGHTS else rows
        rank = 2 if self.console.width >= _WIDE else 1
        columns = [column for column in table.columns if column.rank <= rank]
        for section, part in parts_of(table, shown):
            if section:
                self._line(section, "bold")
            self._part(columns, part)
        if not shown:
            self._line(Words("各项均为0或相同。", "All are 0 or the same.").say(self.lang))
        if len(shown) < len(table.rows):
            left, name = len(table.rows) - len(shown), f"tables/{table.file_stem}.csv"
            self._line(
                Words(f"另有{left}行，见{name}。", f"Lines left out here: {left}; see {name}.").say(
                    self.lang
                ),
                "dim",
            )
        for note in table.notes:
            if note not in standing:
                self._line(note, "dim")

    def _says(self, table: Table, row: Row) -> bool:
        """Whether a line is worth a place on the screen: a figure that is not nothing."""
        if table.number in (FUTURES, GOALS):
            return True
        if table.number == RIGHTS:
            return row.section != SAME.say(self.lang)
        numbers = [value for value in row.cells.values() if isinstance(value, float)]
        blank = any(row.cells.get(key, 0.0) is None for key in ("expected", "worst"))
        return blank or any(abs(value) > 5e-7 for value in numbers)
