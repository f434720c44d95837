"""The outputs the plan publishes, against its caps and against each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product as pairs

from minequota.scenarios.audit.finding import Finding, number_text, percent_text, say
from minequota.scenarios.conversion import Ore
from minequota.scenarios.plan import BaseOutput, Cap, Plan, Product
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import in_product, ore_of
from minequota.scenarios.units import Quantity

FAR = 3
"""A cap so many times the output, or so small a part of it, is called far from it."""
USUAL_YIELD = (0.18, 0.26)
"""Block yields (荒料率) seen in places: m³ of block stone per m³ of ore."""


def audit_outputs(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is to be said about the published outputs."""
    yield from _against_caps(scenario)
    implied = list(_implied_yields(scenario.plan))
    for ore, blocks, product, share in implied:
        if not _usual(share):
            yield _unlikely(ore, blocks, product, share)
    unlikely = {product.name for _, _, product, share in implied if not _usual(share)}
    yield from _yields_in_use(scenario, unlikely)


def _minerals(output: BaseOutput) -> set[str]:
    return {*output.minerals, *([output.mineral] if output.mineral else [])}


def _against_caps(scenario: Scenario) -> Iterator[Finding]:
    """Caps on the whole jurisdiction far above or below what was produced, in one finding."""
    plan, year = scenario.plan, scenario.question.year
    found: list[tuple[str, str, str]] = []
    for product in plan.products:
        own = {mineral.name for mineral in plan.minerals if mineral.product == product.name}
        for cap in plan.caps:
            if (
                cap.product != product.name
                or cap.county is not None
                or cap.sense not in ("ceiling", "level", "about")
                or cap.amount is None
                or year not in cap.years
            ):
                continue
            for output in plan.base_outputs:
                if _minerals(output) and _minerals(output) <= own and not output.groups:
                    found += _far(product, cap, cap.amount, output)
    if found:
        yield say(
            "cap_far_from_output",
            "+".join(clause for clause, _, _ in found),
            f"总量上限与公布产量相差悬殊：{'；'.join(zh for _, zh, _ in found)}。",
            f"Caps far from the published output: {'; '.join(en for _, _, en in found)}.",
            (
                "总量是上限，不是产量目标：不因上限有余而新增采矿权。",
                "A cap is a ceiling, not a target: issue nothing because it is slack.",
            ),
        )


def _far(
    product: Product, cap: Cap, limit: Quantity, output: BaseOutput
) -> Iterator[tuple[str, str, str]]:
    basis = cap.basis or product.basis
    # Compared only as printed: a conversion by defaults would be the program's figure.
    same = output.basis == basis and output.amount.dimension == limit.dimension
    if not same or limit.value == 0:
        return
    base, most = output.amount.to(product.unit), limit.to(product.unit)
    if base * FAR > most and most * FAR > base:
        return
    times = f"{most / base:.3g}" if base > 0 else "∞"
    yield (
        cap.id,
        f"{cap.title.zh}{limit}，为{output.year}年{output.amount}的{times}倍",
        f"{cap.title.en} {limit}, {times} times the {output.amount} of {output.year}",
    )


def _implied_yields(
    plan: Plan,
) -> Iterator[tuple[BaseOutput, BaseOutput, Product, float]]:
    """Yield ore and blocks of the same minerals and year, with the block yield they imply."""
    for ore, blocks in pairs(plan.base_outputs, plan.base_outputs):
        if (ore.basis, blocks.basis) != ("ore", "block_stone") or ore.year != blocks.year:
            continue
        if not _minerals(ore) or _minerals(ore) != _minerals(blocks):
            continue
        name = min(_minerals(ore))
        mineral = plan.mineral(name)
        if mineral is None or mineral.product is None:
            continue
        product = plan.product(mineral.product)
        if product.unit and Quantity(1.0, product.unit).dimension == "volume":
            volume = in_product(product, ore.amount, Ore(), "ore")
            if volume and blocks.amount.dimension == "volume":
                yield ore, blocks, product, blocks.amount.to(product.unit) / volume


def _usual(share: float) -> bool:
    least, most = USUAL_YIELD
    return least - 1e-9 <= share <= most + 1e-9


def _unlikely(ore: BaseOutput, blocks: BaseOutput, product: Product, share: float) -> Finding:
    density = product.density or 0.0
    how = f"÷{number_text(density)}" if ore.amount.dimension == "mass" else ""
    sum_ = f"{blocks.amount}÷（{ore.amount}{how}）＝{percent_text(share)}"
    taken_zh = taken_en = ""
    if product.block_yield is not None:
        taken_zh = f"本程序的默认荒料率为{percent_text(product.block_yield)}。"
        taken_en = f" The program's default is {percent_text(product.block_yield)}."
    return say(
        "base_yield",
        f"base_outputs.{min(_minerals(ore))}",
        f"{ore.year}年矿石{ore.amount}、荒料{blocks.amount}，隐含荒料率{sum_}，常见为"
        f"18%–26%：两数之一的口径或单位可疑。{taken_zh}（{ore.source}）",
        f"Ore {ore.amount} and block stone {blocks.amount} of {ore.year} imply a block yield of "
        f"{sum_}, where 18–26 % is usual: the basis or unit of one is doubtful.{taken_en} "
        f"({ore.source})",
        (
            "向编制单位核实矿石量是否为荒料重量；测算时可改用常见荒料率比较。",
            "Ask whether the ore is the weight of blocks; compare with a usual yield.",
        ),
    )


def _yields_in_use(scenario: Scenario, said: set[str]) -> Iterator[Finding]:
    """Block yields outside the usual, of products and of the register, not said already."""
    plan = scenario.plan
    for product in plan.products:
        if product.basis != "block_stone":
            continue
        own = [
            share
            for right in scenario.rights
            if (mineral := plan.mineral(right.mineral)) is not None
            and mineral.product == product.name
            and (share := ore_of(right).block_yield) is not None
            and not _usual(share)
        ]
        default = product.block_yield
        odd = default is not None and not _usual(default) and product.name not in said
        if not own and not odd:
            continue
        parts_zh = [f"默认{percent_text(default)}"] if odd and default is not None else []
        parts_en = [f"default {percent_text(default)}"] if odd and default is not None else []
        if own:
            span = f"{percent_text(min(own))}–{percent_text(max(own))}"
            parts_zh.append(f"名册{len(own)}个为{span}")
            parts_en.append(f"{len(own)} rights of the register at {span}")
        yield say(
            "unusual_yield",
            f"products.{product.name}",
            f"{product.name}荒料率超出常见的18%–26%：{'，'.join(parts_zh)}。",
            f"{product.en}: block yields outside the usual 18–26 %: {', '.join(parts_en)}.",
            ("核实成荒率。", "Check the block yield."),
        )
