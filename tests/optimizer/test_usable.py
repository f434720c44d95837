"""Shares of its capacity that a right of the register can use in single years, by hand."""

import builders
import pytest
from small import calendar, expansion, goal, magnesite, merger, mine, quotas, quotas_in

from minequota.optimizer.solve import solve
from minequota.scenarios.supply import usable_capacity

FREE = {"caps": []}
SOLVERS = pytest.mark.parametrize("solver", ["highs", "cbc"])


def ramping(*rights, demand="60 万吨", plan=None, usable, years=None, **question):
    """Return a question of magnesite with usable shares."""
    options = question.pop("options", {}) | {"usable": usable}
    when = calendar(years, **options) if years else {"options": options}
    return magnesite(rights, demand, FREE | (plan or {}), **question, **when)


def figure(answer, right, year=2025):
    """Return the record of a right's figure."""
    return next(one for one in answer.quotas if (one.right, one.year) == (right, year))


@SOLVERS
def test_half_of_the_licence_in_the_first_year(solver):
    """40 licensed, half of it in 2024 and all in 2025; 0.9 of the year is worked: 18 and 36."""
    options = {"availability": 0.9}
    scenario = ramping(mine("A", "40 万吨"), usable={"A": {2024: 0.5}}, years=2024, options=options)
    answer = solve(scenario, solver)
    assert [quotas_in(answer, year) for year in (2024, 2025)] == [{"A": 18}, {"A": 36}]
    assert figure(answer, "A", 2024).capacity == 40
    assert figure(answer, "A", 2024).share_of_capacity == pytest.approx(18 / 40)


def test_in_target_state_the_share_of_its_year_counts():
    """2025 is asked about: A's share of 2024 says nothing, B's of 2025 does."""
    scenario = ramping(
        mine("A", "20 万吨"),
        mine("B", "20 万吨"),
        usable={"A": {2024: 0.5}, "B": {2025: 0.25}},
    )
    assert quotas(scenario) == {"A": 20, "B": 5}


def test_it_is_weighed_by_its_licence_and_gets_what_it_can_use():
    """A and B of 20 share 12 as 6 and 6: A's half is 10. Of 30 A gets its 10, B the other 20."""
    rights = [mine("A", "20 万吨"), mine("B", "20 万吨")]
    for demand, figures in (("12 万吨", {"A": 6, "B": 6}), ("30 万吨", {"A": 10, "B": 20})):
        answer = solve(ramping(*rights, demand=demand, usable={"A": {2025: 0.5}}))
        assert quotas(answer) == figures
    # 10 ÷ 20 of A's licence beside 20 ÷ 20 of B's.
    assert goal(answer, "evenness").value == pytest.approx(0.5)


def test_the_even_share_steps_aside_for_what_cannot_be_used():
    """24 among 20 : 20 : 20 would be 8 each; A's quarter is 5, and B and C share 19."""
    rights = [mine(one, "20 万吨") for one in "ABC"]
    answer = solve(ramping(*rights, demand="24 万吨", usable={"A": {2025: 0.25}}))
    assert quotas(answer) == {"A": 5, "B": 9.5, "C": 9.5}


def test_what_an_expansion_adds_is_not_scaled():
    """10 of which half can be used, enlarged to 30: 5 + 20."""
    scenario = ramping(
        mine("A", "10 万吨"),
        demand="30 万吨",
        usable={"A": {2025: 0.5}},
        expansions=[expansion("A", "30 万吨")],
    )
    answer = solve(scenario)
    assert quotas(answer) == {"A": 25}
    told = figure(answer, "A")
    assert told.reason == "基建达产期，改扩建前的可用产能按50%计；达到可用产能"
    assert told.reason_en.startswith("ramping up: 50 % of its capacity before its expansion; ")
    assert str(usable_capacity(scenario, scenario.rights[0], 2025)) == "25 万吨"


def test_a_merger_takes_its_members_shares():
    """One right must go: A of 12 at a half and B of 8 in full merge to 20 and make 6 + 8.

    Of a stated 30 they make as much of it, 14 ÷ 20: 21.
    """
    rights = [mine("A", "12 万吨"), mine("B", "8 万吨")]
    for stated, made in (({}, 14), ({"capacity": "30 万吨"}, 21)):
        answer = solve(
            ramping(
                *rights,
                demand="40 万吨",
                plan={"counts": [builders.count(1)]},
                usable={"A": {2025: 0.5}},
                mergers=[merger("ab", "A", "B", **stated)],
            )
        )
        assert quotas(answer) == {"merger:ab": made}
        assert answer.quotas[0].reason == "基建达产期，可用产能按70%计；达到可用产能"


def test_of_a_merger_the_shares_are_those_of_its_working_members():
    """C of 10 is sealed: of 30 two thirds may work, of these 6 + 8 of 20 can be used."""
    rights = [mine("A", "12 万吨"), mine("B", "8 万吨"), mine("C", "10 万吨", status="sealed")]
    answer = solve(
        ramping(
            *rights,
            demand="40 万吨",
            plan={"counts": [builders.count(1)]},
            usable={"A": {2025: 0.5}, "C": {2025: 0.1}},
            mergers=[merger("abc", "A", "B", "C")],
        )
    )
    assert quotas(answer) == {"merger:abc": 14}
    assert answer.quotas[0].reason.startswith("基建达产期，可用产能按70%计；")


@pytest.mark.parametrize(("demand", "made"), [("4 万吨", 0), ("5 万吨", 5), ("9 万吨", 9)])
def test_the_least_load_is_one_of_what_it_can_use(demand, made):
    """Half of a load at least: of 20 at a half that is 5, not 10."""
    options = {"min_load": 0.5}
    scenario = ramping(
        mine("A", "20 万吨"), demand=demand, usable={"A": {2025: 0.5}}, options=options
    )
    assert quotas(scenario) == {"A": made}


