"""One year rolled forward: the run's scenario and the year's outputs in, the next year's out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from minequota.scenarios.checks.years import first_year
from minequota.scenarios.documents.messages import Text
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.events.event import Event
from minequota.scenarios.events.reader import Entries
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question
from minequota.scenarios.right import Right
from minequota.scenarios.rolling import period
from minequota.scenarios.rolling.accounts import accounts
from minequota.scenarios.rolling.amounts import tidy
from minequota.scenarios.rolling.book import book
from minequota.scenarios.rolling.books import Books
from minequota.scenarios.rolling.decided import Decided
from minequota.scenarios.rolling.enter import Drawn, draw_down, set_history
from minequota.scenarios.rolling.following import (
    enter_excess,
    following,
    to_do,
    without_figures,
)
from minequota.scenarios.rolling.fulfilment import Fulfilment, fulfilments
from minequota.scenarios.rolling.happened import happen, sources_of
from minequota.scenarios.rolling.large import check_large
from minequota.scenarios.rolling.messages import problem
from minequota.scenarios.rolling.produced import (
    Missing,
    Produced,
    completed,
    matched,
    stated_output,
)
from minequota.scenarios.rolling.projects import booked, settle
from minequota.scenarios.rolling.ramping import carry_shares
from minequota.scenarios.rolling.steps import Notice, Step
from minequota.scenarios.rolling.table import read_actual
from minequota.scenarios.rolling.totals import tell_totals
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

EVENTS_FILE = "events.csv"
"""Events beyond the year rolled, beside the scenario."""


@dataclass(frozen=True)
class Year:
    """What is known of the year that has passed.

    `decided` are the run's figures and decisions of all its years up to `passed`. `given` are the
    events of the user's table (`events_label`), `known` those the run had read and not applied;
    of `unkept` more it says only that they were.
    `tolerance` is the share by which a quota may be exceeded before the excess is entered.
    `confirmed` are rights whose output is to be believed however large it is.
    """

    passed: int
    actual: Path
    decided: Decided
    given: Entries | None = None
    known: Entries | None = None
    unkept: int = 0
    events_label: str = ""
    as_planned: bool = False
    extend_plan: bool = False
    missing: Missing = "refuse"
    tolerance: float = 0.0
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rolled:
    """The next year's plan, question and register, and how they came to be."""

    plan: Plan
    question: Question
    rights: tuple[Right, ...]
    later: tuple[Event, ...]
    steps: tuple[Step, ...]
    notices: tuple[Notice, ...]
    fulfilments: tuple[Fulfilment, ...]
    produced: Mapping[str, Produced]
    drawn: tuple[Drawn, ...]
    events: tuple[Event, ...]


def roll(scenario: Scenario, year: Year) -> Rolled:
    """Roll a scenario over the year that has passed.

    Parameters
    ----------
    scenario
        As the run solved it: its register is the one of the first planned year's beginning.
    year
        What the run decided and what really happened.

    Raises
    ------
    InputError
        With every problem of the tables, and where the plan does not reach into the new year.
    """
    first = first_year(scenario.question)
    problems: list[Problem] = []
    if not first <= year.passed <= scenario.question.year:
        last = scenario.question.year
        raise InputError([problem("run_year", "--year", year=year.passed, first=first, last=last)])
    if year.passed > first and year.missing == "refuse":
        before = year.passed - 1
        problems.append(problem("run_years_unknown", "--year", first=first, last=before))
    books = Books(
        plan=scenario.plan,
        question=scenario.question,
        before={right.licence: right for right in scenario.rights},
        held={right.licence: right for right in scenario.rights},
    )
    problems += _into_the_new_year(books, year)
    label = year.actual.name
    actual = read_actual(year.actual, year.passed)
    problems += actual.problems
    events, later, impossible = _structure(books, scenario, year, first)
    problems += impossible
    listed = list(accounts(books, year.decided, year.passed))
    produced: dict[str, Produced] = {}
    if not impossible:
        # Whom a row names is known once the register is: nothing else would be said twice.
        found, unknown = matched(books, actual.lines)
        stated, unfit = stated_output(books, found)
        problems += [*unknown, *unfit]
        produced, absent = completed(books, listed, stated, year.missing, label)
        # Rows with a mistake are not missing.
        problems += absent if not actual.problems and not unknown else []
        large = check_large(books, found, stated, year.confirmed)
        faulty = bool(actual.problems or unknown or unfit)
        problems += [one for one in large if not faulty or one.code != "confirm_needless"]
    if actual.ignored or (year.given is not None and year.given.ignored):
        _tell_ignored(books, year, actual.ignored)
    tell_totals(books, actual)
    if problems:
        raise InputError(list(dict.fromkeys(problems)))
    done = tuple(fulfilments(books, listed, produced, year.tolerance))
    drawn = _before(books, year, first) + draw_down(books, produced, label)
    set_history(books, produced, done, label)
    _log_fulfilment(books, done, label)
    settle(books, booked(books, year.decided))
    following(books, year.passed)
    enter_excess(books, done, year.passed, label)
    without_figures(books)
    to_do(books, year.passed)
    carried_out = year.decided if year.as_planned else Decided()
    carry_shares(books, scenario.question, carried_out, year.passed)
    if later:
        books.question = books.question.model_copy(update={"events": EVENTS_FILE})
    return Rolled(
        books.plan,
        books.question,
        tuple(books.held[licence] for licence in sorted(books.held)),
        later,
        tuple(books.steps),
        tuple(books.notices),
        done,
        produced,
        drawn,
        events,
    )


