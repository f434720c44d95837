"""How ore becomes the product that is capped: which figures are the right's own, which defaults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from minequota.scenarios.audit.finding import (
    Finding,
    by_mineral,
    listed,
    number_text,
    percent_text,
    say,
)
from minequota.scenarios.conversion import CONTAINED, Ore
from minequota.scenarios.issuable import candidates, product_of
from minequota.scenarios.plan import Product
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import in_product, ore_of
from minequota.scenarios.units import Quantity

_SHOWN = 8
_FIELDS = {
    "density": ("体重", "density"),
    "grade": ("品位", "grade"),
    "recovery": ("回收率", "recovery"),
    "block_yield": ("荒料率", "block yield"),
}


def audit_conversions(scenario: Scenario) -> Iterator[Finding]:
    """Yield what the conversion into product units rests on."""
    zh, en = [], []
    for product in scenario.plan.products:
        rights = [
            one
            for one in scenario.rights
            if product_of(scenario.plan, one.mineral) == product and one.capacity is not None
        ]
        own_zh, own_en = _defaults(scenario, product, rights)
        zh += own_zh
        en += own_en
        yield from _not_convertible(scenario, product, rights)
    if zh:
        yield say(
            "conversion_defaults",
            "products",
            f"折算为产品时用了默认值：{listed(zh, between='；', most=_SHOWN)}。",
            "Converting ore into products takes defaults: "
            f"{listed(en, 'en', between='; ', most=_SHOWN)}.",
            (
                "在名册中填写实测值；默认值出处见规划文件。",
                "State measured values in the register; the plan file says where defaults come "
                "from.",
            ),
        )


def _defaults(
    scenario: Scenario, product: Product, rights: list[Right]
) -> tuple[list[str], list[str]]:
    used: Counter[str] = Counter()
    for right in rights:
        if right.capacity is not None:
            used.update(_taken(product, right.capacity.unit, ore_of(right)))
    new: Counter[str] = Counter()
    for one in candidates(scenario):
        if one.maximum is not None and product_of(scenario.plan, one.mineral) == product:
            new.update(_taken(product, one.maximum.unit, one.ore))
    zh, en = [], []
    for field in _FIELDS:
        if used[field] or new[field]:
            word_zh, word_en = _FIELDS[field]
            value = _default(product, field)
            zh.append(
                f"{product.name}{word_zh}{value}（名册{used[field]}个、可投放{new[field]}个）"
            )
            en.append(
                f"{product.en}, {word_en} {value} ({used[field]} rights of the register, "
                f"{new[field]} candidates)"
            )
    return zh, en


def _taken(product: Product, unit: str, ore: Ore) -> list[str]:
    """Return the defaults that converting a licence of this unit takes from the product."""
    taken = []
    if Quantity(1.0, unit).dimension != Quantity(1.0, product.unit).dimension:
        taken += ["density"] * (ore.density is None and product.density is not None)
    if product.basis == "standard_iron_62" or product.basis in CONTAINED:
        taken += ["grade"] * (ore.grade is None and product.grade is not None)
        taken += ["recovery"] * (ore.recovery is None)
    if product.basis == "block_stone":
        taken += ["block_yield"] * (ore.block_yield is None and product.block_yield is not None)
    return taken


def _default(product: Product, field: str) -> str:
    if field == "density":
        return f"{number_text(product.density or 0.0)} t/m³"
    if field == "recovery":
        return percent_text(product.recovery or 1.0)
    share = product.grade if field == "grade" else product.block_yield
    # Gold is a few grams in a tonne: a percentage with one decimal would say nothing of it.
    small = share is not None and share < 0.001
    return f"{number_text(share * 1e6)} g/t" if small and share else percent_text(share or 0.0)


def _not_convertible(
    scenario: Scenario, product: Product, rights: list[Right]
) -> Iterator[Finding]:
    lost = [
        one
        for one in rights
        if one.capacity is not None and in_product(product, one.capacity, ore_of(one)) is None
    ]
    if lost:
        said = by_mineral(scenario.plan, lost)
        yield say(
            "not_convertible",
            f"products.{product.name}",
            f"{len(lost)}个采矿权缺体重、品位或荒料率，不能折算为{product.name}（{product.unit}），"
            f"审查中按0计：{said.zh}。",
            f"Rights without the density, grade or block yield that makes {product.en} of their "
            f"ore: {len(lost)}, for which the audit reckons nothing: "
            f"{said.en}.",
            ("在名册中补齐。", "Complete the register."),
        )
