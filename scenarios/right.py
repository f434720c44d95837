"""One mining right of the register (采矿权现状表), with the provenance of every field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from minequota.scenarios.plan import Authority, SizeClass, Use
from minequota.scenarios.units import Quantity


class Provenance(StrEnum):
    """Where one field of one right comes from."""

    PLAN = "plan"
    REGISTER = "register"
    SYNTHETIC = "synthetic"
    DEFAULT = "default"


class Status(StrEnum):
    """The state a right is in when the year starts."""

    PRODUCING = "producing"
    BUILDING = "building"
    STOPPED = "stopped"
    SEALED = "sealed"
    STOP_ORDER = "stop_order"
    EXPIRED = "expired"
    RED_LINE = "red_line"


class Method(StrEnum):
    """How the ore is won."""

    OPEN_PIT = "open_pit"
    UNDERGROUND = "underground"


class Renewal(StrEnum):
    """What is assumed of a licence that ends inside the horizon."""

    RENEW = "renew"
    LEAVE = "leave"


@dataclass(frozen=True)
class Right:
    """A mining right on the register.

    Amounts keep the unit of the register; `None` means the register does not say. `location`
    is where the right stands in its file, for messages.
    """

    licence: str
    name: str
    county: str
    mineral: str
    holder: str = ""
    method: Method | None = None
    authority: Authority | None = None
    deposit_class: SizeClass | None = None
    size_class: SizeClass | None = None
    reserves: Quantity | None = None
    capacity: Quantity | None = None
    design_capacity: Quantity | None = None
    last_output: Quantity | None = None
    surveyed_output: Quantity | None = None
    last_quota: Quantity | None = None
    status: Status = Status.PRODUCING
    licence_end: date | None = None
    safety_licence: bool = True
    green: bool = False
    red_line: bool = False
    area: str = ""
    zone: str = ""
    holder_group: str = ""
    use: Use = "main"
    grade: float | None = None
    recovery: float | None = None
    density: float | None = None
    block_yield: float | None = None
    longitude: float | None = None
    latitude: float | None = None
    resumes: int | None = None
    exit_by: int | None = None
    renewal: Renewal | None = None
    provenance: Mapping[str, Provenance] = field(default_factory=dict, hash=False)
    location: str = field(default="", compare=False)

    def origin(self, name: str) -> Provenance:
        """Return where the field `name` comes from; `default` when the register is silent."""
        return self.provenance.get(name, Provenance.DEFAULT)

    @property
    def named(self) -> bool:
        """Whether a real document names this right (its name is not synthetic)."""
        return self.origin("name") in {Provenance.PLAN, Provenance.REGISTER}

    @property
    def synthetic(self) -> bool:
        """Whether any of its fields is synthetic."""
        return Provenance.SYNTHETIC in self.provenance.values()
