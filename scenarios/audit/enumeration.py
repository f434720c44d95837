"""Number and ratio by plain enumeration: who may be issued, who may close, what that gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Structure:
    """The rights a target speaks of and what may be done to their number.

    `upper` are large or medium. Forced leavers are gone whatever is chosen. `merging` is how many
    rights the listed mergers can take off, `upgrades` how many listed mergers and expansions
    could make large or medium. `most` and `share` are None where there is no such target.
    """

    rights: int
    upper: int
    forced: int
    forced_upper: int
    closable_small: int
    closable_upper: int
    upper_candidates: int
    small_candidates: int
    least: int = 0
    most: int | None = None
    share: float | None = None
    merging: int = 0
    upgrades: int = 0

    @property
    def staying(self) -> int:
        """Rights left once the forced have gone."""
        return self.rights - self.forced

    @property
    def staying_upper(self) -> int:
        """Large and medium rights left once the forced have gone."""
        return self.upper - self.forced_upper


@dataclass(frozen=True)
class Way:
    """So many issued and so many chosen to close, and the rights then held."""

    issued: int
    closed: int
    held: int
    upper: int


def outcome(base: Structure, issued: int, closed: int) -> Way:
    """Return what so many issued and closed lead to.

    Of those issued the large and medium come first, of those closed the small: neither choice can
    hurt the ratio, and the number is the same.
    """
    return Way(
        issued,
        closed,
        held=base.staying + issued - closed,
        upper=base.staying_upper
        + min(issued, base.upper_candidates)
        - max(0, closed - base.closable_small),
    )


def reaches(base: Structure, way: Way) -> bool:
    """Whether a way keeps the number within its bounds and the share at its least."""
    return (
        base.least <= way.held
        and (base.most is None or way.held <= base.most)
        and (base.share is None or way.upper >= base.share * way.held - 1e-9)
    )


def fewest(base: Structure) -> Way | None:
    """Return the way with the fewest closed, then the fewest issued; None when there is none.

    Every number closed and issued is tried, by issuing and closing alone.
    """
    for closed in range(base.closable_small + base.closable_upper + 1):
        for issued in range(base.upper_candidates + base.small_candidates + 1):
            way = outcome(base, issued, closed)
            if reaches(base, way):
                return way
    return None


def best_by_issuing(base: Structure) -> Way | None:
    """Return what issuing alone comes nearest the ratio with, within the number; None: none is."""
    ways = [
        outcome(base, issued, 0)
        for issued in range(base.upper_candidates + base.small_candidates + 1)
    ]
    within = [way for way in ways if way.held > 0 and (base.most is None or way.held <= base.most)]
    return max(within, key=lambda way: (way.upper / way.held, -way.issued), default=None)


def with_projects(base: Structure) -> Structure:
    """Return the structure as if every listed merger and expansion helped as much as it could.

    What is out of reach even so is out of reach.
    """
    return Structure(
        rights=base.rights,
        upper=base.upper + base.upgrades,
        forced=base.forced,
        forced_upper=base.forced_upper,
        closable_small=base.closable_small + base.merging,
        closable_upper=base.closable_upper,
        upper_candidates=base.upper_candidates,
        small_candidates=base.small_candidates,
        least=base.least,
        most=base.most,
        share=base.share,
    )
