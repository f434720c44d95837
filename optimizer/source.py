"""One place output can come from, in its product's base unit, with no reading of any rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from minequota.scenarios.conversion import Ore
from minequota.scenarios.plan import Area, Authority, Mineral, Product, SizeClass, Use, Zone
from minequota.scenarios.projects import Conversion, Expansion, Merger
from minequota.scenarios.question import ExtraCandidate
from minequota.scenarios.right import Method, Right
from minequota.scenarios.standing import may_produce, revivable

Kind = Literal["held", "new", "converted", "merged"]


@dataclass(frozen=True)
class Enlargement:
    """A right of the register after its listed expansion, in product units."""

    project: Expansion
    capacity: float
    size_class: SizeClass
    reserves: float | None


@dataclass(frozen=True)
class Source:
    """One right, held or to be issued, converted or merged.

    `factor` is product units per one licence unit (`capacity_unit`) of ore. Capacities, floors
    and reserves are in product units. Only a new right's capacity is open, between `minimum` and
    `maximum`; of the others both are the capacity. `size_class` is None where the capacity will
    decide it. `excess` is what was dug beyond last year's quota, of a merger by its members
    together. `shares` are by year the shares of its capacity that a right of the register can use
    where that is not all of it. `zone_minimum` is the figure of the zone or block it lies in, with
    its source. `members` are positions of the rights a merger joins, `parts` those rights,
    `zone_code` the zone or block it lies in.
    """

    id: str
    kind: Kind
    name: str
    county: str
    mineral: Mineral
    product: Product | None
    ore: Ore
    factor: float
    capacity_unit: str
    minimum: float
    maximum: float
    maximum_assumed: bool = False
    reserves: float | None = None
    excess: float = 0.0
    shares: Mapping[int, float] = field(default_factory=dict)
    deposit_class: SizeClass | None = None
    method: Method | None = None
    authority: Authority | None = None
    holder: str = ""
    areas: tuple[Area, ...] = ()
    zone_code: str = ""
    use: Use = "main"
    size_class: SizeClass | None = None
    class_boundary: float | None = None
    large_boundary: float | None = None
    assumed: bool = False
    right: Right | None = None
    zone: Zone | None = None
    zone_minimum: tuple[float, str] | None = None
    extra: ExtraCandidate | None = None
    conversion: Conversion | None = None
    merger: Merger | None = None
    enlargement: Enlargement | None = None
    members: tuple[int, ...] = ()
    parts: tuple[Source, ...] = ()

    @property
    def existing(self) -> bool:
        """Whether the right stands on the register."""
        return self.kind == "held"

    @property
    def fresh(self) -> bool:
        """Whether it would be one right more: new, or converted from exploration."""
        return self.kind in ("new", "converted")

    @property
    def large_or_medium(self) -> bool | None:
        """Whether the right counts as large or medium; None: its capacity will decide.

        A right of the register counts as it stands, whatever an expansion would make of it.
        """
        if self.size_class is not None:
            return self.size_class != "small"
        if self.class_boundary is None:
            return False
        if self.minimum >= self.class_boundary:
            return True
        return None if self.maximum >= self.class_boundary else False

    @property
    def most(self) -> float:
        """Largest capacity it can ever have."""
        return self.enlargement.capacity if self.enlargement is not None else self.maximum

    @property
    def synthetic(self) -> bool:
        """Whether any field of the right, or the place it would stand in, is made up."""
        if self.right is not None:
            return self.right.synthetic
        return self.extra.synthetic if self.extra is not None else False

    def eligible(self, year: int) -> bool:
        """Whether STATUS lets it produce in a year while it is held."""
        return self.working_share(year) > 0

    def _works(self, part: Source, year: int) -> bool:
        """Whether a member works after the merger."""
        revived = self.merger is not None and self.merger.revives
        stands_still = part.right is not None and revivable(part.right)
        return part.working_share(year) > 0 or (revived and stands_still)

    def working_share(self, year: int) -> float:
        """Share of its capacity that may work in a year: of a merger what working members bring.

        A merger lifts no seal and renews no licence; it may start again what merely stands still.
        """
        if self.right is not None:
            return 1.0 if may_produce(self.right, year) else 0.0
        if not self.parts:
            return 1.0
        return self._of_members(year, {part.id: 1.0 for part in self.parts})

    def usable_share(self, year: int) -> float:
        """Share of its own capacity it can use in a year; what an expansion adds is not meant.

        Of a merger what its working members bring, each with its own share: `working_share` where
        nothing is listed. Whether a right of the register may work at all is not asked here.
        """
        if self.parts:
            shares = {part.id: part.usable_share(year) for part in self.parts}
            return self._of_members(year, shares)
        return self.shares.get(year, 1.0)

    def _of_members(self, year: int, shares: Mapping[str, float]) -> float:
        """The mean of the members' shares by capacity; of those that may not work nothing."""
        working = [part for part in self.parts if self._works(part, year)]
        whole = sum(part.maximum for part in self.parts)
        if whole <= 0:
            return 1.0 if working else 0.0
        return sum(part.maximum * shares[part.id] for part in working) / whole
