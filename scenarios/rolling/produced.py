"""What every right produced in the year, in ore of its licence: stated, assumed or not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from minequota.scenarios.documents.messages import Text, choice
from minequota.scenarios.errors import Problem
from minequota.scenarios.right import Right
from minequota.scenarios.rolling.accounts import Account
from minequota.scenarios.rolling.amounts import (
    licence_unit,
    ore_in,
    ore_of_product,
    product_of,
    tidy,
)
from minequota.scenarios.rolling.books import Books
from minequota.scenarios.rolling.headers import BASIS_TITLES, KINDS, Kind
from minequota.scenarios.rolling.messages import problem
from minequota.scenarios.rolling.table import Line, Stated
from minequota.scenarios.units import Quantity

Missing = Literal["refuse", "quota", "zero"]
Origin = Literal["actual", "quota", "zero"]


@dataclass(frozen=True)
class Produced:
    """One right's output: `ore` is the kind believed first; `stated` every kind there is."""

    identity: str
    ore: Quantity
    believed: Kind | None
    stated: Mapping[Kind, Quantity]
    origin: Origin
    place: str = ""

    @property
    def reported(self) -> Quantity:
        """The figure of the statistics: reported, else actual, else surveyed."""
        for kind in ("reported", "actual"):
            if kind in self.stated:
                return self.stated[kind]
        return self.ore


def matched(books: Books, lines: Iterable[Line]) -> tuple[dict[str, Line], list[Problem]]:
    """Return the lines by the id of their right, and what is wrong with who they name."""
    known = {*books.before, *books.held, *(one for one in books.heirs if books.heir(one))}
    names: dict[str, list[str]] = {}
    for right in {**books.held, **books.before}.values():
        names.setdefault(right.name, []).append(right.licence)
    found: dict[str, Line] = {}
    problems: list[Problem] = []
    for line in lines:
        identity = line.licence
        if not identity:
            called = names.get(line.name, [])
            if len(called) != 1 and not line.outputs:
                continue
            if len(called) != 1:
                code = "actual_ambiguous" if called else "actual_unknown"
                problems.append(
                    problem(
                        code,
                        line.place,
                        value=line.name,
                        number=len(called),
                        choice=choice(line.name, names),
                    )
                )
                continue
            (identity,) = called
        elif identity not in known and not line.outputs:
            # A row of the notice for a right that was never issued: it says nothing.
            continue
        elif identity not in known:
            options = choice(identity, sorted(known))
            problems.append(problem("actual_unknown", line.place, value=identity, choice=options))
            continue
        elif wrong := _other_name(books, names, line):
            problems.append(wrong)
            continue
        if identity in found:
            first = found[identity].place
            problems.append(problem("actual_twice", line.place, value=identity, first=first))
            continue
        found[identity] = line
    problems += _twice_merged(books, found)
    return found, problems


def _other_name(books: Books, names: Mapping[str, list[str]], line: Line) -> Problem | None:
    """Report a name that is another right's; a name that is nobody's is noted."""
    right = books.before.get(line.licence) or books.held.get(books.heir(line.licence))
    if right is None or not line.name or line.name == right.name:
        return None
    others = [one for one in names.get(line.name, []) if one != line.licence]
    if others and line.licence in books.before:
        return problem(
            "actual_other_name",
            line.place,
            licence=line.licence,
            value=line.name,
            known=right.name,
            other=others[0],
        )
    books.notice(
        "other_name",
        line.licence,
        f"表中名称“{line.name}”与名册“{right.name}”不同，按许可证号对应。",
        f"The table calls it {line.name}, the register {right.name}; the licence counts.",
    )
    return None


def _twice_merged(books: Books, found: Mapping[str, Line]) -> list[Problem]:
    """Report mergers given as a whole and by a member, or under both their ids."""
    wholes: dict[str, str] = {}
    problems = []
    for identity, line in found.items():
        heir = books.heir(identity)
        if identity in books.before or not heir:
            continue
        if heir in wholes:
            first = found[wholes[heir]].place
            problems.append(problem("actual_twice", line.place, value=identity, first=first))
        wholes[heir] = identity
    for identity, line in found.items():
        heir = books.heir(identity)
        if identity in books.before and identity != heir and heir in wholes:
            whole = wholes[heir]
            problems.append(
                problem("actual_merged_twice", line.place, value=whole, member=identity)
            )
    return problems


