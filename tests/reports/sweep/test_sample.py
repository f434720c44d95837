"""`--sample`: distributions by their hand-computed quantiles, and cases pinned for a seed."""

import math

import numpy as np
import pytest

from minequota.reports.sweep.cases import MOST_SEED, Request, case_table
from minequota.reports.sweep.distributions import read_distribution
from minequota.reports.sweep.sample import read_sample, shares
from minequota.scenarios.errors import InputError

PINNED = (
    (0.994794449, "29.5355996 万吨"),
    (1.19855231, "22.8777345 万吨"),
    (0.922749053, "27.1376525 万吨"),
    (1.01945333, "20.2950069 万吨"),
)


def quantiles(text, *at):
    """Return values of a distribution at shares."""
    distribution = read_distribution(text, "here")
    return [distribution.quantile(share) for share in at]


def refused(*given, **request):
    """Return the codes of the problems of a sample."""
    with pytest.raises(InputError) as caught:
        case_table(Request(sample=given, **({"number": 3} | request)))
    return [problem.code for problem in caught.value.problems]


def test_uniform_and_triangular():
    """Of triangular(0, 1, 3) a third lies below 1: at 1/12 it is √(1/12 · 3 · 1) = 0.5.

    Above, at 5/6, it is 3 - √(1/6 · 3 · 2) = 2.
    """
    assert quantiles("uniform(20,30)", 0.25) == [22.5]
    assert quantiles("triangular(0,1,3)", 1 / 12, 1 / 3, 5 / 6) == [0.5, 1.0, 2.0]
    assert quantiles("triangular(0,0,1)", 0.75) == [0.5]


def test_normal_by_the_table_of_its_quantiles():
    """97.5 % lie below mean + 1.959963985 sd; cut at ±1 sd, 0.8413 - 0.1587 of it is left.

    So a quarter of what is left lies below the share 0.1587 + 0.6827 / 4 = 0.3293, which is
    -0.4418 sd.
    """
    assert quantiles("normal(10,2)", 0.5, 0.975) == [10.0, pytest.approx(13.91992797)]
    cut = quantiles("normal(0,1,-1,1)", 1e-12, 0.25, 1 - 1e-12)
    assert cut == pytest.approx([-1.0, -0.4418, 1.0], abs=1e-4)


def test_a_tail_keeps_its_digits_on_both_sides():
    """normal(0,1) between 5 and 6 is the mirror of -6 to -5."""
    upper = quantiles("normal(0,1,5,5.9)", 0.1, 0.5, 0.9)
    lower = quantiles("normal(0,1,-5.9,-5)", 0.9, 0.5, 0.1)
    assert upper == [-value for value in lower]
    assert sorted(upper) == upper
    assert 5 < upper[0] < upper[2] < 5.9


def test_lognormal_has_its_median_and_its_sigma():
    """Half below 2; at one sigma (0.841344746) it is 2 · e^0.5."""
    found = quantiles("lognormal(2,0.5)", 0.5, 0.8413447460685429)
    assert found == pytest.approx([2.0, 2 * math.exp(0.5)])
    assert quantiles("lognormal(1,1,0.5,2)", 1e-15, 0.5, 1 - 1e-15) == [0.5, 1.0, 2.0]


def test_discrete_by_weight():
    """Weights 1 and 3: a quarter of the shares gives the first."""
    assert quantiles("discrete(1:1,2:3)", 0.0, 0.249, 0.25, 0.999) == [1, 1, 2, 2]
    assert quantiles("discrete(25 万吨:1,28 万吨:1)", 0.1, 0.9) == ["25 万吨", "28 万吨"]
    assert quantiles("discrete(25:1,28:1) 万吨", 0.1, 0.9) == ["25 万吨", "28 万吨"]
    assert quantiles("discrete(true:1,false:1)", 0.1, 0.9) == [True, False]


def test_factors_are_marked():
    """A whole demand only has factors; anything else takes them behind an `x` or `×`."""
    kinds = [
        read_sample(f"{text}(1,0.1)")[0].parameter.kind
        for text in ("demand.a=normal", "a=normal", "a=xnormal", "a=× normal")
    ]
    assert kinds == ["factor", "value", "factor", "factor"]


def test_units_stand_behind():
    """A distribution of amounts gives texts as a case would write them."""
    assert quantiles("uniform(20,31) 万吨", 0.5) == ["25.5 万吨"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("demand.a=gauss(1,2)", "sweep_distribution"),
        ("demand.a=0.8:1.2:0.1", "sweep_distribution"),
        ("demand.a", "sweep_form"),
        ("demand.a=uniform(1)", "sweep_arguments"),
        ("demand.a=uniform(2,1)", "sweep_arguments"),
        ("demand.a=uniform(nan,1)", "sweep_arguments"),
        ("demand.a=triangular(0,4,3)", "sweep_arguments"),
        ("demand.a=normal(1,0)", "sweep_arguments"),
        ("demand.a=normal(1,0.1,0.5)", "sweep_arguments"),
        ("demand.a=normal(1,0.1,9,10)", "sweep_arguments"),
        ("demand.a=lognormal(0,1)", "sweep_arguments"),
        ("a=discrete()", "sweep_arguments"),
        ("a=discrete(1:0)", "sweep_arguments"),
        ("a=discrete(1:1,1:2)", "sweep_arguments"),
        ("a=discrete(1:1,b:2)", "sweep_arguments"),
        ("demand.a=normal(1,0.5)", "sweep_negative"),
        ("demand.a=discrete(-1:1,1:1)", "sweep_negative"),
        ("demand.a=uniform(1,2) 万吨", "sweep_factor"),
        ("demand.a=discrete(true:1)", "sweep_factor"),
    ],
)
def test_what_cannot_be_drawn(given, code):
    """Each slip has its own message."""
    assert refused(given) == [code]


