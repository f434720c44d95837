"""`--vary`: ranges are exact, lists are of one kind, and everything else is refused in words."""

import pytest

from minequota.reports.sweep.cases import Request, case_table, chunks
from minequota.reports.sweep.varied import MOST_CASES, read_vary
from minequota.scenarios.errors import InputError


def refused(*given, **request):
    """Return the codes of the problems of a request."""
    with pytest.raises(InputError) as caught:
        case_table(Request(vary=given, **request))
    for problem in caught.value.problems:
        assert problem.wrong
        assert problem.wrong_zh
        assert not set("，。“”、") & set(problem.wrong)
    return [problem.code for problem in caught.value.problems]


def test_steps_of_a_twentieth_are_exact():
    """0.8, 0.85 … 1.4 are thirteen, each the number typed, not 0.8 + 3 · 0.05 in binary."""
    found = read_vary("demand.建筑石料=0.8:1.4:0.05")
    assert found.parameter.kind == "factor"
    assert found.values == (
        *(0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.35, 1.4),
    )


def test_an_end_off_the_grid_is_left_out_and_one_by_rounding_kept():
    """0, 3, 6, 9 of 10; a third written with ten digits still ends at 1."""
    assert read_vary("options.a=0:10:3").values == (0, 3, 6, 9)
    third = read_vary("options.a=0:1:0.3333333333").values
    assert third == (0.0, 0.3333333333, 0.6666666666, 1.0)


def test_downwards_and_one_value():
    """A negative step leads down; a range of one value is one."""
    assert read_vary("options.a=5:1:-2").values == (5, 3, 1)
    assert read_vary("options.a=5:5:1").values == (5,)


def test_units_and_full_width_marks():
    """A unit stands behind the range; a Chinese keyboard's colon and comma are understood."""
    caps = read_vary("plan.caps.a.amount=20:21:0.5 万吨")
    assert caps.values == ("20 万吨", "20.5 万吨", "21 万吨")
    assert caps.parameter.kind == "value"
    assert read_vary("plan.caps.a.amount=２０：２１：１万吨/年").values == (
        "20 万吨/年",
        "21 万吨/年",
    )
    assert read_vary("demand.a=0.9，1.1").values == (0.9, 1.1)


def test_factors_on_anything():
    """`x` or `×` in front makes factors of a range or a list."""
    for text, values in (
        ("x0.8:1.2:0.2", (0.8, 1.0, 1.2)),
        ("×1,2", (1.0, 2.0)),
        ("x 0.5, x1.5", (0.5, 1.5)),
    ):
        found = read_vary(f"plan.caps.a.amount={text}")
        assert (found.parameter.kind, found.values) == ("factor", values)
        assert all(type(value) is float for value in found.values)


def test_lists_of_texts_truths_and_codes():
    """Texts stay as typed, also codes with a leading zero; whole numbers stay whole."""
    assert read_vary("a=25 万吨, 28 万吨").values == ("25 万吨", "28 万吨")
    assert read_vary("a=x,y").values == ("x", "y")
    assert read_vary("a=x,y").parameter.kind == "value"
    assert read_vary("a=true,false").values == (True, False)
    assert read_vary("a=001,002").values == ("001", "002")
    assert read_vary("a=1,2").values == (1, 2)
    assert read_vary("a=1,2.5").values == (1.0, 2.5)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("demand.a", "sweep_form"),
        ("=1:2:1", "sweep_form"),
        ("case=1,2", "sweep_case_named"),
        ("a=1:2", "sweep_range"),
        ("a=1:2:3:4", "sweep_range"),
        ("a=nan:1:1", "sweep_number"),
        ("a=1:inf:1", "sweep_number"),
        ("a=1:2:1e-400", "sweep_number"),
        ("a=1e99999999:2:1", "sweep_number"),
        ("a=nan", "sweep_number"),
        ("a=null,b", "sweep_number"),
        ("a=1:2:0", "sweep_step"),
        ("a=1:2:-1", "sweep_step"),
        ("a=2:1:1", "sweep_step"),
        ("a=", "sweep_empty"),
        ("a=1,,2", "sweep_empty"),
        ("a=1,true", "sweep_kinds"),
        ("a=1,b", "sweep_kinds"),
        ("a=1,1.0", "sweep_duplicate"),
        ("a=20 万吨,0.002 亿吨", "sweep_duplicate"),
        ("demand.a=-0.1:1:0.1", "sweep_factor"),
        ("demand.a=20:31:1 万吨", "sweep_factor"),
        ("demand.a=high,low", "sweep_factor"),
        ("a=0:1000000:1", "sweep_too_many"),
        ("a=0:1e20:1e-20", "sweep_too_many"),
    ],
)
def test_what_cannot_be_varied(given, code):
    """Each slip has its own message in both languages."""
    assert set(refused(given)) == {code}


def test_all_mistakes_at_once():
    """Two broken ranges, a third parameter, and a number that belongs to a sample."""
    codes = refused("a=1:2:0", "b=nan:1:1", "c=1,2", number=5)
    assert codes == ["sweep_three", "sweep_no_sample", "sweep_step", "sweep_number"]


def test_contradictions_of_the_request():
    """Nothing, both, the same path twice, a grid too large."""
    assert refused() == ["sweep_nothing"]
    assert "sweep_both" in refused("a=1,2", sample=("b=uniform(0,1)",), number=2)
    assert refused("a=1,2", "a=3,4") == ["sweep_same_path"]
    assert refused("a=1:1000:1", "b=1:101:1") == ["sweep_too_many"]
    assert len(case_table(Request(vary=("a=1:1000:1", "b=1:100:1"))).rows) == MOST_CASES


def test_a_grid_is_numbered_by_rows_and_solved_there_and_back():
    """Cases 1 2 / 3 4 / 5 6 are solved as 1 2 4 3 5 6, in chunks of four and two."""
    table = case_table(Request(vary=("a=1:3:1", "b=0.5,1.5")))
    assert table.rows == ((1, 0.5), (1, 1.5), (2, 0.5), (2, 1.5), (3, 0.5), (3, 1.5))
    solved = [[case.number for case in chunk] for chunk in chunks(table, 4)]
    assert solved == [[1, 2, 4, 3], [5, 6]]
    assert chunks(table, 4)[0][2].values == (2, 1.5)
