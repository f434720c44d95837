"""EXCHANGE: one out, one in."""

from small import clause, extra, issued, leaving, magnesite, mine

from minequota.optimizer.solve import solve

FREE = {"caps": []}


def one_for_one(**changes):
    """Return the rule as a scenario would state it."""
    return {
        "id": "swap",
        "title": {"zh": "减一增一", "en": "one out, one in"},
        "attribute": "binding",
        "sense": "ceiling",
        "years": {"first": 2021, "last": 2025},
        "source": "情景",
    } | changes


def test_a_new_right_needs_one_to_leave():
    """20 wanted, two of 5 held: a right of up to 40 enters for one that leaves."""
    rights = [mine("A", "5 万吨"), mine("B", "5 万吨")]
    proposal = {"extra_candidates": [extra("X", "40 万吨")]}
    free = magnesite(rights, "20 万吨", FREE, **proposal)
    assert (leaving(free), list(issued(free))) == ([], ["X"])
    answer = solve(magnesite(rights, "20 万吨", FREE, exchanges=[one_for_one()], **proposal))
    assert (leaving(answer), list(issued(answer))) == (["B"], ["X"])
    line = clause(answer, "EXCHANGE.swap")
    assert (line.used, line.limit, line.binding) == (2, 2, True)


def test_two_may_enter_for_one_where_the_ratio_says_so():
    """Ratio 2: X and Y enter for B alone."""
    rights = [mine("A", "5 万吨"), mine("B", "5 万吨")]
    proposal = [extra("X", "10 万吨"), extra("Y", "10 万吨")]
    answer = solve(
        magnesite(
            rights,
            "25 万吨",
            FREE,
            extra_candidates=proposal,
            exchanges=[one_for_one(ratio=2)],
        )
    )
    assert len(issued(answer)) == 2
    assert leaving(answer) == ["B"]


def test_without_anybody_to_leave_nobody_enters():
    """A and B are protected."""
    rights = [mine("A", "5 万吨", green=True)]
    answer = solve(
        magnesite(
            rights,
            "20 万吨",
            FREE,
            extra_candidates=[extra("X", "40 万吨")],
            exchanges=[one_for_one()],
        )
    )
    assert issued(answer) == {}