@pytest.mark.parametrize(("demand", "made"), [("4.9 万吨", 0), ("5 万吨", 5)])
def test_the_strict_minimum_is_asked_in_proportion(demand, made):
    """The table's 10 for a small deposit: half of it of a right at half its capacity."""
    options = {"minimum_binds_output": True}
    scenario = ramping(
        mine("A", "20 万吨"), demand=demand, usable={"A": {2025: 0.5}}, options=options
    )
    assert quotas(scenario) == {"A": made}


@pytest.mark.parametrize(("demand", "figures"), [("8.7 万吨", {}), ("8.8 万吨", {"A": 8.8})])
def test_the_strict_minimum_of_an_enlarged_right(demand, figures):
    """12 at 0.75 enlarged to 25 can use 22 of 25, so 0.88 of the minimum of 10 is asked.

    Below 20 it may not go on: where it cannot run enlarged either, it leaves.
    """
    options = {"minimum_binds_output": True}
    rights = [mine("A", "12 万吨")]
    plan = {
        "minimum_scale_use": {
            "column_meaning": "deposit_size",
            "applies_to": ["new", "existing"],
            "existing_by": 2025,
            "source": "附表6",
        },
        "minimum_scales": [
            builders.minimum_scale(
                "magnesite", ["菱镁矿"], "100 万吨", "50 万吨", "10 万吨", existing="20 万吨"
            )
        ],
    }
    scenario = ramping(
        *rights,
        demand=demand,
        plan=plan,
        usable={"A": {2025: 0.75}},
        options=options,
        expansions=[expansion("A", "25 万吨")],
    )
    assert quotas(scenario) == figures


def test_who_ramps_up_may_rise_faster_than_is_asked_of_others():
    """A quarter more a year at most: A at a half and then whole makes 10 and 20, B 12.5 and 15.62.

    C can use a fifth in 2025 alone and falls from 10 to 4, though a quarter less is the most.
    """
    steady = {"up": 0.25, "down": 0.25, "source": "test"}
    rights = [
        mine("A", "20 万吨"),
        mine("B", "20 万吨", last_output="10 万吨"),
        mine("C", "20 万吨", last_output="8 万吨"),
    ]
    answer = solve(
        ramping(
            *rights,
            demand="60 万吨",
            usable={"A": {2023: 0.1, 2024: 0.5}, "C": {2025: 0.2}},
            years=2024,
            options={"steady": steady},
        )
    )
    assert quotas_in(answer, 2024) == {"A": 10, "B": 12.5, "C": 10}
    assert quotas_in(answer, 2025) == {"A": 20, "B": 15.62, "C": 4}


def test_the_year_before_the_first_says_whether_the_share_has_changed():
    """Last output 8, half more at most: 12. At a half in 2024 it may use all of 20 in 2025."""
    steady = {"steady": {"up": 0.5, "down": 0.5, "source": "test"}}
    right = mine("A", "20 万吨", last_output="8 万吨")
    for usable, made in (({}, 12), ({"A": {2024: 0.5}}, 20)):
        assert quotas(ramping(right, usable=usable, options=steady)) == {"A": made}


def test_nobody_is_kept_above_what_he_can_use():
    """15 made last year, a quarter less at most: 11.25, but half of 20 is all that can be used."""
    steady = {"steady": {"up": 0.25, "down": 0.25, "source": "test"}}
    right = mine("A", "20 万吨", last_output="15 万吨")
    usable = {"A": {2024: 0.5, 2025: 0.5}}
    assert quotas(ramping(right, usable=usable, options=steady)) == {"A": 10}


def test_an_excess_is_taken_off_what_can_be_used():
    """20 at a half, 4 too many last year: 6 are left, and the figure tells of both."""
    dug = {"A": {"amount": "4 万吨", "year": 2024, "assumed": False, "source": "执行情况表"}}
    scenario = ramping(mine("A", "20 万吨"), usable={"A": {2025: 0.5}}, overproduced=dug)
    answer = solve(scenario)
    assert quotas(answer) == {"A": 6}
    told = "基建达产期，可用产能按50%计；上年超采4万吨，扣减4万吨；达到扣减超采后的全年可安排量"
    assert answer.quotas[0].reason == told


@pytest.mark.parametrize(
    ("share", "demand", "reason"),
    [
        (0.5, "60 万吨", "基建达产期，可用产能按50%计；达到可用产能"),
        (0.5, "1 万吨", "基建达产期，可用产能按50%计；需求已满足，按许可生产规模均衡分配"),
        (1 / 3, "60 万吨", "基建达产期，可用产能按33.3333%计；达到可用产能"),
        (0, "60 万吨", "基建达产期，可用产能按0%计，本年不安排"),
        (0.0001, "60 万吨", "基建达产期，可用产能按0.01%计；可用产能折合不足一个取整单位"),
        (1, "60 万吨", "达到许可生产规模"),
    ],
)
def test_the_figure_says_so(share, demand, reason):
    """In words, with the share, before what else there is to say."""
    answer = solve(ramping(mine("A", "20 万吨"), demand=demand, usable={"A": {2025: share}}))
    assert answer.quotas[0].reason == reason
    begins = answer.quotas[0].reason_en.startswith("ramping up: ")
    assert begins is (share < 1)


def test_who_may_not_produce_is_told_why_and_not_of_its_share():
    """A sealed mine has nothing to ramp up."""
    scenario = ramping(mine("A", "20 万吨", status="sealed"), usable={"A": {2025: 0.5}})
    assert solve(scenario).quotas[0].reason == "查封，不下达"
