"""A tiny plan, question and register for tests that solve by hand.

The tiny jurisdiction has two counties, 东县 and 西县. Magnesite (菱镁矿, 万吨) is capped at
31 for the whole, 21 in the east and 10 in the west. Building stone (建筑石料, 万立方米) is not
capped; its one zone Z1 in the west admits one right of 20 to 60 万立方米.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question
from minequota.scenarios.right import Method, Provenance, Renewal, Right, Status
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

YEARS = {"first": 2021, "last": 2025}
QUANTITIES = (
    "reserves",
    "capacity",
    "design_capacity",
    "last_output",
    "surveyed_output",
    "last_quota",
)


def name(text: str) -> dict[str, str]:
    """Return one text as a title in both languages."""
    return {"zh": text, "en": text}


def cap(ident: str, amount: str, county: str | None = None, **changes: Any) -> dict[str, Any]:
    """Return a binding ceiling on magnesite, as `plan.yaml` would say it."""
    return {
        "id": ident,
        "title": name(ident),
        "attribute": "binding",
        "sense": "ceiling",
        "years": YEARS,
        "source": "专栏一",
        "product": "菱镁矿",
        "county": county,
        "amount": amount,
    } | changes


def count(limit: int, **changes: Any) -> dict[str, Any]:
    """Return an upper bound on the number of rights."""
    return {
        "id": "mine_count",
        "title": name("矿山数量"),
        "attribute": "binding",
        "sense": "ceiling",
        "years": YEARS,
        "source": "专栏一",
        "limit": limit,
    } | changes


def ratio(share: float, **changes: Any) -> dict[str, Any]:
    """Return a least share of large and medium rights."""
    return {
        "id": "large_medium_ratio",
        "title": name("大中型矿山比例"),
        "attribute": "binding",
        "sense": "floor",
        "years": YEARS,
        "source": "专栏一",
        "share": share,
    } | changes


def zone(code: str = "Z1", **changes: Any) -> dict[str, Any]:
    """Return a stone zone in the west that admits one right of 20 to 60 万立方米."""
    return {
        "code": code,
        "name": "西县石料集中开采区",
        "county": "西县",
        "mineral": "建筑石料",
        "area_km2": 1.5,
        "rights": 1,
        "minimum": "20 万立方米",
        "maximum": "60 万立方米",
        "source": "附表7",
    } | changes


def minimum_scale(ident: str, minerals: list[str], *cells: str, **changes: Any) -> dict[str, Any]:
    """Return one line of the minimum-scale table; `cells` are large, medium, small."""
    large, medium, small = cells
    return {
        "id": ident,
        "mineral": minerals[0],
        "minerals": minerals,
        "large": large,
        "medium": medium,
        "small": small,
        "level": "province",
        "source": "附表6",
    } | changes


def tiny_plan(**changes: Any) -> dict[str, Any]:
    """Return the tiny plan as `plan.yaml` would hold it, some top-level keys replaced."""
    return {
        "format": "minequota-plan/1",
        "id": "tiny",
        "title": name("小市矿产资源规划"),
        "jurisdiction": {"zh": "小市", "en": "Tiny City"},
        "level": "city",
        "document": "小市矿产资源规划（测试用）",
        "base_year": 2020,
        "target_year": 2025,
        "counties": [
            {"name": "东县", "en": "East", "aliases": ["东"]},
            {"name": "西县", "en": "West", "aliases": ["西"]},
        ],
        "products": [
            {"name": "菱镁矿", "en": "magnesite", "unit": "万吨", "step": 0.01, "capacity_step": 1},
            {
                "name": "建筑石料",
                "en": "building stone",
                "unit": "万立方米",
                "step": 0.01,
                "capacity_step": 1,
                "density": 2.5,
                "density_source": "assumed",
            },
        ],
        "minerals": [
            {
                "name": "菱镁矿",
                "en": "magnesite",
                "group": "non_metal",
                "product": "菱镁矿",
                "scale_row": "magnesite",
            },
            {
                "name": "建筑石料",
                "en": "building stone",
                "group": "non_metal",
                "product": "建筑石料",
                "aliases": ["建筑用石料"],
                "scale_row": "stone",
                "sand_stone_clay": True,
            },
            {"name": "金矿", "en": "gold", "group": "metal"},
        ],
        "caps": [
            cap("magnesite_city", "31 万吨", main_indicator=True),
            cap("magnesite_east", "21 万吨", "东县"),
            cap("magnesite_west", "10 万吨", "西县"),
        ],
        "minimum_scales": [
            minimum_scale("magnesite", ["菱镁矿"], "100 万吨", "50 万吨", "10 万吨"),
            minimum_scale("stone", ["建筑石料"], "100 万立方米", "20 万立方米", "10 万立方米"),
        ],
        "minimum_scale_use": {
            "column_meaning": "deposit_size",
            "applies_to": ["new"],
            "source": "附表6",
        },
        "special_minimums": [
            {
                "id": "sand_stone_clay",
                "minerals": ["建筑石料"],
                "applies_to": ["new", "renewed"],
                "amounts": ["20 万立方米", "50 万吨"],
                "source": "第六章第六节",
            }
        ],
        "zones": [zone()],
    } | changes


def tiny_question(**changes: Any) -> dict[str, Any]:
    """Return the tiny question as `scenario.yaml` would hold it, some top-level keys replaced.

    30 万吨 of magnesite and 50 万立方米 of building stone are wanted in 2025.
    """
    return {
        "format": "minequota-scenario/1",
        "title": name("小市2025"),
        "plan": "plan.yaml",
        "register": "mines.csv",
        "authority": name("小市自然资源局"),
        "authority_level": "city",
        "mode": "target_state",
        "year": 2025,
        "demand": {
            "菱镁矿": {"amount": "30 万吨", "assumed": True, "source": "test"},
            "建筑石料": {"amount": "50 万立方米", "assumed": True, "source": "test"},
        },
        "candidates": {"multiple_of_minimum": 3, "source": "test"},
    } | changes


def right(licence: str, county: str, mineral: str, capacity: str | None, **fields: Any) -> Right:
    """Return a right as a checked register would give it.

    It is small and producing unless `fields` say otherwise; amounts may be texts such as
    ``"10 万吨"``. Every field given has the provenance `register`, unless `provenance` is given.
    """
    given = {"licence", "name", "county", "mineral", "capacity", *fields}
    fields.setdefault("name", f"{licence}号矿")
    fields.setdefault("size_class", "small")
    fields.setdefault("provenance", dict.fromkeys(sorted(given), Provenance.REGISTER))
    fields["capacity"] = capacity
    for key, words in (("status", Status), ("method", Method), ("renewal", Renewal)):
        if isinstance(fields.get(key), str):
            fields[key] = words(fields[key])
    for key in QUANTITIES:
        if isinstance(fields.get(key), str):
            fields[key] = Quantity.parse(fields[key])
    return Right(licence=licence, county=county, mineral=mineral, **fields)


def scenario(
    plan: dict[str, Any] | None = None,
    question: dict[str, Any] | None = None,
    rights: Iterable[Right] = (),
) -> Scenario:
    """Return a `Scenario` in memory: the typed checks run, the loader's cross-checks do not."""
    return Scenario(
        name="tiny",
        plan=Plan.model_validate(tiny_plan() if plan is None else plan),
        question=Question.model_validate(tiny_question() if question is None else question),
        rights=tuple(sorted(rights, key=lambda one: one.licence)),
    )
