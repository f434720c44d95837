"""HOLDER: how many holders there may be."""

from small import calendar, clause, kinds, magnesite, merger, mine

from minequota.optimizer.solve import solve


def limited(holders, **changes):
    """Return a plan of at most so many holders of magnesite."""
    limit = {
        "id": "groups",
        "title": {"zh": "菱镁矿业集团", "en": "magnesite groups"},
        "attribute": "binding",
        "sense": "ceiling",
        "years": {"first": 2025, "last": 2025},
        "source": "第七章第一节",
        "limit": holders,
        "scope": {"minerals": ["菱镁矿"]},
    }
    return {"caps": [], "holder_limits": [limit | changes]}


THREE = [
    mine("A", "6 万吨", holder="甲公司", holder_group="甲集团"),
    mine("B", "6 万吨", holder="乙公司", holder_group="甲集团"),
    mine("C", "6 万吨", holder="丙公司"),
]


def test_rights_of_one_group_count_once():
    """甲集团 with two rights and 丙 with one: two holders, nobody leaves."""
    answer = solve(magnesite(THREE, "5 万吨", limited(2)))
    assert set(kinds(answer).values()) == {"keep"}
    line = clause(answer, "HOLDER.groups")
    assert (line.used, line.limit, line.verdict) == (2, 2, "met")


def test_one_holder_too_many_leaves():
    """At most one holder: 丙's right leaves rather than the group's two."""
    assert kinds(magnesite(THREE, "5 万吨", limited(1)))["C"] == "leave_chosen"


def test_an_acquisition_changes_the_holder():
    """甲集团 takes over C, whose right goes on: nobody closes, one holder."""
    taken = merger("c", "C", holder="甲集团")
    answer = solve(magnesite(THREE, "18 万吨", limited(1), mergers=[taken]))
    assert kinds(answer) == {"A": "keep", "B": "keep", "C": "merge"}
    assert clause(answer, "HOLDER.groups").used == 1
    assert sum(one.amount for one in answer.quotas) == 18


def test_an_expected_limit_is_missed_and_said():
    """Nobody may close: two holders where one is hoped for."""
    answer = solve(
        magnesite(THREE, "5 万吨", limited(1, attribute="expected"), options={"closing": False})
    )
    line = clause(answer, "HOLDER.groups")
    assert (line.used, line.missed_by, line.verdict) == (2, 1, "missed")


def test_it_holds_in_its_years_only():
    """From 2025: C goes on in 2024 and leaves in 2025."""
    answer = solve(magnesite(THREE, "5 万吨", limited(1), **calendar(2024)))
    gone = next(one for one in answer.actions if one.right == "C")
    assert (gone.kind, gone.year) == ("leave_chosen", 2025)
