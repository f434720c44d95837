"""The question of the year that begins, out of the one of the year that has passed."""

from __future__ import annotations

import re
from typing import Any

from minequota.scenarios.additions import Overproduction
from minequota.scenarios.checks.years import first_year
from minequota.scenarios.facts import Name
from minequota.scenarios.question import Question
from minequota.scenarios.rolling.amounts import licence_unit, ore_in, tidy
from minequota.scenarios.rolling.books import Books
from minequota.scenarios.rolling.fulfilment import Fulfilment
from minequota.scenarios.units import Quantity


def following(books: Books, passed: int) -> None:
    """Turn the question into the next year's.

    A target state moves on by a year; a calendar loses the years that have passed, and begins
    anew in the next year where none is left.
    """
    old = books.question
    calendar = old.mode == "calendar"
    year = max(old.year, passed + 1) if calendar else passed + 1
    first = passed + 1 if calendar else None
    planned = range(first or year, year + 1)
    update: dict[str, Any] = {
        "year": year,
        "first_year": first,
        "register_date": f"{passed}-12-31",
        "title": Name(
            zh=_title(old.title.zh, old, planned, "—", "{}（{}年）"),
            en=_title(old.title.en, old, planned, "-", "{} ({})"),
        ),
        "caps_from_above": tuple(one for one in old.caps_from_above if one.year > passed),
        "overproduced": {},
        "demand": {
            name: one.model_copy(update={"by_year": _kept(one.by_year, planned)})
            for name, one in old.demand.items()
        },
        "options": old.options.model_copy(
            update={
                "paths": {
                    name: kept
                    for name, path in old.options.paths.items()
                    if (kept := _kept(path, planned))
                },
                "year_weights": _kept(old.options.year_weights, planned),
            }
        ),
    }
    books.question = old.model_copy(update=update)
    _log(books, old, planned)
    _tell_lapsed(books, old)


def _kept(by_year: Any, planned: range) -> dict[int, Any]:
    return {year: value for year, value in by_year.items() if year in planned}


def _title(text: str, old: Question, planned: range, dash: str, otherwise: str) -> str:
    """Return a title with the new years in place of the old; behind it where it named none."""
    label = f"{planned[0]}{dash}{planned[-1]}" if len(planned) > 1 else f"{planned[0]}"
    years = {first_year(old), old.year}
    for match in re.finditer(r"(?<!\d)(\d{4})(?:\s*(?:[-–—~～至]+|to)\s*(\d{4}))?(?!\d)", text):
        if {int(one) for one in match.groups() if one} & years:
            return text[: match.start()] + label + text[match.end() :]
    return otherwise.format(text, label)


