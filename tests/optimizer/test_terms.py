"""How long a new licence may run."""

import builders
from small import extra, magnesite, stone

from minequota.optimizer.solve import solve

FREE = {"caps": []}


def term(scenario):
    """Return the term of the one right issued."""
    (one,) = solve(scenario).issuance
    return one.size_class, one.term_years


def test_by_size_class():
    """Small 10, medium 20, large 30 years: 12, 60 and 120 万吨 by the plan's columns."""
    for amount, expected in (("12", ("small", 10)), ("60", ("medium", 20)), ("120", ("large", 30))):
        proposal = extra("X", f"{amount} 万吨")
        scenario = magnesite([], f"{amount} 万吨", FREE, extra_candidates=[proposal])
        assert term(scenario) == expected


def test_no_longer_than_the_ore_lasts():
    """100 in the ground at 12 a year: 8.3, so 9 years."""
    proposal = extra("X", "12 万吨", reserves="100 万吨")
    assert term(magnesite([], "12 万吨", FREE, extra_candidates=[proposal])) == ("small", 9)


def test_the_plans_own_term_wins():
    """Sand and stone for 5 to 10 years, whatever the size."""
    terms = [{"minerals": ["建筑石料"], "least": 5, "most": 10, "source": "第七章"}]
    assert term(stone(plan={"licence_terms": terms}))[1] == 10
    short = builders.zone(reserves="100 万立方米")
    assert term(stone(plan={"licence_terms": terms, "zones": [short]}))[1] == 5
