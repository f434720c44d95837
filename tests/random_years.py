"""Random small years: a few mines and quarries under caps, counts and a ratio."""

from dataclasses import replace
from datetime import date

import builders
from hypothesis import HealthCheck
from hypothesis import strategies as st
from small import asked, extra

from minequota.scenarios.right import Provenance

FEW = {
    "derandomize": True,
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
COUNTIES = ("东县", "西县")
STATUSES = ("producing", "producing", "producing", "building", "stopped", "expired", "red_line")
ENDS = (None, None, date(2024, 6, 1), date(2025, 12, 31), date(2030, 1, 1))
ORIGINS = (Provenance.REGISTER, Provenance.REGISTER, Provenance.SYNTHETIC)


@st.composite
def rights(draw, most=5):
    """Draw a small register of magnesite mines and quarries, licences in tonnes or cubic metres."""
    register = []
    for number in range(draw(st.integers(0, most))):
        mineral = draw(st.sampled_from(("菱镁矿", "菱镁矿", "建筑石料", "金矿")))
        unit = draw(st.sampled_from(("万立方米", "万吨"))) if mineral == "建筑石料" else "万吨"
        origin = draw(st.sampled_from(ORIGINS))
        register.append(
            builders.right(
                f"R{number}",
                draw(st.sampled_from(COUNTIES)),
                mineral,
                f"{draw(st.integers(1, 600)) / 10} {unit}",
                size_class=draw(st.sampled_from(("small", "small", "small", "medium"))),
                status=draw(st.sampled_from(STATUSES)),
                licence_end=draw(st.sampled_from(ENDS)),
                green=draw(st.integers(0, 5)) == 0,
                safety_licence=draw(st.integers(0, 7)) > 0,
                zone=draw(st.sampled_from(("", "Z1"))),
                provenance=dict.fromkeys(("name", "status", "capacity"), origin),
            )
        )
    return register


@st.composite
def caps(draw):
    """Draw caps on magnesite: ceilings, and other senses as expected ones."""
    drawn = [
        builders.cap("city", f"{draw(st.integers(5, 60))} 万吨"),
        builders.cap("east", f"{draw(st.integers(0, 40))} 万吨", "东县"),
    ]
    sense = draw(st.sampled_from(("ceiling", "floor", "level", "about", "forecast")))
    tolerance = {"tolerance": 0.1} if sense == "about" else {}
    drawn.append(
        builders.cap(
            "west",
            f"{draw(st.integers(1, 40))} 万吨",
            "西县",
            attribute="expected",
            sense=sense,
            **tolerance,
        )
    )
    return drawn


@st.composite
def years(draw, most=5, floors=True):
    """Draw a whole small year."""
    register = draw(rights(most))
    attribute = draw(st.sampled_from(("binding", "expected")))
    plan = builders.tiny_plan(
        caps=draw(caps()),
        counts=[builders.count(draw(st.integers(0, most + 1)), attribute="expected")],
        ratios=[builders.ratio(draw(st.sampled_from((0.2, 0.5))), attribute=attribute)],
        zones=[builders.zone(rights=draw(st.integers(0, 2)))],
    )
    blocks = [extra("X", f"{draw(st.integers(5, 70))} 万吨")] if draw(st.booleans()) else []
    options = {
        "availability": draw(st.sampled_from((1.0, 0.9))),
        "holdback": {"菱镁矿": draw(st.sampled_from((0.0, 0.1)))},
    }
    if floors:
        options["min_load"] = draw(st.sampled_from((0.0, 0.0, 0.4)))
        options["minimum_binds_output"] = draw(st.integers(0, 3)) == 0
    if attribute == "binding":
        # A binding ratio must be reachable whoever is protected.
        options["protection"] = {"never_close": []}
        register = [
            replace(one, provenance=dict.fromkeys(one.provenance, Provenance.REGISTER))
            for one in register
        ]
    question = builders.tiny_question(
        demand={
            "菱镁矿": asked(f"{draw(st.integers(0, 80))} 万吨", imports="2 万吨"),
            "建筑石料": asked(f"{draw(st.integers(0, 150))} 万立方米", priority=2),
        },
        extra_candidates=blocks,
        options=options,
    )
    return builders.scenario(plan, question, register)
