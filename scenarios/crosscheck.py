"""Checks that need more than one field: within the plan, within the question, between both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from minequota.scenarios.cells import parse_date
from minequota.scenarios.document import Document
from minequota.scenarios.errors import Problem
from minequota.scenarios.messages import Text, choice, problem
from minequota.scenarios.plan import Plan, Product
from minequota.scenarios.question import Question
from minequota.scenarios.schema import fields_of
from minequota.scenarios.units import Dimension, Quantity, UnknownUnitError, factor_to_base
from minequota.scenarios.validation import UNITS
from minequota.scenarios.yamlfile import KeyPath

_DIMENSIONS: dict[Dimension, Text] = {
    "mass": Text("质量", "mass"),
    "volume": Text("体积", "volume"),
}
_INDICATORS = ("caps", "no_allotment", "counts", "ratios")
KEPT = {"key_mineral", "key_area", "strategic", "national_area", "green", "large_medium"}


def check_plan(plan: Plan, document: Document) -> list[Problem]:
    """Return what is wrong inside one plan."""
    return [
        *_negatives(plan, document),
        *_plan_duplicates(document),
        *_plan_years(plan, document),
        *_plan_units(plan, document),
        *_tolerances(plan, document),
        *_special_minimums(plan, document),
        *_zones(plan, document),
    ]


def check_question(question: Question, plan: Plan | None, document: Document) -> list[Problem]:
    """Return what is wrong in the question, and between it and its plan where that is known."""
    problems = [
        *_negatives(question, document),
        *_goals(question, document),
        *_shares(question, document),
        *_register_date(question, document),
        *_default_case(question, document),
    ]
    if plan is not None:
        problems += [
            *_year(question, plan, document),
            *_demand(question, plan, document),
            *_extra_candidates(question, plan, document),
        ]
    return problems


# --- both -------------------------------------------------------------------------------------


def _quantities(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, Quantity]]:
    if isinstance(value, Quantity):
        yield path, value
    elif isinstance(value, BaseModel):
        for key, info in fields_of(type(value)).items():
            name = next(one for one, other in type(value).model_fields.items() if other is info)
            yield from _quantities(getattr(value, name), (*path, key))
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _quantities(one, (*path, index))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _quantities(one, (*path, key))


def _negatives(model: BaseModel, document: Document) -> Iterator[Problem]:
    for path, amount in _quantities(model, ()):
        if amount.value < 0:
            yield problem("negative", document.place(path), amount=amount)


def _mismatch(
    place: str, amount: Quantity, unit: str, name: str, *, density: bool = False
) -> Problem | None:
    """Report an amount whose dimension is not that of `unit`."""
    other = factor_to_base(unit)[1]
    if amount.dimension == other:
        return None
    return problem(
        "unit_mismatch",
        place,
        amount=amount,
        own=_DIMENSIONS[amount.dimension],
        what=Text("产品", "the product"),
        name=name,
        unit=unit,
        other=_DIMENSIONS[other],
        density=Text("，或在产品中给出密度 density", ", or give the product a density")
        if density
        else "",
    )


def _known_unit(product: Product) -> bool:
    try:
        factor_to_base(product.unit)
    except UnknownUnitError:
        return False
    return True


def _products(plan: Plan) -> dict[str, Product]:
    """Return the plan's products whose unit is a known one."""
    return {one.name: one for one in plan.products if _known_unit(one)}


def _tonnes(amount: Quantity, product: Product | None) -> float | None:
    """Return the amount in tonnes, or in cubic metres where no density is known."""
    base, dimension = factor_to_base(amount.unit)
    if dimension == "volume" and product is not None and product.density is not None:
        return amount.value * base * product.density
    return amount.value * base


def _below(maximum: Quantity, minimum: Quantity, product: Product | None) -> bool:
    comparable = maximum.dimension == minimum.dimension or (
        product is not None and product.density is not None
    )
    if not comparable:
        return False
    if maximum.dimension == minimum.dimension:
        return maximum.to(minimum.unit) < minimum.value
    high, low = _tonnes(maximum, product), _tonnes(minimum, product)
    return high is not None and low is not None and high < low


# --- the plan ---------------------------------------------------------------------------------