def test_numbers_seeds_and_methods():
    """A number is asked for; seeds are whole and not negative; a path is drawn once."""
    one = "demand.a=uniform(0,1)"
    assert refused(one, number=None) == ["sweep_sample_number"]
    assert refused(one, number=0) == ["sweep_sample_number"]
    assert refused(one, number=100_001) == ["sweep_sample_number"]
    assert refused(one, seed=-1) == ["sweep_seed"]
    assert refused(one, seed=MOST_SEED + 1) == ["sweep_seed"]
    assert refused(one, one) == ["sweep_same_path"]


def test_a_latin_hypercube_has_one_point_in_every_stratum():
    """Of 500 shares one lies in each 500th, none at an end; simple random ones do not do that."""
    stream = np.random.SeedSequence(7)
    found = sorted(shares(stream, 500, "lhs"))
    assert all(at / 500 <= share < (at + 1) / 500 for at, share in enumerate(found))
    assert found[0] > 0
    found = shares(np.random.SeedSequence(7), 500, "random")
    assert len({int(share * 500) for share in found}) < 400
    assert all(0 < share < 1 for share in found)


def test_a_seed_gives_the_same_cases_for_ever():
    """Recorded once; a change here changes everybody's cases."""
    request = Request(
        sample=("demand.a=normal(1,0.1,0.7,1.3)", "b=uniform(20,31) 万吨"), number=4, seed=42
    )
    assert case_table(request).rows == PINNED
    assert case_table(request).rows == case_table(request).rows


def test_a_sample_is_solved_along_its_first_parameter():
    """Numbers stay as drawn; the chunks go from the least value up, amounts by their figures."""
    table = case_table(Request(sample=("a=uniform(5,20) 万吨", "b=uniform(0,1)"), number=30))
    found = [float(str(table.rows[at][0]).removesuffix(" 万吨")) for at in table.path]
    assert found == sorted(found)
    assert [str(value) for value in found] != sorted(map(str, found))
    assert sorted(table.path) == list(range(30))
    assert list(table.path) != list(range(30))


def test_each_parameter_has_a_stream_of_its_own():
    """A further parameter leaves the first as it was; two are not the same numbers."""
    one = Request(sample=("a=uniform(0,1)",), number=50, seed=3)
    two = Request(sample=("a=uniform(0,1)", "b=uniform(0,1)"), number=50, seed=3)
    first, both = case_table(one), case_table(two)
    assert [row[0] for row in both.rows] == [row[0] for row in first.rows]
    a, b = (np.array(both.column(at), dtype=float) for at in (0, 1))
    assert abs(np.corrcoef(a, b)[0, 1]) < 0.5
    assert case_table(Request(sample=("a=uniform(0,1)",), number=50, seed=4)).rows != first.rows


SAMPLE = """format: minequota-sample/1
parameters:
  - path: demand.建筑石料
    distribution: normal
    mean: 1
    sd: 0.1
    low: 0.7
    high: 1.3
    source: 近五年产量波动
  - path: plan.caps.a.amount
    distribution: triangular(20, 25, 31) 万吨
    source: 假设
  - path: options.closing
    distribution: discrete
    values: {true: 1, false: 3}
    source: 假设
"""


def test_a_file_of_distributions(tmp_path):
    """Keys or one text say a distribution; each entry says where it comes from."""
    path = tmp_path / "sample.yaml"
    path.write_text(SAMPLE, encoding="utf-8")
    normal, triangular, discrete = read_sample(str(path))
    assert normal.parameter.kind == "factor"
    assert dict(normal.distribution.parameters) == {"mean": 1, "sd": 0.1, "low": 0.7, "high": 1.3}
    assert normal.source == "近五年产量波动"
    assert triangular.distribution.quantile(5 / 11) == "25 万吨"
    assert discrete.distribution.choices == (True, False)


def test_mistakes_of_a_file_have_their_places(tmp_path):
    """All of them at once, with line and column."""
    path = tmp_path / "sample.yaml"
    wrong = SAMPLE.replace("mean: 1", "mean: one").replace("source: 假设", "sorce: 假设", 1)
    path.write_text(wrong.replace("format: minequota-sample/1", "format: x"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_sample(str(path))
    places = [problem.place.rpartition("sample.yaml")[2] for problem in caught.value.problems]
    assert places == [":1:9", ":5:11", ":12:5", ":10:5"]
