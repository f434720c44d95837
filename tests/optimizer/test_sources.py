"""Sources, minimums, grounds and weights: what the model is told of each right."""

from datetime import date

import builders
import pytest
from small import extra, magnesite, mine, problem_of, quarry, quotas, stone

from minequota.optimizer.grounds import NO_GROUND, grounds, keep_points, leave_points
from minequota.optimizer.minimums import admission_minimum, table_minimum

FREE = {"caps": []}


def the(scenario, ident):
    """Return the problem and one of its sources."""
    problem = problem_of(scenario)
    return problem, next(one for one in problem.sources if one.id == ident)


def test_sources_stand_in_licence_order_then_candidates():
    """Rows in any order: the register by licence, then zones and blocks by id."""
    scenario = builders.scenario(
        builders.tiny_plan(zones=[builders.zone("Z9", rights=2), builders.zone("Z1")]),
        builders.tiny_question(extra_candidates=[extra("X", "40 万吨")]),
        [mine("B", "9 万吨"), mine("A", "9 万吨")],
    )
    assert [one.id for one in problem_of(scenario).sources] == [
        "A",
        "B",
        "X",
        "Z1-1",
        "Z9-1",
        "Z9-2",
    ]


def test_a_licence_in_product_units():
    """75 万吨 of stone are 30 万立方米: factor 0.4; reserves of 250 万吨 are 100."""
    _, source = the(stone([quarry("C", "75 万吨", reserves="250 万吨")]), "C")
    assert source.factor == pytest.approx(0.4)
    assert (source.minimum, source.maximum) == (pytest.approx(30), pytest.approx(30))
    assert source.reserves == pytest.approx(100)
    assert source.existing


@pytest.mark.parametrize(
    ("maximum", "counts"), [("49 万吨", False), ("50 万吨", None), ("99 万吨", None)]
)
def test_the_class_of_a_candidate_may_be_open(maximum, counts):
    """By the plan's own columns medium begins at 50: open where the block's bounds span it."""
    _, source = the(magnesite([], extra_candidates=[extra("X", maximum)]), "X")
    assert (source.class_boundary, source.large_boundary) == (50, 100)
    assert source.large_or_medium is counts


def test_a_candidate_at_or_above_the_boundary_is_medium():
    """A block of at least 50 counts as large or medium whatever its capacity."""
    block = extra("X", "99 万吨", minimum="50 万吨")
    assert the(magnesite([], extra_candidates=[block]), "X")[1].large_or_medium is True


@pytest.mark.parametrize(
    ("row", "fields", "cell", "amount"),
    [
        (["100 万吨", "50 万吨", "10 万吨"], {}, "amount", 10),
        (["100 万吨", "50 万吨", "10 万吨"], {"deposit_class": "large"}, "amount", 100),
        (["100 万吨", "50 万吨", "×"], {}, "forbidden", 0),
        (["100 万吨", "50 万吨", "—"], {}, "none", 0),
        (["100 万吨", "50 万吨", "/"], {}, "undecided", 0),
        (["100 万吨", "50 万吨", "100000 吨"], {}, "amount", 10),
    ],
)
def test_cells_of_the_table(row, fields, cell, amount):
    """Figures in the product's unit, × as forbidden, — as nothing, / as undecided."""
    lines = [builders.minimum_scale("m", ["菱镁矿"], *row)]
    problem, source = the(
        magnesite([mine("A", "9 万吨", **fields)], plan={"minimum_scales": lines}), "A"
    )
    minimum = table_minimum(problem.plan, source)
    assert (minimum.cell, minimum.amount) == (cell, pytest.approx(amount))


@pytest.mark.parametrize(("fields", "amount"), [({}, 10), ({"density": 2.0}, 10)])
def test_a_minimum_in_cubic_metres_speaks_to_a_licence_in_tonnes(fields, amount):
    """10 万立方米 stay 10 万立方米 of product however the licence is counted."""
    problem, source = the(stone([quarry("C", "75 万吨", **fields)]), "C")
    assert table_minimum(problem.plan, source).amount == pytest.approx(amount)


def test_a_metal_minimum_needs_a_grade():
    """1 万吨 of metal in ore of 5 % are 20 万吨 of ore; without a grade nothing is asked."""
    lines = [builders.minimum_scale("m", ["菱镁矿"], "9 万吨", "5 万吨", "1 万吨", basis="metal")]
    rights = [mine("A", "9 万吨", grade=0.05), mine("B", "9 万吨")]
    scenario = magnesite(rights, plan={"minimum_scales": lines})
    problem, with_grade = the(scenario, "A")
    assert table_minimum(problem.plan, with_grade).amount == pytest.approx(20)
    assert table_minimum(problem.plan, the(scenario, "B")[1]).cell == "none"


