"""The fewest closings: the plans' own numbers, and every choice of single rights tried."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import pytest

from minequota.scenarios.audit.enumeration import (
    Structure,
    Way,
    best_by_issuing,
    fewest,
    with_projects,
)

KAIZHOU = Structure(28, 12, 0, 0, 16, 0, 25, 0, most=38, share=0.6)
FANGCHENG = Structure(40, 12, 0, 0, 28, 0, 11, 0, most=44, share=0.4)
DANDONG = Structure(330, 34, 0, 0, 290, 0, 21, 0, most=320, share=0.12)


def test_kaizhou() -> None:
    """Ten new: 22/38 = 57.9 %, too few; one closed and eleven issued: 23/38 = 60.5 %."""
    assert best_by_issuing(KAIZHOU) == Way(10, 0, held=38, upper=22)
    assert fewest(KAIZHOU) == Way(11, 1, held=38, upper=23)


def test_fangcheng() -> None:
    """Below 45 means 44: four new 16/44 = 36.4 %; two closed and six issued 18/44 = 40.9 %."""
    assert best_by_issuing(FANGCHENG) == Way(4, 0, held=44, upper=16)
    assert fewest(FANGCHENG) == Way(6, 2, held=44, upper=18)


def test_about_has_a_lower_end() -> None:
    """49 rights, 10 upper, 48 to 52 allowed, 30 %: three closed and six issued, 16/52."""
    about = Structure(49, 10, 0, 0, 39, 0, 9, 0, least=48, most=52, share=0.3)
    assert fewest(about) == Way(6, 3, held=52, upper=16)


@pytest.mark.parametrize(
    ("changes", "way"),
    [
        # 34/0.12 = 283.3: n issued, held <= (34 + n)/0.12; n = 5: 325, so 320 binds, 15 close.
        ({}, Way(5, 15, 320, 39)),
        # Four: 38/0.12 = 316.67, held 316, so 330 + 4 - 316 = 18 close.
        ({"upper_candidates": 4}, Way(4, 18, 316, 38)),
        # No ratio: ten close and nothing is issued. No limit: (34 + n)/0.12 >= 330 + n at n = 7.
        ({"share": None}, Way(0, 10, 320, 34)),
        ({"most": None}, Way(7, 0, 337, 41)),
        # Six forced leavers leave nine to choose; forty leave none: 35/291 = 12.03 % is enough.
        ({"forced": 6}, Way(5, 9, 320, 39)),
        ({"forced": 40}, Way(1, 0, 291, 35)),
        # Only three may close at all.
        ({"closable_small": 3}, None),
        # Ten of the leavers are large or medium: 24 stay, of 320 with 15 issued: 39.
        ({"forced": 10, "forced_upper": 10}, Way(15, 15, 320, 39)),
    ],
)
def test_dandong(changes: dict[str, int | None], way: Way | None) -> None:
    """330 rights, 34 large or medium, at most 320, at least 12 %."""
    assert fewest(replace(DANDONG, **changes)) == way  # type: ignore[arg-type]


def test_small_candidates_only_fill_up() -> None:
    """Three small rights, four at least: a small issue does, where no ratio speaks."""
    base = Structure(3, 0, 0, 0, 0, 0, 0, 2, least=4)
    assert fewest(base) == Way(1, 0, held=4, upper=0)
    assert fewest(replace(base, share=0.1)) is None


def test_projects_help_as_much_as_they_can() -> None:
    """Two rights, one too many: a merger takes one off and may make the other medium."""
    base = Structure(2, 0, 0, 0, 0, 0, 0, 0, most=1, share=1.0, merging=1, upgrades=1)
    assert fewest(base) is None
    assert fewest(with_projects(base)) == Way(0, 1, held=1, upper=1)


def tried(base: Structure) -> tuple[int, int] | None:
    """Return fewest closed, then fewest issued, over every set of single rights."""
    staying = [True] * base.staying_upper + [False] * (base.staying - base.staying_upper)
    closable = list(range(base.closable_upper)) + list(
        range(base.staying_upper, base.staying_upper + base.closable_small)
    )
    new = [True] * base.upper_candidates + [False] * base.small_candidates
    for number_closed in range(len(closable) + 1):
        for number_issued in range(len(new) + 1):
            for gone in combinations(closable, number_closed):
                for issued in combinations(range(len(new)), number_issued):
                    held = [upper for k, upper in enumerate(staying) if k not in gone]
                    held += [new[k] for k in issued]
                    enough = base.share is None or sum(held) >= base.share * len(held) - 1e-9
                    within = base.most is None or len(held) <= base.most
                    if enough and within and len(held) >= base.least:
                        return number_closed, number_issued
    return None


@pytest.mark.parametrize("share", [None, 0.25, 0.5, 0.6])
@pytest.mark.parametrize(("least", "most"), [(0, None), (0, 4), (3, 5), (5, 6), (7, 7)])
def test_enumeration_against_every_choice(
    share: float | None, least: int, most: int | None
) -> None:
    """Five rights of one or two upper, any part closable, any few candidates: the same fewest."""
    for upper, forced, small, large, new, new_small in product(
        (1, 2), (0, 1), (0, 2, 3), (0, 1), (0, 1, 3), (0, 2)
    ):
        base = Structure(
            rights=5,
            upper=upper,
            forced=forced,
            forced_upper=0,
            closable_small=min(small, 5 - upper - forced),
            closable_upper=large,
            upper_candidates=new,
            small_candidates=new_small,
            least=least,
            most=most,
            share=share,
        )
        found = fewest(base)
        assert (None if found is None else (found.closed, found.issued)) == tried(base)