def _log(books: Books, old: Question, planned: range) -> None:
    new = books.question
    for name in ("year", "first_year", "register_date"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            books.step("question", name, "", before, after, "roll")
    books.step("question", "title", "", old.title.zh, new.title.zh, "roll")
    for one in old.caps_from_above:
        if one not in new.caps_from_above:
            figure = one.amount or one.main or one.comprehensive
            books.step(
                "question",
                f"caps_from_above.{one.product}.{one.year}",
                "",
                figure,
                "",
                one.document,
            )
    for licence, excess in old.overproduced.items():
        books.step(
            "question", f"overproduced.{licence}", "", excess.amount, "", "of the year before"
        )
    for name, given in old.demand.items():
        for year, amount in given.by_year.items():
            if year not in planned:
                books.step("question", f"demand.{name}.by_year.{year}", "", amount, "", "passed")
    for name, path in old.options.paths.items():
        for year, limit in path.items():
            if year not in planned:
                books.step("question", f"options.paths.{name}.{year}", "", limit, "", "passed")
    for year, weight in old.options.year_weights.items():
        if year not in planned:
            books.step("question", f"options.year_weights.{year}", "", weight, "", "passed")


def _tell_lapsed(books: Books, old: Question) -> None:
    """Note what of an excess the year's quota could not bear: a capacity is all there is."""
    for licence, entry in sorted(old.overproduced.items()):
        right = books.before.get(licence)
        if right is None or right.capacity is None:
            continue
        unit = right.capacity.unit
        excess = ore_in(books.plan, right, entry.amount, unit)
        rest = tidy((excess or 0.0) - right.capacity.value)
        if rest > 0:
            books.notice(
                "overproduced_lapsed",
                licence,
                f"{entry.year} 年超产 {entry.amount}，超过证载规模 {right.capacity}，当年扣减不完；"
                f"余下 {rest:.10g} {unit} 不再扣减。",
                f"Its over-production of {entry.amount} in {entry.year} is more than its capacity "
                f"of {right.capacity}: {rest:.10g} {unit} could not be taken off and lapse.",
            )


def enter_excess(books: Books, listed: tuple[Fulfilment, ...], passed: int, source: str) -> None:
    """Write what was produced beyond the quotas into `overproduced`; it comes off next year."""
    entries: dict[str, Overproduction] = {}
    for one in listed:
        if not one.entered:
            continue
        right = books.held[one.heir]
        unit = licence_unit(books.plan, right)
        own = books.before.get(one.right, right)
        amount = ore_in(books.plan, own, Quantity(one.excess, one.quota.unit), unit)
        before = entries.get(one.heir)
        total = tidy((amount or 0.0) + (before.amount.value if before is not None else 0.0))
        entries[one.heir] = Overproduction(
            amount=Quantity(total, unit),
            year=passed,
            assumed=one.split or one.synthetic or (before is not None and before.assumed),
            source=f"{source}：{passed}年产量超过当年指标的部分",
        )
    for licence, entry in sorted(entries.items()):
        books.step(
            "overproduced", licence, "amount", "", entry.amount, source, assumed=entry.assumed
        )
    books.question = books.question.model_copy(
        update={"overproduced": dict(sorted(entries.items()))}
    )


def to_do(books: Books, passed: int) -> None:
    """Note what the planner has to give or to look at before the year is solved."""
    plan, question = books.plan, books.question
    first = first_year(question)
    if question.mode == "target_state":
        for name, given in question.demand.items():
            if given.amount is not None:
                books.notice(
                    "demand",
                    f"demand.{name}",
                    f"需求 {given.amount} 沿用 {passed} 年的，请核对 {first} 年需求。",
                    f"The demand of {given.amount} is that of {passed}; check it for {first}.",
                )
    given_from_above = {(one.product, one.year) for one in question.caps_from_above}
    for clause in plan.handed_down:
        for year in range(first, question.year + 1):
            if year in clause.years and (clause.product, year) not in given_from_above:
                books.notice(
                    "awaiting",
                    f"caps_from_above.{clause.product}.{year}",
                    f"{clause.title.zh}：{clause.issuer}的 {year} 年指标待下达，填入前不分配。",
                    f"{clause.title.en}: the figure of {year} is awaited from above; none is "
                    "handed out before it is entered.",
                )
    awaited = {clause.product for clause in plan.handed_down}
    for step in books.steps:
        if step.subject.startswith("caps_from_above.") and step.kind == "question":
            product = step.subject.split(".")[1]
            if product not in awaited and (product, first) not in given_from_above:
                books.notice(
                    "caps_from_above",
                    f"caps_from_above.{product}.{first}",
                    f"{passed} 年的上级下达指标已删去，请填入 {first} 年的文件；"
                    "填入前只有规划总量约束。",
                    f"The figure handed down for {passed} is gone; enter {first}'s. Until then "
                    "the plan's own cap alone holds.",
                )


def without_figures(books: Books) -> None:
    """Let go what was to be taken from a figure handed down, where the new year has none yet."""
    question = books.question
    years = range(first_year(question), question.year + 1)
    options, demand = question.options, dict(question.demand)
    hand_out = dict(options.hand_out)
    for name in sorted({*hand_out, *demand}):
        if all(_capped(books, name, year) for year in years):
            continue
        if hand_out.get(name) == "cap":
            del hand_out[name]
            books.step("question", f"options.hand_out.{name}", "", "cap", "", "no figure")
        if name in demand and demand[name].from_cap:
            del demand[name]
            books.step("question", f"demand.{name}", "", "from_cap", "", "no figure")
    books.question = question.model_copy(
        update={"options": options.model_copy(update={"hand_out": hand_out}), "demand": demand}
    )


def _capped(books: Books, product: str, year: int) -> bool:
    """Whether a figure limits the product's output in a year, or is still awaited."""
    upper = ("ceiling", "level", "about")
    plan, question = books.plan, books.question
    return (
        any(
            one.product == product and year in one.years and one.sense in upper for one in plan.caps
        )
        or any(one.product == product and one.year == year for one in question.caps_from_above)
        or any(one.product == product and year in one.years for one in plan.handed_down)
    )