def stated_output(
    books: Books, found: Mapping[str, Line]
) -> tuple[dict[str, Produced], list[Problem]]:
    """Return the stated outputs in ore of their licences, and those that cannot be turned."""
    produced: dict[str, Produced] = {}
    problems: list[Problem] = []
    for identity, line in found.items():
        right = books.before.get(identity) or books.held[books.heir(identity)]
        stated: dict[Kind, Quantity] = {}
        for kind, given in line.outputs.items():
            ore = _ore(books, right, given)
            if isinstance(ore, Problem):
                problems.append(ore)
            else:
                stated[kind] = ore
        believed = next((kind for kind in KINDS if kind in stated), None)
        if believed is not None:
            produced[identity] = Produced(
                identity, stated[believed], believed, stated, "actual", line.place
            )
    return produced, problems


def _ore(books: Books, right: Right, given: Stated) -> Quantity | Problem:
    plan = books.plan
    unit = licence_unit(plan, right)
    product = product_of(plan, right.mineral)
    counted = given.counted
    basis = product.basis if product is not None else "ore"
    title = BASIS_TITLES[basis]
    name = product.name if product is not None else right.mineral
    if counted is None and basis != "ore":
        return problem("actual_basis_missing", given.place, product=name, basis=title)
    if counted in (None, "ore") or (counted == "product" and basis == "ore"):
        ore = ore_in(plan, right, given.amount, unit)
    elif product is not None and counted in ("product", basis):
        ore = ore_of_product(product, right, given.amount, unit)
    else:
        said = BASIS_TITLES[counted] if counted != "product" else Text("指标口径", "the quota's")
        return problem("actual_basis_wrong", given.place, product=name, basis=title, value=said)
    if ore is None:
        return problem(
            "actual_unit", given.place, licence=right.licence, amount=given.amount, unit=unit
        )
    return Quantity(tidy(ore), unit)


def completed(
    books: Books,
    listed: Iterable[Account],
    produced: Mapping[str, Produced],
    missing: Missing,
    label: str,
) -> tuple[dict[str, Produced], list[Problem]]:
    """Return the outputs with those nobody stated, as the user wants them taken.

    A right whose figure was zero is taken to have made nothing; of a figure that was awaited
    nothing is known.
    """
    done = dict(produced)
    absent: list[str] = []
    for account in listed:
        quota = account.quota
        given = [one for one in account.ids if one in produced]
        whole = [one for one in given if one not in books.before]
        lacking = () if whole else tuple(one for one in account.asked if one not in produced)
        if quota.awaiting or not lacking:
            continue
        if quota.ore.value > 0 and missing == "refuse":
            absent += lacking
            continue
        unit = quota.ore.unit
        made = 0.0
        for one in given:
            right = books.before.get(one)
            made += (ore_in(books.plan, right, produced[one].ore, unit) or 0.0) if right else 0.0
        take = missing == "quota" and quota.ore.value > 0
        rest = tidy(max(0.0, quota.ore.value - made)) if take else 0.0
        if len(lacking) > 1 and take:
            # A merger's quota is nobody's in particular: the merged right answers for it.
            done[quota.right] = Produced(quota.right, Quantity(rest, unit), None, {}, "quota")
            continue
        for one in lacking:
            done[one] = Produced(one, Quantity(rest, unit), None, {}, "quota" if take else "zero")
    if not absent:
        return done, []
    shown = absent[:12]
    more = len(absent) - len(shown)
    text = Text(
        "、".join(shown) + ("等" if more else ""), ", ".join(shown) + (" …" if more else "")
    )
    return done, [problem("actual_missing", label, number=len(absent), listed=text)]
