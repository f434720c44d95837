"""Every code of the catalogue has a scenario that raises it and one, near it, that does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from audited import DEMAND, clean, codes, mine
from builders import YEARS, cap, count, minimum_scale, name, ratio, tiny_plan, zone

from minequota.scenarios.audit import catalogue
from minequota.scenarios.events.event import Event, EventKind
from minequota.scenarios.right import Provenance
from minequota.scenarios.scenario import Scenario

Pair = tuple[Callable[[], Scenario], Callable[[], Scenario]]
SYNTHETIC = {"name": Provenance.SYNTHETIC}
STONE_CLASS = {"class_row": "building_stone"}


def plan(**changes: Any) -> Callable[[], Scenario]:
    return lambda: clean(plan=changes)


def question(**changes: Any) -> Callable[[], Scenario]:
    return lambda: clean(question=changes)


def rights(*more: Any, **changes: Any) -> Callable[[], Scenario]:
    return lambda: clean(*more, **changes)


def sourced(**fields: Any) -> dict[str, Any]:
    return {"source": "专栏一"} | fields


def printed(value: float) -> dict[str, Any]:
    return sourced(id="total", about="合计", printed=value, computed_from="sum", parts=[21, 10])


def base_count(ident: str, number: int, *sizes: str) -> dict[str, Any]:
    return sourced(id=ident, title=name(ident), number=number, size_classes=list(sizes))


def output(amount: str, basis: str = "ore", mineral: str = "菱镁矿") -> dict[str, Any]:
    return sourced(mineral=mineral, amount=amount, basis=basis, year=2020)


def minerals(**of_stone: Any) -> list[dict[str, Any]]:
    """Return the tiny minerals, building stone changed."""
    magnesite, stone, gold = tiny_plan()["minerals"]
    return [magnesite, stone | of_stone, gold]


def products(**of_stone: Any) -> list[dict[str, Any]]:
    """Return the tiny products, building stone changed."""
    magnesite, stone = tiny_plan()["products"]
    return [magnesite, stone | of_stone]


def scales(*of_magnesite: str, **changes: Any) -> list[dict[str, Any]]:
    """Return the clean scenario's minimum scales, magnesite changed."""
    stone = minimum_scale("stone", ["建筑石料"], "20 万立方米", "20 万立方米", "20 万立方米")
    return [minimum_scale("magnesite", ["菱镁矿"], *of_magnesite, **changes), stone]


def handed_down() -> dict[str, Any]:
    return sourced(
        id="from_province",
        title=name("省下达"),
        product="菱镁矿",
        attribute="binding",
        years=YEARS,
        issuer="省",
    )


def from_above() -> dict[str, Any]:
    return {"product": "菱镁矿", "year": 2025, "amount": "31 万吨", "document": "文件1号"}


def from_base(**figure: Any) -> Callable[[], Scenario]:
    """A cap of twice the base year's 20 万吨, and what the scenario says of that base."""
    multiple = cap("twice", "1 万吨") | {"times_base": 2}
    del multiple["amount"]
    caps = [*tiny_plan()["caps"], multiple]
    bases = {"菱镁矿": {"amount": "20 万吨", "source": "survey", **figure}} if figure else {}
    return lambda: clean(plan={"caps": caps}, question={"base_outputs": bases})


def expansion(**fields: Any) -> dict[str, Any]:
    return sourced(id="bigger", right="M1", capacity="30 万吨") | fields


def merger(**fields: Any) -> dict[str, Any]:
    return sourced(id="both", name="整合矿", members=["M1", "M2"]) | fields


def conversion(**fields: Any) -> dict[str, Any]:
    return (
        sourced(id="dig", name="探转采矿", county="东县", mineral="菱镁矿", capacity="10 万吨")
        | fields
    )


def holders(limit: int) -> list[dict[str, Any]]:
    return [
        sourced(
            id="groups",
            title=name("集团"),
            attribute="expected",
            sense="ceiling",
            years=YEARS,
            limit=limit,
        )
    ]


