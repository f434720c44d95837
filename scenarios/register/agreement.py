"""Whether a right of the register can be counted as its plan counts, and is said in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from minequota.scenarios.documents.messages import Text, problem
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Basis, Plan, Product
from minequota.scenarios.register.fields import fields
from minequota.scenarios.right import Right
from minequota.scenarios.units import UnknownUnitError, factor_to_base

# The field of a right that a basis takes beside the ore's amount.
CONTENT_OF: dict[Basis, str] = {
    "standard_iron_62": "grade",
    "metal": "grade",
    "mineral": "grade",
    "block_stone": "block_yield",
}
_BASES: dict[Basis, Text] = {
    "standard_iron_62": Text("62% 标准铁矿石", "62 % standard ore"),
    "metal": Text("金属量", "contained metal"),
    "mineral": Text("矿物量", "contained mineral"),
    "block_stone": Text("荒料", "block stone"),
}
_FLOWS = ("capacity", "design_capacity", "last_output", "surveyed_output", "last_quota", "reserves")

PlaceOf = Callable[[str], str]


def whole(right: Right, place_of: PlaceOf) -> Iterator[Problem]:
    """Report what is wrong with a right whatever its plan: half a place."""
    if (right.longitude is None) != (right.latitude is None):
        given = "longitude" if right.latitude is None else "latitude"
        yield problem(
            "coordinates_half",
            place_of(given),
            licence=right.licence,
            given=Text(fields()[given].title, given),
        )


def against_plan(
    plan: Plan, right: Right, place_of: PlaceOf, *, capacity_asked: bool
) -> Iterator[Problem]:
    """Report amounts that do not become the unit and basis of the right's product."""
    mineral = plan.mineral(right.mineral)
    if mineral is None or mineral.product is None:
        return
    try:
        product = plan.product(mineral.product)
        dimension = factor_to_base(product.unit)[1]
    except (KeyError, UnknownUnitError):
        return  # the plan's own checks have said so
    if right.capacity is None and capacity_asked:
        place = place_of("capacity")
        yield problem("capacity_missing", place, licence=right.licence, mineral=right.mineral)
    has_density = right.density is not None or product.density is not None
    for name in _FLOWS:
        amount = getattr(right, name)
        if amount is not None and amount.dimension != dimension and not has_density:
            yield problem(
                "capacity_dimension",
                place_of(name),
                licence=right.licence,
                field=_title(name),
                amount=amount,
                product=product.name,
                unit=product.unit,
            )
    yield from _content(plan, product, right, place_of)


def bases_of(plan: Plan, product: Product) -> set[Basis]:
    """Return the bases a product is counted in: its own, and those of the caps on it."""
    caps = (cap.basis for cap in plan.caps if cap.product == product.name)
    return {product.basis, *(basis for basis in caps if basis is not None)}


def _content(plan: Plan, product: Product, right: Right, place_of: PlaceOf) -> Iterator[Problem]:
    """Report a grade or block yield that the product or a cap on it cannot do without."""
    asked = {CONTENT_OF[basis]: basis for basis in sorted(bases_of(plan, product) - {"ore"})}
    for name, basis in asked.items():
        if (getattr(right, name) or getattr(product, name)) is None:
            yield problem(
                "content_missing",
                place_of(name),
                licence=right.licence,
                mineral=right.mineral,
                field=_title(name),
                key=name,
                basis=_BASES[basis],
            )


def _title(name: str) -> Text:
    return Text(fields()[name].title, fields()[name].header_en)
