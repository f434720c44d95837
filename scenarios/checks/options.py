"""Checks of the options: shares, weights, paths, and what they are shares of."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from minequota.scenarios.checks.years import only_planned
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import Text, choice, problem
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question

KEPT = {"key_mineral", "key_area", "strategic", "national_area", "green", "large_medium"}
# Shares written with decimals add up to 1 within what their digits allow.
_WHOLE = 1e-6
_POSITIVE = Text("不小于 0", "at least 0")
_SHARE = Text("在 0 与 1 之间", "between 0 and 1")


def options(question: Question, document: Document) -> Iterator[Problem]:
    """Report options that cannot be, whatever the plan."""
    yield from _ranges(question, document)
    yield from _kept(question, document)
    yield from _sharing(question, document)
    yield from _batches(question, document)
    yield from _ramp_up(question, document)
    weights = question.options.year_weights
    yield from only_planned(question, weights, ("options", "year_weights"), document)


def options_of_plan(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    """Report paths and pools that do not fit the plan's counts and ratios."""
    yield from _paths(question, plan, document)
    pooling = {one.id for one in plan.counts if one.pools}
    known = {one.id for one in plan.counts}
    for index, name in enumerate(question.options.pooled):
        if name in known and name not in pooling:
            place = document.place(("options", "pooled", index))
            yield problem("not_pooling", place, value=name, choice=choice(name, sorted(pooling)))


def _ranges(question: Question, document: Document) -> Iterator[Problem]:
    given = question.options
    limits: tuple[tuple[str, Mapping[Any, float], float | None], ...] = (
        ("holdback", given.holdback, 1.0),
        ("indicator_weights", given.indicator_weights, None),
        ("protection.weights", given.protection.weights, None),
        ("sharing.coefficients", given.sharing.coefficients, None),
        ("sharing.mix", given.sharing.mix, 1.0),
        ("year_weights", given.year_weights, None),
    )
    for name, values, top in limits:
        for key, value in values.items():
            if value < 0 or (top is not None and value > top):
                path = ("options", *name.split("."), str(key))
                bound = _POSITIVE if top is None else _SHARE
                yield problem(
                    "out_of_range", document.place(path), key=key, value=value, bound=bound
                )


def _kept(question: Question, document: Document) -> Iterator[Problem]:
    for key in question.options.preference.keep:
        if key not in KEPT:
            yield problem(
                "unknown_key",
                document.place(("options", "preference", "keep", key), of_key=True),
                key=key,
                choice=choice(key, sorted(KEPT)),
            )


def _sharing(question: Question, document: Document) -> Iterator[Problem]:
    sharing = question.options.sharing
    path: KeyPath = ("options", "sharing", "mix")
    if sharing.basis == "mix" and not sharing.mix:
        yield problem("mix_missing", document.place(("options", "sharing", "basis")))
    elif sharing.mix and sharing.basis != "mix":
        yield problem("mix_spare", document.place(path, of_key=True), basis=sharing.basis)
    elif sharing.mix:
        yield from _add_up(sum(sharing.mix.values()), path, document)


def _add_up(total: float, path: KeyPath, document: Document) -> Iterator[Problem]:
    if not math.isclose(total, 1, abs_tol=_WHOLE):
        place = document.place(path, of_key=True)
        yield problem("shares_add_up", place, key=path[-1], total=f"{total:.10g}")


def _batches(question: Question, document: Document) -> Iterator[Problem]:
    for product, shares in question.options.batches.items():
        path: KeyPath = ("options", "batches", product)
        for index, share in enumerate(shares):
            if not 0 < share <= 1:
                place = document.place((*path, index))
                yield problem("out_of_range", place, key=product, value=share, bound=_SHARE)
        yield from _add_up(sum(shares), path, document)


def _ramp_up(question: Question, document: Document) -> Iterator[Problem]:
    before = 0.0
    for index, share in enumerate(question.options.ramp_up):
        place = document.place(("options", "ramp_up", index))
        if not 0 <= share <= 1:
            yield problem("out_of_range", place, key="ramp_up", value=share, bound=_SHARE)
        elif share < before:
            yield problem("ramp_falls", place, value=share, before=before)
        before = share


def _paths(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    counts, ratios = {one.id for one in plan.counts}, {one.id for one in plan.ratios}
    for name, limits in question.options.paths.items():
        path: KeyPath = ("options", "paths", name)
        yield from only_planned(question, limits, path, document)
        for year, limit in limits.items():
            place = document.place((*path, str(year)))
            if name in counts and (limit < 0 or limit != int(limit)):
                yield problem("not_a_number_of_rights", place, key=name, value=f"{limit:g}")
            elif name in ratios and not 0 <= limit <= 1:
                yield problem("out_of_range", place, key=name, value=limit, bound=_SHARE)
