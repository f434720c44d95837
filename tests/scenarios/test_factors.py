"""Figures multiplied: solved by hand on the tiny plan, and on the library's caps."""

import math

import builders
import pytest

from minequota.scenarios.caps import cap_lines
from minequota.scenarios.errors import InputError
from minequota.scenarios.opened import open_scenario


def _demand(**changes):
    given = {"amount": "50 万立方米", "assumed": False, "source": "公报"} | changes
    return {"菱镁矿": {"from_cap": True, "assumed": False, "source": "专栏一"}, "建筑石料": given}


@pytest.fixture
def opened(folder):
    """Return a maker of an opened tiny scenario."""

    def make(plan=None, **question):
        return open_scenario(
            folder(plan=plan, question=builders.tiny_question(**{"demand": _demand(), **question}))
        )

    return make


def _log(scenario):
    return {one.path: (one.old, one.new) for one in scenario.changes}


def test_an_amount_is_scaled_and_says_so(opened):
    """50 万立方米 × 1.1 is 55; the figure is no longer the gazette's, and is an assumption."""
    scenario = opened().varied(factors={"demand.建筑石料.amount": 1.1})
    demand = scenario.question.demand["建筑石料"]
    assert (str(demand.amount), demand.source, demand.assumed) == (
        "55 万立方米",
        "公报（×1.1）",
        True,
    )
    assert _log(scenario) == {
        "demand.建筑石料.amount": ("50 万立方米", "55 万立方米"),
        "demand.建筑石料.source": ("公报", "公报（×1.1）"),
        "demand.建筑石料.assumed": (False, True),
    }


def test_a_scaled_figure_has_no_rounding_noise(opened):
    """0.1 × 3 is 0.3, not 0.30000000000000004; what takes more digits keeps twelve."""
    given = opened(demand=_demand(amount="0.1 万立方米"))
    amount = given.varied(factors={"demand.建筑石料": 3}).question.demand["建筑石料"].amount
    assert str(amount) == "0.3 万立方米"
    third = given.varied(factors={"demand.建筑石料": 1 / 3}).question.demand["建筑石料"]
    assert str(third.amount) == "0.0333333333333 万立方米"
    assert third.source == "公报（×0.333333333333）"


def test_a_whole_demand_has_its_years_and_places(opened):
    """Amount, single years and centres double; imports and by-products are somebody else's."""
    transport = {
        "centres": [{"id": "town", "name": builders.name("town")}],
        "distances": {"西县": {"town": 10}},
        "assumed": True,
        "source": "x",
    }
    given = _demand(
        by_year={"2024": "40 万立方米"},
        places={"town": "50 万立方米"},
        imports="7 万立方米",
        by_product="3 万立方米",
    )
    scenario = opened(demand=given, transport=transport, mode="calendar", first_year=2024).varied(
        factors={"demand.建筑石料": 2}
    )
    demand = scenario.question.demand["建筑石料"]
    assert str(demand.amount) == "100 万立方米"
    assert {year: str(one) for year, one in demand.by_year.items()} == {2024: "80 万立方米"}
    assert {place: str(one) for place, one in demand.places.items()} == {"town": "100 万立方米"}
    assert (str(demand.imports), str(demand.by_product)) == ("7 万立方米", "3 万立方米")


@pytest.mark.parametrize(("factor", "amount"), [(0.5, "13.95"), (1, "27.9"), (2, "55.8")])
def test_a_demand_from_a_cap_is_its_net_figure(opened, factor, amount):
    """31 万吨 less a tenth held back is 27.9: that, times the factor, is what is asked for."""
    scenario = opened(options={"holdback": {"菱镁矿": 0.1}}).varied(
        factors={"demand.菱镁矿": factor}
    )
    demand = scenario.question.demand["菱镁矿"]
    assert (str(demand.amount), demand.from_cap) == (f"{amount} 万吨", False)
    assert demand.source == f"专栏一（×{factor}）"
    assert demand.assumed


