"""The whole of `minequota roll`: read, roll, check, write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minequota.reports.roll.decisions import decided_by
from minequota.reports.roll.document import Told, rights
from minequota.reports.roll.folder import PAGE_FILE, write
from minequota.reports.roll.form import write_form
from minequota.reports.roll.read import read_run
from minequota.reports.staging import refuse_existing
from minequota.reports.text import Lang
from minequota.scenarios.checks.years import first_year, planned_years
from minequota.scenarios.errors import InputError
from minequota.scenarios.events.reader import read_events
from minequota.scenarios.rolling.messages import problem
from minequota.scenarios.rolling.produced import Missing
from minequota.scenarios.rolling.roll import Year, roll

_ON_SCREEN = ("not_booked", "large_confirmed", "columns_ignored", "total_differs")
"""Notices that are said on the screen as well as in `roll.md`."""


@dataclass(frozen=True)
class Order:
    """What the user asked for on the command line; `year` None is the run's first."""

    run: Path
    actual: Path
    out: Path
    events: Path | None = None
    year: int | None = None
    as_planned: bool = False
    extend_plan: bool = False
    missing: Missing = "refuse"
    tolerance: float = 0.0
    confirm_large: tuple[str, ...] = ()
    lang: Lang = "zh"


def order_of(asked: Mapping[str, Any]) -> Order:
    """Return the order that the command line's own parameters, by name, amount to.

    Raises
    ------
    InputError
        When the table or the folder to write is not named.
    """
    if asked["actual"] is None or asked["out"] is None:
        raise InputError([problem("roll_incomplete", "roll")])
    words = {name: asked[name].value for name in ("missing", "lang")}
    given = {name: value for name, value in asked.items() if name != "form"}
    confirmed = tuple(dict.fromkeys(asked["confirm_large"] or ()))
    return Order(**{**given, **words, "confirm_large": confirmed})


def roll_command(asked: Mapping[str, Any]) -> list[str]:
    """Do what the command line asks, by its own parameters, and return what to print.

    Raises
    ------
    InputError, RunFolderExistsError, OSError, VerificationFailedError
        As `roll_run` and `write_form` do.
    """
    lang: Lang = asked["lang"].value
    if asked["form"] is None:
        return roll_run(order_of(asked)).lines(lang)
    written = write_form(asked["run"], asked["form"], asked["year"], lang)
    return [f"已写入执行情况表：{written}" if lang == "zh" else f"The form is written: {written}"]


@dataclass(frozen=True)
class Done:
    """The folder written, and what to say of it."""

    folder: Path
    told: Told

    def lines(self, lang: Lang) -> list[str]:
        """Return what the command prints."""
        told, at = self.told, 0 if lang == "zh" else 1
        counts = rights(told)
        planned = planned_years(told.rolled.question)
        years = "-".join(str(one) for one in dict.fromkeys((planned[0], planned[-1])))
        over = [one for one in told.rolled.fulfilments if one.entered]
        rates = [one for one in told.rolled.fulfilments if one.rate is not None]
        said = (
            (
                f"已滚动到 {years} 年：采矿权 {counts['before']} 个"
                f" → {counts['after']} 个，核对指标 {len(rates)} 个，"
                f"超产计入下年扣减 {len(over)} 个。",
                f"须办理和须知 {len(told.rolled.notices)} 条，见 {PAGE_FILE}。",
                f"已写入：{self.folder}",
            ),
            (
                f"Rolled to {years}: {counts['before']} rights"
                f" -> {counts['after']}, {len(rates)} quotas compared, "
                f"{len(over)} over-productions taken off next year.",
                f"{len(told.rolled.notices)} things to do or to know in {PAGE_FILE}.",
                f"Written to: {self.folder}",
            ),
        )[at]
        first = [
            one.text[at] if one.code == "not_booked" else f"{one.subject}: {one.text[at]}"
            for one in told.rolled.notices
            if one.code in _ON_SCREEN
        ]
        return [*said[:1], *first, *said[1:]]


def roll_run(order: Order) -> Done:
    """Roll a finished run over the year that has passed and write the next year's folder.

    Raises
    ------
    InputError
        When the run is faulty or a table is refused: nothing is written.
    RunFolderExistsError, OSError
        When the folder cannot be written.
    VerificationFailedError
        When the independent check or the loader finds a fault: a bug of the program.
    """
    refuse_existing(order.out)
    past = read_run(order.run)
    passed = order.year if order.year is not None else first_year(past.scenario.question)
    given = read_events(order.events, past.scenario.plan) if order.events is not None else None
    year = Year(
        passed=passed,
        actual=order.actual,
        decided=decided_by(past.allocation, passed),
        given=given,
        known=past.known,
        unkept=past.later - (len(past.known.entries) if past.known is not None else 0),
        events_label=order.events.name if order.events is not None else "",
        as_planned=order.as_planned,
        extend_plan=order.extend_plan,
        missing=order.missing,
        tolerance=order.tolerance,
        confirmed=order.confirm_large,
    )
    told = Told(past, year, roll(past.scenario, year), order.events)
    return Done(write(told, order.out, order.lang), told)