def _into_the_new_year(books: Books, year: Year) -> list[Problem]:
    """Extend the plan where asked; refuse a year it does not reach; note what changes in it."""
    begins = year.passed + 1
    plan = books.plan
    if begins > plan.target_year:
        if not year.extend_plan:
            ends = Text(*period.shown(period.ending(plan, year.passed, begins)))
            return [
                problem("plan_ends", "plan.yaml", last=plan.target_year, year=begins, clauses=ends)
            ]
        period.extended(books, begins)
    period.tell(books, year.passed, begins)
    return []


def _structure(
    books: Books, scenario: Scenario, year: Year, first: int
) -> tuple[tuple[Event, ...], tuple[Event, ...], tuple[Problem, ...]]:
    """Apply the year's events, then the decisions if they are taken as carried out."""
    wrong = [one for table in (year.given, year.known) if table for one in table.problems]
    if wrong:
        return (), (), tuple(wrong)
    if year.unkept > 0:
        books.notice(
            "events_unkept",
            "",
            f"测算时另有 {year.unkept} 项较晚的变更事件，结果文件夹中未保存，请用 --events 给出。",
            f"The run knew of {year.unkept} later events that its folder does not hold: give them "
            "with --events.",
        )
    sources = sources_of(year.given, year.events_label, year.known)
    events, later, problems = happen(books, sources, first, year.passed)
    if problems:
        return (), (), problems
    if year.as_planned:
        book(books, scenario, year.decided, events)
    elif year.decided.number:
        number = year.decided.number
        books.notice(
            "not_booked",
            "",
            f"方案中到 {year.passed} 年为止的 {number} 项投放、延续、整合、改扩建和退出未入册；"
            "已实施的请用 --events 登记，或用 --as-planned 全部视为已按方案实施。",
            f"{number} decisions of the run up to {year.passed} (issued, renewed, merged, "
            "expanded, left) are not booked: book what was done with --events, or all of it with "
            "--as-planned.",
        )
    return events, tuple(event for _, event in later), ()


def _tell_ignored(books: Books, year: Year, of_outputs: tuple[str, ...]) -> None:
    of_events = year.given.ignored if year.given is not None else ()
    for label, headers in ((year.actual.name, of_outputs), (year.events_label, of_events)):
        if headers:
            books.notice(
                "columns_ignored",
                label,
                f"有 {len(headers)} 列未使用：{'、'.join(headers)}。",
                f"Columns that were not used: {len(headers)}: {', '.join(headers)}.",
            )


def _before(books: Books, year: Year, first: int) -> tuple[Drawn, ...]:
    """Take off what the years before the one rolled are assumed to have produced."""
    drawn: tuple[Drawn, ...] = ()
    for passed in range(first, year.passed):
        books.notice(
            "year_assumed",
            str(passed),
            f"{passed} 年的产量未给出，按{'当年指标' if year.missing == 'quota' else '零'}推定。",
            f"The output of {passed} is not known; it is taken to be "
            f"{'the quotas' if year.missing == 'quota' else 'nothing'}.",
        )
        if year.missing != "quota":
            continue
        made = {
            account.ids[0]: Produced(account.ids[0], account.quota.ore, None, {}, "quota")
            for account in accounts(books, year.decided, passed)
            if account.quota.ore.value > 0
        }
        drawn += draw_down(books, made, f"run {passed}")
    return drawn


def _log_fulfilment(books: Books, listed: tuple[Fulfilment, ...], source: str) -> None:
    for one in listed:
        if one.produced is not None:
            rate = "" if one.rate is None else f"{tidy(one.rate * 100):.6g} %"
            books.step(
                "output",
                one.right,
                "execution_rate",
                one.quota,
                one.produced,
                source,
                assumed=one.assumed,
                note=Text(f"执行率 {rate}" if rate else "", f"rate {rate}" if rate else ""),
            )
        if one.unused:
            books.step(
                "unused",
                one.right,
                "not_carried_over",
                Quantity(one.unused, one.quota.unit),
                "",
                source,
                assumed=one.assumed,
                note=Text("未用完的指标不结转", "unused quota is not carried over"),
            )
