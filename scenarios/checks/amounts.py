"""Checks of amounts that the plan's and the question's checks share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import Text, problem
from minequota.scenarios.documents.schema import fields_of
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan, Product
from minequota.scenarios.units import Dimension, Quantity, UnknownUnitError, factor_to_base

_DIMENSIONS: dict[Dimension, Text] = {
    "mass": Text("质量", "mass"),
    "volume": Text("体积", "volume"),
}


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
            yield from _quantities(one, (*path, str(key)))


def negatives(model: BaseModel, document: Document) -> Iterator[Problem]:
    """Report every negative amount of a model."""
    for path, amount in _quantities(model, ()):
        if amount.value < 0:
            yield problem("negative", document.place(path), amount=amount)


def mismatch(
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


def known_unit(product: Product) -> bool:
    """Whether the product's base unit is one the program counts in."""
    try:
        factor_to_base(product.unit)
    except UnknownUnitError:
        return False
    return True


def products_of(plan: Plan) -> dict[str, Product]:
    """Return the plan's products whose unit is a known one."""
    return {one.name: one for one in plan.products if known_unit(one)}


def _below(maximum: Quantity, minimum: Quantity, product: Product | None) -> bool:
    """Whether the maximum is below the minimum; unknown without the density it takes is no."""
    if maximum.dimension == minimum.dimension:
        return maximum.to(minimum.unit) < minimum.value
    if product is None or product.density is None:
        return False

    def tonnes(amount: Quantity) -> float:
        size, dimension = factor_to_base(amount.unit)
        per_unit = product.density if dimension == "volume" else None
        return amount.value * size * (per_unit or 1)

    return tonnes(maximum) < tonnes(minimum)


def product_of(plan: Plan, mineral: str) -> Product | None:
    """Return the product of a mineral, if it has one with a known unit."""
    found = plan.mineral(mineral)
    return products_of(plan).get(found.product or "") if found is not None else None


def fits(
    document: Document,
    path: KeyPath,
    product: Product | None,
    amounts: Mapping[str, Quantity | None],
) -> Iterator[Problem]:
    """Report amounts of ore that do not become the product's unit, by their key."""
    if product is None or product.density is not None:
        return
    for key, amount in amounts.items():
        if amount is not None:
            place = document.place((*path, key))
            found = mismatch(place, amount, product.unit, product.name, density=True)
            if found:
                yield found


def bounds(
    document: Document,
    path: KeyPath,
    product: Product | None,
    minimum: Quantity | None,
    maximum: Quantity | None,
    reserves: Quantity | None,
) -> Iterator[Problem]:
    """Check a candidate's amounts against each other and against its product's unit."""
    amounts = {"minimum": minimum, "maximum": maximum, "reserves": reserves}
    yield from fits(document, path, product, amounts)
    yield from maximum_below(document, path, product, minimum, maximum)


def maximum_below(
    document: Document,
    path: KeyPath,
    product: Product | None,
    minimum: Quantity | None,
    maximum: Quantity | None,
) -> Iterator[Problem]:
    """Report a maximum below the minimum it stands beside."""
    if minimum is not None and maximum is not None and _below(maximum, minimum, product):
        place = document.place((*path, "maximum"))
        yield problem("maximum_below", place, maximum=maximum, minimum=minimum)