def test_the_zones_own_figure_comes_first():
    """A zone of 30 wins over the special 20 and the table's 10, and names its own source."""
    scenario = stone(plan={"zones": [builders.zone(minimum="30 万立方米")]})
    problem, source = the(scenario, "Z1-1")
    minimum = admission_minimum(problem.plan, source, "new")
    assert (minimum.amount, minimum.source) == (30, "附表7")


@pytest.mark.parametrize(
    ("right", "found"),
    [
        (mine("A", "10 万吨"), ()),
        (mine("A", "9.99 万吨"), ("below_minimum",)),
        (mine("A", "10 万吨", status="expired"), ("expired",)),
        (mine("A", "10 万吨", licence_end=date(2024, 12, 31)), ("expired",)),
        (mine("A", "10 万吨", licence_end=date(2025, 1, 1)), ()),
        (mine("A", "10 万吨", status="stopped"), ("stopped",)),
        (mine("A", "10 万吨", status="sealed"), ("stopped",)),
        (mine("A", "10 万吨", status="stop_order"), ("stopped",)),
        (mine("A", "10 万吨", status="red_line"), ("red_line",)),
        (mine("A", "10 万吨", red_line=True), ("red_line",)),
        (mine("A", "40 万吨", deposit_class="medium"), ("below_minimum",)),
        (
            mine("A", "9 万吨", status="expired", red_line=True),
            ("expired", "red_line", "below_minimum"),
        ),
        (quarry("A", "20 万立方米"), ()),
        (quarry("A", "20 万立方米", zone=""), ("outside_zones",)),
        (quarry("A", "19 万立方米"), ("below_minimum",)),
        (quarry("A", "50 万吨"), ()),
        (quarry("A", "49 万吨"), ("below_minimum",)),
        (builders.right("A", "东县", "金矿", "1 万吨"), ()),
    ],
)
def test_grounds(right, found):
    """Which grounds a right has to leave, and what is left of the points of leaving."""
    scenario = builders.scenario(rights=[right])
    problem, source = the(scenario, "A")
    assert grounds(problem, source) == found
    points = {"expired": 8, "red_line": 8, "stopped": 4, "outside_zones": 2, "below_minimum": 1}
    assert leave_points(problem, source) == NO_GROUND - sum(points[one] for one in found)


def test_points_for_what_the_plan_prefers():
    """A key mineral (4) in a key area (4); green by option (2.5); strategic does not apply."""
    plan = {
        "directions": [{"kind": "key", "names": ["菱镁矿"], "minerals": ["菱镁矿"], "source": "x"}],
        "areas": [
            {
                "code": "K1",
                "name": "重点区",
                "kind": "key_mining_area",
                "minerals": ["菱镁矿"],
                "area_km2": 1.0,
                "counties": ["东县"],
                "source": "x",
            }
        ],
    }
    keep = {"key_mineral": 4, "key_area": 4, "strategic": 4, "green": 2.5}
    rights = [mine("A", "10 万吨", area="K1", green=True), mine("B", "10 万吨")]
    scenario = magnesite(rights, plan=plan, options={"preference": {"keep": keep}})
    problem, source = the(scenario, "A")
    assert keep_points(problem, source) == 10.5
    assert leave_points(problem, source) == 30.5
    assert keep_points(problem, the(scenario, "B")[1]) == 4


def test_a_new_right_weighs_what_it_is_issued_with():
    """A quarry of 40 and a new right of 20 (of at most 60) share an expected 45 by 40 : 20.

    60 are asked, so the right is issued at its minimum; 45 × 2 / 3 = 30 and 15.
    """
    plan = {"caps": [builders.cap("s", "45 万立方米", product="建筑石料", attribute="expected")]}
    assert quotas(stone([quarry("C", "40 万立方米")], "60 万立方米", plan)) == {"C": 30, "Z1-1": 15}


def test_output_is_shared_by_last_output_when_asked():
    """12 by last outputs 6 : 3, capacities alike: 8 and 4."""
    rights = [
        mine("A", "20 万吨", last_output="6 万吨"),
        mine("B", "20 万吨", last_output="3 万吨"),
    ]
    options = {"sharing": {"basis": "last_output"}}
    assert quotas(magnesite(rights, "12 万吨", FREE, options=options)) == {"A": 8, "B": 4}


def test_thresholds_of_contained_mineral_say_nothing_of_a_candidate():
    """A new right has no grade: 60 万吨 of ore are no 50 万吨 of mineral, so it stays small."""
    lines = [
        builders.minimum_scale("m", ["菱镁矿"], "100 万吨", "50 万吨", "10 万吨", basis="mineral")
    ]
    scenario = magnesite(
        [], plan={"minimum_scales": lines}, extra_candidates=[extra("X", "60 万吨")]
    )
    source = the(scenario, "X")[1]
    assert (source.class_boundary, source.large_or_medium) == (None, False)