def zone_limit(amount: str) -> list[dict[str, Any]]:
    return [
        sourced(
            id="zone_capacity",
            title=name("区内产能"),
            attribute="binding",
            sense="ceiling",
            years=YEARS,
            zones=["Z1"],
            measure="capacity",
            amount=amount,
        )
    ]


def closed(day: date) -> Event:
    right = mine("M2", "西县", "菱镁矿", "15 万吨")
    return Event(day, EventKind.CLOSED, "M2", right, None)


def renewals_end(capacity: str) -> Callable[[], Scenario]:
    return rights(
        mine("S3", "西县", "建筑石料", capacity, licence_end=date(2025, 6, 30)),
        question={"demand": DEMAND},
    )


BLOCKS = {"basis": "block_stone", "block_yield": 0.22}
ORE_AND_BLOCKS = [output("250 万吨", mineral="建筑石料")]
CALENDAR = {"mode": "calendar", "first_year": 2024}
ROOMY = zone(authority="county", maximum="300 万立方米")

CASES: dict[str, Pair] = {
    "A101": (
        plan(
            contradictions=[
                sourced(id="two", about="总量", figures=["31", "35"], rule="stricter", chosen="31")
            ]
        ),
        plan(),
    ),
    "A102": (plan(printed=[printed(35)]), plan(printed=[printed(31)])),
    "A103": (
        plan(
            base_counts=[
                base_count("all", 2),
                base_count("upper", 1, "large", "medium"),
                base_count("small", 2, "small"),
            ]
        ),
        plan(
            base_counts=[
                base_count("all", 2),
                base_count("upper", 0, "large", "medium"),
                base_count("small", 2, "small"),
            ]
        ),
    ),
    "A104": (
        plan(caps=[*tiny_plan()["caps"], cap("again", "30 万吨")]),
        plan(caps=[*tiny_plan()["caps"], cap("again", "0.0031 亿吨")]),
    ),
    "A105": (
        plan(caps=[cap("w", "31 万吨"), cap("e", "21 万吨", "东县"), cap("x", "11 万吨", "西县")]),
        plan(),
    ),
    "A106": (
        plan(caps=[*tiny_plan()["caps"], cap("least", "32 万吨", sense="floor")]),
        plan(caps=[*tiny_plan()["caps"], cap("least", "31 万吨", sense="floor")]),
    ),
    # 250 万吨 ÷ 2.5 t/m³ are 100 万立方米 of ore: 40 of blocks are 40 %, 20 are 20 %.
    "A107": (
        plan(
            products=products(**BLOCKS),
            base_outputs=[*ORE_AND_BLOCKS, output("40 万立方米", "block_stone", "建筑石料")],
        ),
        plan(
            products=products(**BLOCKS),
            base_outputs=[*ORE_AND_BLOCKS, output("20 万立方米", "block_stone", "建筑石料")],
        ),
    ),
    # The largest licence is 25 万吨: 50 times are 1250.
    "A108": (
        plan(minimum_scales=scales("4000 万吨", "2000 万吨", "1251 万吨")),
        plan(minimum_scales=scales("4000 万吨", "2000 万吨", "1250 万吨")),
    ),
    "A109": (
        plan(minimum_scales=scales("10 万吨", "50 万吨", "10 万吨")),
        plan(minimum_scales=scales("10 万吨", "10 万吨", "10 万吨")),
    ),
    # 31 against 10 is 3.1 times, against 11 less than 3; and 100 is more than 3 times 31.
    "A110": (plan(base_outputs=[output("10 万吨")]), plan(base_outputs=[output("11 万吨")])),
    "A111": (
        plan(
            minimum_scales=[
                scales("100 万吨", "50 万吨", "10 万吨")[0],
                minimum_scale("stone", ["建筑石料"], "100 万立方米", "20 万立方米", "20 万立方米"),
            ]
        ),
        plan(),
    ),
    # 20 万立方米 × 10 years over 0.05 km² are 40 m, over 0.051 less.
    "A112": (
        plan(zones=[zone(authority="county", area_km2=0.05)]),
        plan(zones=[zone(authority="county", area_km2=0.051)]),
    ),
    "A113": (plan(zones=[zone()]), plan(zones=[zone(authority="county")])),
    "A114": (
        plan(zones=[zone(authority="county", reading="inferred")]),
        plan(zones=[zone(authority="county", reading="stated")]),
    ),
    "A115": (
        plan(minimum_scales=scales("100 万吨", "50 万吨", "10 万吨", note="小型印作“<10”")),
        plan(),
    ),
    # Two rights and one place are three.
    "A201": (plan(counts=[count(2)]), plan(counts=[count(3)])),
    "A202": (
        lambda: clean(plan={"counts": [count(1)]}, question={"options": {"closing": False}}),
        plan(counts=[count(1)]),
    ),
    # The place is large: 1/3 within three rights; half asks one of two small ones to close.
    "A203": (
        plan(minerals=minerals(**STONE_CLASS), ratios=[ratio(0.5)], counts=[count(3)]),
        plan(minerals=minerals(**STONE_CLASS), ratios=[ratio(0.33)], counts=[count(3)]),
    ),
    "A204": (
        plan(minerals=minerals(**STONE_CLASS), ratios=[ratio(0.33)]),
        lambda: clean(
            mine("M3", "东县", "菱镁矿", "60 万吨", size_class="medium"),
            plan={"minerals": minerals(**STONE_CLASS), "ratios": [ratio(0.33)]},
        ),
    ),
    "A205": (
        lambda: clean(plan={"holder_limits": holders(1)}),
        lambda: clean(plan={"holder_limits": holders(1)}, question={"mergers": [merger()]}),
    ),
    # 85 万立方米 inside and a place of at least 20 are 105.
    "A206": (
        rights(
            mine("S1", "西县", "建筑石料", "85 万立方米", zone="Z1"),
            plan={"zone_limits": zone_limit("104 万立方米")},
        ),
        rights(
            mine("S1", "西县", "建筑石料", "85 万立方米", zone="Z1"),
            plan={"zone_limits": zone_limit("105 万立方米")},
        ),
    ),
    "A301": (
        rights(mine("M3", "东县", "菱镁矿", "20 万吨", provenance=SYNTHETIC)),
        rights(mine("M3", "东县", "菱镁矿", "20 万吨")),
    ),
    "A302": (lambda: clean(ignored=("mines.csv: 附注甲",)), lambda: clean(ignored=())),
    "A303": (
        rights(mine("M3", "东县", "菱镁矿", "20 千克")),
        rights(mine("M3", "东县", "菱镁矿", "100 吨")),
    ),
    "A304": (plan(base_counts=[base_count("all", 3)]), plan(base_counts=[base_count("all", 2)])),
    "A305": (
        plan(named_rights=[sourced(name="真实的矿", county="东县", mineral="菱镁矿")]),
        plan(named_rights=[sourced(name="M1号矿", county="东县", mineral="菱镁矿")]),
    ),
    "A306": (
        rights(mine("M3", "东县", "菱镁矿", "9 万吨")),
        rights(mine("M3", "东县", "菱镁矿", "10 万吨")),
    ),
    "A307": (renewals_end("18 万立方米"), renewals_end("20 万立方米")),
    # 25 万吨 a year from 74 last 2.96 years, from 75 three; a small mine's 3 × 10 years are 750.
    "A308": (
        rights(mine("M3", "东县", "菱镁矿", "25 万吨", reserves="74 万吨")),
        rights(mine("M3", "东县", "菱镁矿", "25 万吨", reserves="750 万吨")),
    ),
    "A309": (
        rights(mine("M3", "东县", "菱镁矿", "25 万吨", last_output="26 万吨")),
        rights(mine("M3", "东县", "菱镁矿", "25 万吨", last_output="25 万吨")),
    ),
    "A310": (
        rights(
            mine("G1", "东县", "金矿", "3 万吨"),
            plan={"directions": [sourced(kind="banned", names=["金"], minerals=["金矿"])]},
        ),
        rights(
            mine("G1", "东县", "金矿", "3 万吨"),
            plan={"directions": [sourced(kind="key", names=["金"], minerals=["金矿"])]},
        ),
    ),
    "A311": (
        plan(
            no_allotment=[
                sourced(
                    id="blank",
                    product="菱镁矿",
                    counties=["西县"],
                    attribute="binding",
                    years=YEARS,
                )
            ]
        ),
        plan(
            no_allotment=[
                sourced(
                    id="blank",
                    product="建筑石料",
                    counties=["东县"],
                    attribute="binding",
                    years=YEARS,
                )
            ]
        ),
    ),
    "A312": (
        rights(mine("M3", "东县", "菱镁矿", "49 万吨", deposit_class="medium")),
        rights(mine("M3", "东县", "菱镁矿", "50 万吨", deposit_class="medium")),
    ),
    "A313": (
        plan(minimum_scales=scales("100 万吨", "50 万吨", "3 万吨", basis="mineral")),
        plan(),
    ),
    "A401": (
        rights(mine("M3", "东县", "菱镁矿", "20 万吨", size_class=None)),
        rights(mine("M3", "东县", "菱镁矿", "20 万吨")),
    ),
    # 12.5 万吨 are 5.7 万立方米 at 2.2 t/m³ and 4.5 at 2.75; the boundary is 5.
    "A402": (
        rights(
            mine("S3", "西县", "建筑石料", "12.5 万吨", size_class=None),
            plan={"minerals": minerals(**STONE_CLASS)},
        ),
        rights(
            mine("S3", "西县", "建筑石料", "12.5 万吨", size_class=None, density=2.6),
            plan={"minerals": minerals(**STONE_CLASS)},
        ),
    ),
    "A403": (
        rights(
            mine("S3", "西县", "建筑石料", "60 万立方米"),
            plan={"minerals": minerals(**STONE_CLASS)},
        ),
        rights(
            mine("S3", "西县", "建筑石料", "60 万立方米", size_class="large"),
            plan={"minerals": minerals(**STONE_CLASS)},
        ),
    ),
    "A404": (
        plan(ratios=[ratio(0.1)]),
        plan(ratios=[ratio(0.1)], minerals=minerals(**STONE_CLASS)),
    ),
    "A405": (
        rights(mine("S3", "西县", "建筑石料", "75 万吨")),
        rights(mine("S3", "西县", "建筑石料", "75 万吨", density=2.5)),
    ),
    "A406": (
        rights(
            mine("S3", "西县", "建筑石料", "75 万吨"),
            plan={"products": products(density=None, density_source="")},
        ),
        rights(mine("S3", "西县", "建筑石料", "75 万吨")),
    ),
    "A407": (
        plan(products=products(**BLOCKS | {"block_yield": 0.27}), zones=[ROOMY]),
        plan(products=products(**BLOCKS | {"block_yield": 0.26}), zones=[ROOMY]),
    ),
    # The one place gives at most 60 万立方米, no cap limits it.
    "A501": (
        lambda: clean(question={"demand": DEMAND | {"建筑石料": stone_demand("61 万立方米")}}),
        lambda: clean(question={"demand": DEMAND | {"建筑石料": stone_demand("60 万立方米")}}),
    ),
    # The caps of 21 and 10 allow 31, whatever the rights could do.
    "A502": (
        lambda: clean(question={"demand": DEMAND | {"菱镁矿": stone_demand("32 万吨")}}),
        lambda: clean(question={"demand": DEMAND | {"菱镁矿": stone_demand("31 万吨")}}),
    ),
    "A503": (
        plan(caps=[cap("high", "41 万吨")]),
        plan(caps=[cap("high", "40 万吨")]),
    ),
    "A504": (
        lambda: clean(
            question={
                "demand": DEMAND
                | {"建筑石料": stone_demand("50 万立方米") | {"by_product": "5 万立方米"}}
            }
        ),
        plan(),
    ),
    # 25 and 15 万吨 are 40.
    "A505": (
        plan(caps=[cap("least", "41 万吨", sense="floor")]),
        plan(caps=[cap("least", "40 万吨", sense="floor")]),
    ),
    "A601": (
        plan(expansions=[expansion(capacity_from="24 万吨")]),
        plan(expansions=[expansion(capacity_from="250 千吨")]),
    ),
    "A602": (
        lambda: clean(
            plan={"special_minimums": [merged_minimum("41 万吨")]}, question={"mergers": [merger()]}
        ),
        lambda: clean(
            plan={"special_minimums": [merged_minimum("40 万吨")]}, question={"mergers": [merger()]}
        ),
    ),
    # A small mine's usual ten years: 49 万吨 at 10 a year last 4.9, 50 half of ten.
    "A603": (
        plan(conversions=[conversion(reserves="49 万吨")]),
        plan(conversions=[conversion(reserves="50 万吨")]),
    ),
    "A604": (
        lambda: clean(plan={"conversions": [conversion(yields_from=2026)]}, question=CALENDAR),
        lambda: clean(plan={"conversions": [conversion(yields_from=2025)]}, question=CALENDAR),
    ),
    "A605": (
        plan(conversions=[conversion(yields_from=2026)]),
        plan(conversions=[conversion(yields_from=2025)]),
    ),
    "A606": (lambda: clean(events_later=(closed(date(2025, 3, 1)),)), lambda: clean()),
    "A701": (
        plan(handed_down=[handed_down()]),
        lambda: clean(
            plan={"handed_down": [handed_down()]}, question={"caps_from_above": [from_above()]}
        ),
    ),
    "A702": (
        plan(counts=[count(5) | {"limit": None}]),
        lambda: clean(
            plan={"counts": [count(5) | {"limit": None}]},
            question={"figures": {"mine_count": {"value": 5, "assumed": False, "source": "文件"}}},
        ),
    ),
    "A703": (from_base(synthetic=True), from_base(synthetic=False)),
    "A704": (plan(zones=[zone(authority="county", area_km2=None)]), plan()),
    "A705": (
        plan(
            zones=[zone(authority="county", maximum=None, minimum=None)],
            special_minimums=[],
            minimum_scale_use=None,
        ),
        plan(zones=[zone(authority="county", maximum=None)]),
    ),
    "A706": (
        lambda: clean(
            question={
                "demand": DEMAND | {"建筑石料": stone_demand("50 万立方米") | {"assumed": True}}
            }
        ),
        plan(),
    ),
    "A707": (plan(zones=[zone(authority="county", maximum=None)]), plan()),
    "A708": (
        lambda: clean(question={"caps_from_above": [from_above() | {"assumed": True}]}),
        lambda: clean(question={"caps_from_above": [from_above()]}),
    ),
}


def stone_demand(amount: str) -> dict[str, Any]:
    return {"amount": amount, "assumed": False, "source": "survey"}


def merged_minimum(amount: str) -> dict[str, Any]:
    return sourced(id="merged", minerals=["菱镁矿"], applies_to=["merged"], amounts=[amount])


def test_every_code_has_a_case() -> None:
    """A check without a scenario that raises it, and one that does not, is not finished."""
    assert sorted(CASES) == [check.code for check in catalogue()]


@pytest.mark.parametrize("code", sorted(CASES))
def test_a_code_is_raised_where_it_is_true_and_only_there(code: str) -> None:
    """The first scenario of a case has the finding, the second, a step away, has not."""
    wrong, right = CASES[code]
    assert code in codes(wrong())
    assert code not in codes(right())