def test_a_demand_from_a_cap_year_by_year(opened):
    """20 万吨 in 2023, 31 afterwards, 5 asked for in 2024 by itself: all of it doubles."""
    first = {"first": 2021, "last": 2023}
    plan = builders.tiny_plan(
        caps=[
            builders.cap("early", "20 万吨", years=first),
            builders.cap("late", "31 万吨", years={"first": 2024, "last": 2025}),
        ]
    )
    demand = _demand()
    demand["菱镁矿"]["by_year"] = {"2024": "5 万吨"}
    given = opened(plan, demand=demand, mode="calendar", first_year=2023)
    scaled = given.varied(factors={"demand.菱镁矿": 2}).question.demand["菱镁矿"]
    assert str(scaled.amount) == "62 万吨"
    assert {year: str(one) for year, one in scaled.by_year.items()} == {
        2023: "40 万吨",
        2024: "10 万吨",
    }
    shorter = given.varied({"first_year": 2024}, {"demand.菱镁矿": 2}).question.demand["菱镁矿"]
    assert {year: str(one) for year, one in shorter.by_year.items()} == {2024: "10 万吨"}


CAP, HELD = "plan.caps.magnesite_city.amount", "options.holdback.菱镁矿"


@pytest.mark.parametrize(
    ("values", "factors", "factor", "amount"),
    [
        ({CAP: "20 万吨"}, {}, 1, "20"),
        ({CAP: "20 万吨"}, {}, 1.5, "30"),
        ({}, {CAP: 0.5}, 1, "15.5"),
        ({HELD: 0.2}, {}, 1, "24.8"),
        ({CAP: "20 万吨", HELD: 0.2}, {}, 0.5, "8"),
        ({"options": {"holdback": {"菱镁矿": 0.2}}}, {CAP: 0.5}, 1, "12.4"),
    ],
)
def test_a_demand_from_a_cap_that_is_varied_along(opened, values, factors, factor, amount):
    """A cap of 20 makes a demand of 20, 31 less a fifth held back one of 24.8; then the factor.

    The order in which the factors are given is none of doing. A factor of 1 is no change: the
    demand is what it would be without it.
    """
    given = opened()
    for order in (1, -1):
        pairs = list({"demand.菱镁矿": factor, **factors}.items())[::order]
        demand = given.varied(values, dict(pairs)).question.demand["菱镁矿"]
        assert (str(demand.amount), demand.from_cap) == (f"{amount} 万吨", False)
    net = cap_lines(given.varied(values, factors), (2025,))[0].net
    assert demand.amount.value == pytest.approx(net * factor)


def test_a_share_held_back_that_is_scaled_along(opened):
    """A tenth held back, five times that: half of 31 is asked for."""
    given = opened(options={"holdback": {"菱镁矿": 0.1}})
    scenario = given.varied(factors={"demand.菱镁矿": 1, HELD: 5})
    assert str(scenario.question.demand["菱镁矿"].amount) == "15.5 万吨"


def test_what_is_wrong_with_the_caps_is_said_once(opened):
    """A cap that is none, beside a demand taken from it: the cap's problem alone."""
    with pytest.raises(InputError) as caught:
        opened().varied({CAP: "20 万立方米"}, {"demand.菱镁矿": 2})
    assert [(one.code, one.place) for one in caught.value.problems] == [
        ("unit_mismatch", f"--vary {CAP}")
    ]


def test_a_cap_that_multiplies_a_base_output(opened):
    """Twice a base of 9 is 18, of 10 is 20; without any base the plan cannot be judged."""
    plan = builders.tiny_plan(
        caps=[builders.cap("c", "1 万吨") | {"amount": None, "times_base": 2}]
    )
    outputs = {"菱镁矿": {"amount": "9 万吨", "synthetic": False, "source": "年报"}}
    given = opened(plan, base_outputs=outputs)

    def amount(values):
        return str(given.varied(values, {"demand.菱镁矿": 1}).question.demand["菱镁矿"].amount)

    assert amount({}) == "18 万吨"
    assert amount({"base_outputs.菱镁矿.amount": "10 万吨"}) == "20 万吨"
    with pytest.raises(InputError):
        amount({"base_outputs": {}})


def test_a_factor_of_one_changes_nothing(opened):
    """What stays as the file has it keeps its source, and nothing is logged."""
    given = opened()
    assert given.varied(factors={"demand.建筑石料": 1}) == given.scenario
    assert given.varied(factors={"demand.建筑石料.amount": 1.0}) == given.scenario


def test_nothing_is_asked_for_at_a_factor_of_zero(opened):
    """A factor of zero is a demand of nothing, not a mistake."""
    scenario = opened().varied(factors={"demand.建筑石料": 0})
    assert str(scenario.question.demand["建筑石料"].amount) == "0 万立方米"