def _plan_duplicates(document: Document) -> Iterator[Problem]:
    families: tuple[tuple[Text, tuple[tuple[str, str], ...]], ...] = (
        (Text("县（区）", "County"), (("counties", "name"), ("counties", "aliases"))),
        (Text("产品", "Product"), (("products", "name"),)),
        (Text("矿种", "Mineral"), (("minerals", "name"), ("minerals", "aliases"))),
        (Text("指标标识", "Indicator"), tuple((family, "id") for family in _INDICATORS)),
        (Text("最低开采规模行", "Minimum scale"), (("minimum_scales", "id"),)),
        (Text("特别最低规模", "Special minimum"), (("special_minimums", "id"),)),
        (Text("集中开采区编号", "Zone"), (("zones", "code"),)),
        (Text("开采区编号", "Area"), (("areas", "code"),)),
        (Text("优先事项", "Priority"), (("priorities", "id"),)),
        (Text("基期数量", "Base count"), (("base_counts", "id"),)),
        (Text("矛盾", "Contradiction"), (("contradictions", "id"),)),
        (Text("印刷数", "Printed figure"), (("printed", "id"),)),
    )
    for what, keys in families:
        words: list[tuple[KeyPath, str]] = []
        for family, key in keys:
            for index, entry in enumerate(document.data.get(family) or ()):
                value = entry.get(key)
                if isinstance(value, list):
                    words += [((family, index, key, at), one) for at, one in enumerate(value)]
                elif value is not None:
                    words.append(((family, index, key), value))
        yield from _duplicates(what, words, document)


def _duplicates(
    what: Text, words: Iterable[tuple[KeyPath, str]], document: Document
) -> Iterator[Problem]:
    first: dict[str, KeyPath] = {}
    for path, word in words:
        if word in first:
            yield problem(
                "duplicate",
                document.place(path),
                what=what,
                value=word,
                first=document.place(first[word]),
            )
        else:
            first[word] = path


def _plan_years(plan: Plan, document: Document) -> Iterator[Problem]:
    if plan.target_year < plan.base_year:
        yield problem(
            "target_before_base",
            document.place(("target_year",)),
            target=plan.target_year,
            base=plan.base_year,
        )
    for family in _INDICATORS:
        for index, one in enumerate(getattr(plan, family)):
            if one.years.last < one.years.first:
                yield problem(
                    "years_reversed",
                    document.place((family, index, "years")),
                    first=one.years.first,
                    last=one.years.last,
                )


def _plan_units(plan: Plan, document: Document) -> Iterator[Problem]:
    for index, product in enumerate(plan.products):
        if not _known_unit(product):
            yield problem(
                "unknown_unit",
                document.place(("products", index, "unit")),
                unit=product.unit,
                choice=choice(product.unit, UNITS),
            )
    products = _products(plan)
    for index, cap in enumerate(plan.caps):
        if (capped := products.get(cap.product)) is not None and (
            found := _mismatch(
                document.place(("caps", index, "amount")), cap.amount, capped.unit, capped.name
            )
        ):
            yield found


def _tolerances(plan: Plan, document: Document) -> Iterator[Problem]:
    for family in ("caps", "counts", "ratios"):
        for index, one in enumerate(getattr(plan, family)):
            if one.sense == "about" and one.tolerance is None:
                yield problem("needs_tolerance", document.place((family, index, "sense")))
            if one.sense != "about" and one.tolerance is not None:
                yield problem("spare_tolerance", document.place((family, index, "tolerance")))


def _special_minimums(plan: Plan, document: Document) -> Iterator[Problem]:
    for index, special in enumerate(plan.special_minimums):
        seen: dict[Dimension, Quantity] = {}
        for position, amount in enumerate(special.amounts):
            if amount.dimension in seen:
                yield problem(
                    "two_amounts",
                    document.place(("special_minimums", index, "amounts", position)),
                    first=seen[amount.dimension],
                    second=amount,
                )
            seen.setdefault(amount.dimension, amount)


def _product_of(plan: Plan, mineral: str) -> Product | None:
    found = plan.mineral(mineral)
    return _products(plan).get(found.product or "") if found is not None else None


def _zones(plan: Plan, document: Document) -> Iterator[Problem]:
    for index, zone in enumerate(plan.zones):
        yield from _bounds(
            document,
            ("zones", index),
            _product_of(plan, zone.mineral),
            zone.minimum,
            zone.maximum,
            zone.reserves,
        )


def _bounds(
    document: Document,
    path: KeyPath,
    product: Product | None,
    minimum: Quantity | None,
    maximum: Quantity | None,
    reserves: Quantity | None,
) -> Iterator[Problem]:
    """Check a candidate's amounts against each other and against its product's unit."""
    if product is not None and product.density is None:
        amounts = {"minimum": minimum, "maximum": maximum, "reserves": reserves}
        for key, amount in amounts.items():
            if amount is not None and (
                found := _mismatch(
                    document.place((*path, key)), amount, product.unit, product.name, density=True
                )
            ):
                yield found
    if minimum is not None and maximum is not None and _below(maximum, minimum, product):
        yield problem(
            "maximum_below", document.place((*path, "maximum")), maximum=maximum, minimum=minimum
        )


