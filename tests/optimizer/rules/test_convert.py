"""CONVERT: an exploration right becomes a mining right."""

import builders
from small import calendar, conversion, issued, magnesite, mine, quotas, quotas_in

from minequota.optimizer.solve import solve

FREE = {"caps": []}


def test_it_is_one_right_more():
    """16 wanted, 5 held: the conversion of 12 is issued, with its one capacity."""
    answer = solve(
        magnesite([mine("A", "5 万吨")], "16 万吨", FREE, conversions=[conversion("12 万吨")])
    )
    # 16 over 5 + 12 licensed, in equal shares of 16/17.
    assert quotas(answer) == {"A": 4.71, "convert:explored": 11.29}
    assert issued(answer) == {"convert:explored": 12}
    assert answer.issuance[0].kind == "converted"
    line = next(one for one in answer.structure if one.by == "all")
    assert (line.issued, line.large + line.medium + line.small) == (1, 2)


def test_it_counts_in_the_number_of_rights():
    """At most one right, and the one held is protected: nothing is converted."""
    plan = FREE | {"counts": [builders.count(1)]}
    rights = [mine("A", "5 万吨", green=True)]
    assert issued(magnesite(rights, "16 万吨", plan, conversions=[conversion("12 万吨")])) == {}


def test_it_keeps_the_minimum_for_new_rights():
    """8 is below the table's 10."""
    assert issued(magnesite([], "16 万吨", FREE, conversions=[conversion("8 万吨")])) == {}


def test_not_before_its_first_year_and_yielding_from_its_completion():
    """A project of 2024: issued in 2024, producing from 2025."""
    project = conversion("12 万吨", years={"first": 2024, "last": 2025}, yields_from=2025)
    answer = solve(magnesite([], "11 万吨", FREE, conversions=[project], **calendar(2023)))
    assert quotas_in(answer, 2023) == {}
    assert [quotas_in(answer, year).get("convert:explored", 0) for year in (2024, 2025)] == [0, 11]
    later = conversion("12 万吨", years={"first": 2025, "last": 2025})
    answer = solve(magnesite([], "11 万吨", FREE, conversions=[later], **calendar(2024)))
    assert answer.issuance[0].year == 2025
    assert quotas_in(answer, 2024) == {}


def test_what_was_converted_since_the_plan_is_not_converted_again():
    """The project stands on the register now."""
    scenario = magnesite(
        [], "11 万吨", FREE, conversions=[conversion("12 万吨")], issued_since={"explored": 1}
    )
    assert issued(scenario) == {}
