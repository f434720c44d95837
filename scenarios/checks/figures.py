"""Checks of the numbers a plan leaves to the scenario: handed down, not printed, base-year."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.scenarios.checks.amounts import mismatch, products_of
from minequota.scenarios.checks.years import planned_years
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import Text, problem
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Count, Plan
from minequota.scenarios.question import CapFromAbove, Question


def figures(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    """Report counts without a figure anywhere, and figures that are no number of rights."""
    for count in plan.counts:
        if (
            count.limit is None
            and count.id not in question.figures
            and _held(count, question, plan)
        ):
            place = document.place(("figures",), of_key=True)
            yield problem("figure_missing", place, id=count.id, title=_title(count))
    printed = {one.id: one.limit for one in plan.counts}
    for name, figure in question.figures.items():
        place = document.place(("figures", name, "value"))
        if printed.get(name) is not None:
            at = document.place(("figures", name), of_key=True)
            yield problem("figure_spare", at, id=name, limit=printed[name])
        if figure.value != int(figure.value):
            yield problem("not_a_number_of_rights", place, key=name, value=f"{figure.value:g}")


def _held(count: Count, question: Question, plan: Plan) -> bool:
    """Whether a count holds in a planned year, pools considered."""
    pooled = question.options.pooled
    if count.pools and count.id not in pooled:
        return False
    if any(count.id in one.pools for one in plan.counts if one.id in pooled):
        return False
    path = question.options.paths.get(count.id, {})
    return any(year in count.years for year in planned_years(question) if year not in path)


def _title(count: Count) -> Text:
    return Text(count.title.zh, count.title.en)


def base_outputs(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    """Report multiples of an output nobody gives, and outputs in a unit of no use."""
    products = products_of(plan)
    wanted = [
        cap
        for cap in plan.caps
        if cap.times_base is not None and any(year in cap.years for year in planned_years(question))
    ]
    for cap in wanted:
        if cap.product in products and cap.product not in question.base_outputs:
            yield problem(
                "base_output_missing",
                document.place(("base_outputs",), of_key=True),
                product=cap.product,
                title=Text(cap.title.zh, cap.title.en),
                times=f"{cap.times_base:g}",
            )
    for name, output in question.base_outputs.items():
        if (product := products.get(name)) is not None:
            place = document.place(("base_outputs", name, "amount"))
            if found := mismatch(place, output.amount, product.unit, name):
                yield found


def caps_from_above(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    """Report handed-down figures in two forms, in two batches of one number, or of no use."""
    products = products_of(plan)
    first: dict[tuple[str, str | None, int], tuple[int, CapFromAbove]] = {}
    batches: dict[tuple[object, ...], int] = {}
    for index, one in enumerate(question.caps_from_above):
        path = ("caps_from_above", index)
        uses = [key for key in ("amount", "main", "comprehensive") if getattr(one, key) is not None]
        if (product := products.get(one.product)) is not None:
            for key in uses:
                place = document.place((*path, key))
                if found := mismatch(place, getattr(one, key), product.unit, product.name):
                    yield found
        if plan.base_year <= plan.target_year and not (
            plan.base_year <= one.year <= plan.target_year
        ):
            # It would never be used: a slip of the year, or another plan's document.
            yield problem(
                "year_outside",
                document.place((*path, "year")),
                year=one.year,
                first=plan.base_year,
                last=plan.target_year,
            )
        group = (one.product, one.county, one.year)
        at, other = first.setdefault(group, (index, one))
        before = document.place(("caps_from_above", at))
        if (one.amount is None) != (other.amount is None):
            yield problem("above_forms", document.place(path), product=one.product, first=before)
        if one.attribute != other.attribute:
            yield problem(
                "above_attributes", document.place(path), product=one.product, first=before
            )
        for key in uses:
            same = batches.setdefault((*group, one.batch, key), index)
            if same != index:
                yield problem(
                    "above_batch_twice",
                    document.place(path),
                    product=one.product,
                    batch=one.batch,
                    first=document.place(("caps_from_above", same)),
                )
                break