# --- the question -----------------------------------------------------------------------------


def _goals(question: Question, document: Document) -> Iterator[Problem]:
    if not question.goals:
        yield problem("no_goals", document.place(("goals",)))
    for index, goal in enumerate(question.goals):
        place = document.place(("goals", index))
        if goal in question.goals[:index]:
            yield problem("goal_twice", place, goal=goal)
        later = question.goals[index + 1 :]
        allowed = {"tie_break": {"evenness"}, "evenness": set[str]()}.get(goal)
        out_of_order = [] if allowed is None else [one for one in later if one not in allowed]
        if out_of_order and goal not in later:
            yield problem("goal_order", place, goal=goal, other=out_of_order[-1])


def _shares(question: Question, document: Document) -> Iterator[Problem]:
    options = question.options
    bounds: tuple[tuple[str, dict[str, float], float | None], ...] = (
        ("holdback", options.holdback, 1.0),
        ("indicator_weights", options.indicator_weights, None),
        ("protection.weights", {**options.protection.weights}, None),
        ("sharing.coefficients", {**options.sharing.coefficients}, None),
    )
    for name, values, top in bounds:
        for key, value in values.items():
            if value < 0 or (top is not None and value > top):
                path = ("options", *name.split("."), key)
                bound = (
                    Text("不小于 0", "at least 0")
                    if top is None
                    else Text("在 0 与 1 之间", "between 0 and 1")
                )
                yield problem(
                    "out_of_range", document.place(path), key=key, value=value, bound=bound
                )
    for key in options.preference.keep:
        if key not in KEPT:
            yield problem(
                "unknown_key",
                document.place(("options", "preference", "keep", key), of_key=True),
                key=key,
                choice=choice(key, sorted(KEPT)),
            )


def _register_date(question: Question, document: Document) -> Iterator[Problem]:
    if question.register_date and parse_date(question.register_date) is None:
        yield problem(
            "not_a_date", document.place(("register_date",)), value=question.register_date
        )


def _default_case(question: Question, document: Document) -> Iterator[Problem]:
    case = question.default_case
    if case is not None and case not in question.cases:
        yield problem(
            "unknown_case",
            document.place(("default_case",)),
            value=case,
            choice=choice(case, question.cases),
        )


def _year(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    if plan.base_year <= plan.target_year and not (
        plan.base_year <= question.year <= plan.target_year
    ):
        yield problem(
            "year_outside",
            document.place(("year",)),
            year=question.year,
            first=plan.base_year,
            last=plan.target_year,
        )


def _demand(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    products = _products(plan)
    capped = [
        cap
        for cap in plan.caps
        if question.year in cap.years and cap.sense in {"ceiling", "level", "about"}
    ]
    whole = {cap.product for cap in capped if cap.county is None}
    for name, demand in question.demand.items():
        if (product := products.get(name)) is None:
            continue
        for key in ("amount", "imports", "by_product"):
            amount = getattr(demand, key)
            place = document.place(("demand", name, key))
            if amount is not None and (found := _mismatch(place, amount, product.unit, name)):
                yield found
        if demand.from_cap and name not in whole:
            yield problem(
                "no_cap_for_demand",
                document.place(("demand", name, "from_cap")),
                product=name,
                year=question.year,
            )
    limited = [cap.product for cap in plan.caps if cap.sense != "forecast"]
    limited += [one.product for one in plan.no_allotment]
    for name in dict.fromkeys(limited):
        if name in products and name not in question.demand:
            place = document.place(("demand",), of_key=True)
            yield problem("capped_without_demand", place, product=name)


def _extra_candidates(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    taken = {
        f"{zone.code}-{number}": f"{zone.code}"
        for zone in plan.zones
        for number in range(1, zone.rights + 1)
    }
    for index, one in enumerate(question.extra_candidates):
        path: KeyPath = ("extra_candidates", index)
        if one.id in taken:
            place = document.place((*path, "id"))
            yield problem("candidate_taken", place, value=one.id, other=taken[one.id])
        taken[one.id] = one.id
        yield from _bounds(
            document,
            path,
            _product_of(plan, one.mineral),
            one.minimum,
            one.maximum,
            one.reserves,
        )