def test_figures_of_the_plan(opened):
    """A cap, a share and a count; a count must come out whole."""
    plan = builders.tiny_plan(counts=[builders.count(20)], ratios=[builders.ratio(0.4)])
    given = opened(plan)
    scenario = given.varied(
        factors={
            "plan.caps.magnesite_city.amount": 0.9,
            "plan.ratios.large_medium_ratio.share": 1.5,
            "plan.counts.mine_count.limit": 0.9,
        }
    )
    assert str(scenario.plan.caps[0].amount) == "27.9 万吨"
    assert scenario.plan.ratios[0].share == 0.6
    assert scenario.plan.counts[0].limit == 18
    assert scenario.plan.counts[0].source == "专栏一（×0.9）"
    with pytest.raises(InputError) as caught:
        given.varied(factors={"plan.counts.mine_count.limit": 0.99})
    (problem,) = caught.value.problems
    assert (problem.code, problem.place) == ("not_integer", "--vary plan.counts.mine_count.limit")


def test_two_figures_of_one_source(opened):
    """Both notes stand behind the source, each with what it speaks of."""
    given = opened(demand=_demand(imports="7 万立方米"))
    scenario = given.varied(factors={"demand.建筑石料": 2, "demand.建筑石料.imports": 0.5})
    demand = scenario.question.demand["建筑石料"]
    assert (str(demand.amount), str(demand.imports)) == ("100 万立方米", "3.5 万立方米")
    assert demand.source == "公报（×2）（imports×0.5）"


def test_a_source_of_its_own_is_noted(opened):
    """The density's source, not the plan's document, says that the density is another."""
    product = opened().varied(factors={"plan.products.建筑石料.density": 1.04}).plan.products[1]
    assert (product.density, product.density_source) == (2.6, "assumed（×1.04）")


@pytest.mark.parametrize(
    "factor",
    [-1, math.nan, math.inf, -math.inf, 1e308, 1e300, 1_000_001, True, "2", None, [2], 1e400],
)
def test_impossible_factors(opened, factor):
    """Negative, not finite, no number, or so large that the figure is none any more."""
    with pytest.raises(InputError) as caught:
        opened().varied(factors={"demand.建筑石料": factor, "demand.菱镁矿": factor})
    assert [(one.code, one.place) for one in caught.value.problems] == [
        ("factor_range", "--vary demand.建筑石料"),
        ("factor_range", "--vary demand.菱镁矿"),
    ]


def test_the_largest_factor(opened):
    """A million is allowed, and is told in both languages where more is asked."""
    given = opened()
    scenario = given.varied(factors={"demand.建筑石料": 1e6})
    assert str(scenario.question.demand["建筑石料"].amount) == "50000000 万立方米"
    with pytest.raises(InputError) as caught:
        given.varied(factors={"demand.建筑石料": 2e6})
    for lang in ("zh", "en"):
        assert "1000000" in caught.value.problems[0].text(lang)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("options.closing", "factor_nothing"),
        ("demand.菱镁矿.amount", "factor_unset"),
        ("demand.建筑石料.imports", "factor_unset"),
        ("options.least_service_life", "factor_unset"),
        ("options.steady.up", "factor_unset"),
        ("options.holdback.菱镁矿", "factor_unset"),
        ("demand.建筑石料.source", "factor_nothing"),
        ("title.zh", "factor_nothing"),
        ("demand", "factor_nothing"),
        ("demand.铜", "override_unknown"),
        ("plan.caps.magnesite_ctiy.amount", "override_unknown"),
        ("plan.caps.magnesite_city.amount.value", "override_below_value"),
    ],
)
def test_what_cannot_be_multiplied(opened, path, code):
    """A text, a yes or no, a group, what is not written, what is not there."""
    with pytest.raises(InputError) as caught:
        opened().varied(factors={path: 2})
    assert [(one.code, one.place) for one in caught.value.problems] == [(code, f"--vary {path}")]


def test_a_share_scaled_beyond_what_it_may_be(opened):
    """The model's own bounds hold for scaled figures."""
    with pytest.raises(InputError) as caught:
        opened(options={"min_load": 0.6}).varied(factors={"options.min_load": 2})
    assert [one.code for one in caught.value.problems] == ["out_of_range"]
