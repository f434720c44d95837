"""Random small calendars: mergers, expansions, shipments and all that a horizon may hold."""

from datetime import date

import builders
from hypothesis import HealthCheck
from hypothesis import strategies as st
from small import asked, conversion, expansion, extra, merger

from minequota.scenarios.right import Provenance

FEW = {
    "derandomize": True,
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
ENDS = (None, None, None, date(2024, 6, 1), date(2025, 12, 31), date(2030, 1, 1))
STATUSES = (*["producing"] * 6, "stopped", "expired", "sealed")
SYNTHETIC = dict.fromkeys(("name", "status", "capacity"), Provenance.SYNTHETIC)


@st.composite
def registers(draw):
    """Draw two to four magnesite mines of the east and up to two quarries of the west."""
    register = []
    for number in range(draw(st.integers(2, 4))):
        register.append(
            builders.right(
                f"M{number}",
                "东县",
                "菱镁矿",
                f"{draw(st.integers(2, 30))} 万吨",
                size_class=draw(st.sampled_from(("small", "small", "medium"))),
                deposit_class=draw(st.sampled_from((None, "small", "medium"))),
                status=draw(st.sampled_from(STATUSES)),
                resumes=draw(st.sampled_from((None, 2025))),
                licence_end=draw(st.sampled_from(ENDS)),
                renewal=draw(st.sampled_from((None, None, "renew", "leave"))),
                exit_by=draw(st.sampled_from((*[None] * 7, 2024))),
                holder_group=draw(st.sampled_from(("", "甲集团", "乙集团"))),
                use=draw(st.sampled_from(("main", "main", "comprehensive"))),
                last_output=draw(st.sampled_from((None, "3 万吨", "9 万吨"))),
                reserves=draw(st.sampled_from((None, "25 万吨", "400 万吨"))),
                green=draw(st.integers(0, 4)) == 0,
                grade=draw(st.sampled_from((None, 0.4))),
                provenance=SYNTHETIC,
            )
        )
    for number in range(draw(st.integers(0, 2))):
        register.append(
            builders.right(
                f"S{number}",
                "西县",
                "建筑石料",
                f"{draw(st.integers(10, 40))} 万立方米",
                zone=draw(st.sampled_from(("", "Z1"))),
                licence_end=draw(st.sampled_from(ENDS)),
                provenance=SYNTHETIC,
            )
        )
    return register


def limit(ident, **changes):
    """Return what every expected limit of the plan says."""
    return {
        "id": ident,
        "title": {"zh": ident, "en": ident},
        "attribute": "expected",
        "sense": "ceiling",
        "years": {"first": 2021, "last": 2025},
        "source": "第七章",
    } | changes


@st.composite
def plans(draw):
    """Draw a plan of clauses of all the newer kinds; the hard ones can always be kept."""
    basis = draw(st.sampled_from(("ore", "mineral")))
    products = builders.tiny_plan()["products"]
    magnesite = products[0] | ({"basis": basis, "grade": 0.5} if basis == "mineral" else {})
    caps = [builders.cap("city", f"{draw(st.integers(5, 50))} 万吨")]
    if basis == "mineral":
        caps.append(builders.cap("ore", f"{draw(st.integers(5, 60))} 万吨", basis="ore"))
    if draw(st.booleans()):
        caps.append(
            builders.cap("main", "20 万吨", use="main", attribute="expected", sense="ceiling")
        )
    last = {"first": 2025, "last": 2025}
    handed = {
        "id": "handed",
        "title": {"zh": "下达", "en": "handed"},
        "product": "菱镁矿",
        "attribute": "binding",
        "years": last,
        "issuer": "省",
        "source": "第六章",
    }
    use = {
        "column_meaning": "deposit_size",
        "applies_to": draw(
            st.sampled_from((["new"], ["new", "merged", "enlarged"], ["new", "existing"]))
        ),
        "source": "附表6",
    }
    cell = draw(st.sampled_from((None, "—", "6 万吨")))
    lines = [
        builders.minimum_scale(
            "magnesite", ["菱镁矿"], "100 万吨", "50 万吨", "10 万吨", existing=cell
        ),
        builders.minimum_scale("stone", ["建筑石料"], "100 万立方米", "20 万立方米", "/"),
    ]
    tender = {
        "id": "tender",
        "minerals": ["建筑石料"],
        "kind": "new_tender",
        "source": "第七章",
    }
    bear = limit(
        "bear", zones=["Z1"], measure="capacity", amount="70 万立方米", attribute="binding"
    )
    return builders.tiny_plan(
        products=[magnesite, products[1]],
        caps=caps,
        handed_down=draw(st.sampled_from(([], [], [handed]))),
        counts=[
            builders.count(
                draw(st.sampled_from((2, 3, 4, 5, 6, 7, 8))), attribute="expected", years=last
            ),
        ],
        ratios=[builders.ratio(0.4, attribute="expected", years=last)],
        holder_limits=[limit("groups", limit=draw(st.integers(1, 3)), years=last)],
        renewals=[tender] if draw(st.booleans()) else [],
        minimum_scales=lines,
        minimum_scale_use=use,
        zones=[builders.zone(rights=draw(st.integers(0, 2)))],
        zone_limits=[bear | ({"attribute": "expected"})],
    )


@st.composite
def shares(draw, register):
    """Draw the shares of its capacity that a mine in four can use in some of the years."""
    share = st.sampled_from((0, 0.25, 0.5, 0.8, 1))
    listed = {
        one.licence: draw(st.dictionaries(st.sampled_from((2023, 2024, 2025)), share, max_size=3))
        for one in register
        if draw(st.sampled_from((False, False, False, True)))
    }
    return {licence: by_year for licence, by_year in listed.items() if by_year}


@st.composite
def horizons(draw):
    """Draw a scenario, in target state or as a calendar of one to three years."""
    register = draw(registers())
    mode = draw(st.sampled_from(("target_state", "calendar", "calendar")))
    first = draw(st.sampled_from((2023, 2024, 2025)))
    options = {
        "lead_time": draw(st.sampled_from((0, 1))),
        "ramp_up": draw(st.sampled_from(([], [0.5, 1]))),
        "availability": draw(st.sampled_from((1.0, 0.9))),
        "hand_out": draw(st.sampled_from(({}, {"菱镁矿": "cap"}))),
        "holdback": {"菱镁矿": draw(st.sampled_from((0.0, 0.1)))},
        "min_load": draw(st.sampled_from((0, 0, 0, 0.3))),
        "usable": draw(shares(register)),
        "batches": draw(st.sampled_from(({}, {"菱镁矿": [0.6, 0.4]}))),
        "sharing": {
            "basis": draw(st.sampled_from(("capacity", "last_output", "mix"))),
            "mix": {"capacity": 0.5, "last_output": 0.5},
        },
    }
    mines = [one.licence for one in register if one.mineral == "菱镁矿"]
    projects = {}
    if draw(st.booleans()):
        late = {"years": {"first": 2024, "last": 2025}, "yields_from": 2025}
        when = draw(st.sampled_from(({}, late)))
        projects["expansions"] = [expansion(mines[0], "60 万吨", **when)]
    if draw(st.booleans()):
        projects["conversions"] = [conversion("15 万吨", reserves="100 万吨")]
    if draw(st.booleans()):
        kept = next(one for one in register if one.licence == mines[-1])
        joined = [mines[-2], mines[-1]] if len(mines) > 2 else [mines[-1]]
        alike = all(one.use == kept.use for one in register if one.licence in joined)
        if alike:
            projects["mergers"] = [merger("m", *joined, holder="甲集团")]
    stone = asked(f"{draw(st.integers(0, 100))} 万立方米", priority=2)
    if draw(st.booleans()):
        stone["by_product_from"] = [
            {"minerals": ["菱镁矿"], "per_ore": "0.3 万立方米", "assumed": True, "source": "test"}
        ]
    if draw(st.booleans()):
        amount = float(stone["amount"].split()[0])
        stone["places"] = {
            "near": f"{amount * 0.75} 万立方米",
            "far": f"{amount * 0.25} 万立方米",
        }
        projects["transport"] = {
            "centres": [{"id": one, "name": {"zh": one, "en": one}} for one in ("near", "far")],
            "distances": {
                "西县": {"near": 10, "far": draw(st.sampled_from((30, 90)))},
                "Z1": {"near": 20, "far": 25},
            },
            "reach": {"建筑石料": 50},
            "cost_per_unit_km": {"建筑石料": 1000},
            "assumed": True,
            "source": "test",
        }
    if draw(st.sampled_from((False, False, True))):
        projects["caps_from_above"] = [
            {"product": "菱镁矿", "year": 2025, "document": "1号", "amount": "12 万吨"}
        ]
    if draw(st.sampled_from((False, False, False, True))):
        projects["exchanges"] = [limit("swap", attribute="binding")]
    before = (first if mode == "calendar" else 2025) - 1
    main = [one.licence for one in register if one.mineral == "菱镁矿" and one.use == "main"]
    projects["overproduced"] = {
        licence: {
            "amount": f"{draw(st.sampled_from((1, 2.5, 7, 40)))} 万吨",
            "year": before,
            "assumed": True,
            "source": "test",
        }
        for licence in main
        if draw(st.sampled_from((False, False, True)))
    }
    question = builders.tiny_question(
        mode=mode,
        first_year=first if mode == "calendar" else None,
        demand={"菱镁矿": asked(f"{draw(st.integers(0, 60))} 万吨"), "建筑石料": stone},
        extra_candidates=[extra("X", "40 万吨")] if draw(st.booleans()) else [],
        options=options,
        **projects,
    )
    return builders.scenario(draw(plans()), question, register)
