"""What a run decided for the years that have passed, in the scenarios' own terms."""

from __future__ import annotations

from dataclasses import dataclass

from minequota.scenarios.facts import SizeClass, Use
from minequota.scenarios.units import Quantity


@dataclass(frozen=True)
class Quota:
    """One right's figure of one year, in ore of its licence and as printed.

    `control` is true of a quota under a binding cap, false of guidance; `awaiting` of a figure
    that nobody had handed down.
    """

    year: int
    right: str
    product: str
    control: bool
    use: Use
    awaiting: bool
    ore: Quantity
    printed: Quantity


@dataclass(frozen=True)
class Issued:
    """A right to be issued or converted: `candidate` is its id in the run."""

    candidate: str
    converted: bool
    zone: str
    name: str
    county: str
    mineral: str
    capacity: Quantity
    size_class: SizeClass
    year: int
    first_output_year: int
    term_years: int
    assumed: bool
    source: str


@dataclass(frozen=True)
class Joined:
    """Rights that become one: `right` is the id it has in the run, ``merger:ID``."""

    id: str
    right: str
    name: str
    members: tuple[str, ...]
    capacity: Quantity
    size_class: SizeClass
    year: int
    first_output_year: int
    source: str


@dataclass(frozen=True)
class Enlarged:
    """A right whose listed expansion was decided."""

    id: str
    right: str
    capacity: Quantity
    size_class: SizeClass
    year: int
    first_output_year: int
    source: str


@dataclass(frozen=True)
class Gone:
    """A right that leaves, forced by a rule or chosen."""

    right: str
    forced: bool
    year: int
    source: str


@dataclass(frozen=True)
class Renewed:
    """A right whose licence is renewed in the year it ends."""

    right: str
    year: int


@dataclass(frozen=True)
class Decided:
    """A run's figures and its decisions of the years that have passed."""

    quotas: tuple[Quota, ...] = ()
    issued: tuple[Issued, ...] = ()
    joined: tuple[Joined, ...] = ()
    enlarged: tuple[Enlarged, ...] = ()
    gone: tuple[Gone, ...] = ()
    renewed: tuple[Renewed, ...] = ()

    @property
    def number(self) -> int:
        """How many decisions there are, figures aside."""
        lists = (self.issued, self.joined, self.enlarged, self.gone, self.renewed)
        return sum(len(one) for one in lists)
