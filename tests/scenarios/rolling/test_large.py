"""An output that nobody believes is refused until it is confirmed."""

import builders
import pytest

from minequota.scenarios.errors import InputError

HEADER = ("许可证号", "实际产量")


def mine(**given):
    """Return A: 16 万吨 a year, 144 万吨 in the ground."""
    return builders.right("A", "东县", "菱镁矿", "16 万吨", **({"reserves": "144 万吨"} | given))


def refused(desk, right, output, **given):
    """Return the problems of an output of A."""
    with pytest.raises(InputError) as error:
        desk.roll([right], outputs=[("A", output)], header=HEADER, **given)
    return error.value.problems


def test_a_slip_of_ten_thousand(desk):
    """69740 万吨 was meant as 吨, 7 万吨: the cell, the figures and both ways out are named."""
    (problem,) = refused(desk, mine(), "69740万吨")
    assert (problem.code, problem.place.rpartition("csv:")[2]) == ("actual_large", "2:2")
    for part in ("69740 万吨", "16 万吨", "4359 倍", "--confirm-large A"):
        assert part in problem.text("zh")
    for part in ("4359 times", "--confirm-large A"):
        assert part in problem.text("en")
    rolled = desk.roll([mine()], outputs=[("A", "69740吨")], header=HEADER)
    assert str(rolled.rights[0].reserves) == "137.026 万吨"


@pytest.mark.parametrize(
    ("right", "output", "ok"),
    [
        (mine(), "48万吨", True),
        (mine(), "48.01万吨", False),
        (mine(reserves="10 万吨"), "11万吨", True),
        (mine(reserves="10 万吨"), "11.01万吨", False),
        (mine(reserves="0 万吨"), "0.1万吨", False),
        (mine(reserves=None), "48万吨", True),
        (mine(reserves=None), "48.01万吨", False),
    ],
)
def test_three_times_the_capacity_and_a_tenth_beyond_the_reserves(desk, right, output, ok):
    """48 is three times 16; 11 is a tenth above 10. What lies beyond is refused, not before."""
    if ok:
        rolled = desk.roll([right], outputs=[("A", output)], header=HEADER)
        assert [one.code for one in rolled.notices if one.code == "large_confirmed"] == []
    else:
        assert [one.code for one in refused(desk, right, output)] == ["actual_large"]


def test_every_kind_of_output_is_looked_at(desk):
    """The reported figure becomes next year's last output, so a slip in it counts as well."""
    header = ("许可证号", "测绘产量（万吨）", "统计产量（万吨）")
    with pytest.raises(InputError) as error:
        desk.roll([mine()], outputs=[("A", "10", "100000")], header=header)
    assert [one.place.rpartition("csv:")[2] for one in error.value.problems] == ["2:3"]


def test_a_confirmed_output_is_booked_and_told(desk):
    """--confirm-large names the right; one that has nothing to confirm is refused."""
    rolled = desk.roll([mine()], outputs=[("A", "60万吨")], header=HEADER, confirmed=("A",))
    assert str(rolled.rights[0].reserves) == "84 万吨"
    (told,) = [one for one in rolled.notices if one.code == "large_confirmed"]
    assert told.subject == "A"
    assert "60 万吨" in told.text.zh
    needless = refused(desk, mine(), "10万吨", confirmed=("A", "B"))
    assert [one.code for one in needless] == ["confirm_needless"] * 2


def test_a_capacity_raised_in_the_year_counts(desk):
    """An event of June gave it 40 万吨 a year: 60 are no slip."""
    rolled = desk.roll(
        [mine()],
        outputs=[("A", "60万吨")],
        header=HEADER,
        events=[("2024-06-01", "变更", "A", "40 万吨")],
        event_columns=("capacity",),
    )
    assert str(rolled.rights[0].reserves) == "84 万吨"
