"""Where a plan lets rights be issued, and what it would rather have mined."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from minequota.scenarios.facts import Authority, Indicator, SizeClass, Sourced
from minequota.scenarios.units import Quantity


class Zone(Sourced):
    """A mining zone or block where new rights may be issued.

    Without a mineral it is a pool of blocks the text does not describe: a scenario's
    `extra_candidates` say what stands in it.
    """

    code: str
    name: str
    county: str
    mineral: str | None = None
    kind: Literal["zone", "block"] = "zone"
    part_of: str = Field(default="", description="Name of the larger zone it belongs to.")
    area_km2: float | None = Field(default=None, gt=0)
    rights: int = Field(ge=0)
    minimum: Quantity | None = Field(
        default=None, description="The zone's own; the general tables hold where None."
    )
    maximum: Quantity | None = None
    reserves: Quantity | None = None
    deposit_class: SizeClass | None = None
    method: Literal["open_pit", "underground"] | None = None
    authority: Authority | None = None


class ZoneLimit(Indicator):
    """A ceiling or floor on the capacity or output of zones, existing rights inside included."""

    zones: tuple[str, ...] = Field(min_length=1, description="Codes.")
    minerals: tuple[str, ...] = Field(default=(), description="All where empty.")
    measure: Literal["capacity", "output"]
    amount: Quantity


class Area(Sourced):
    """A key mining area or national mining area."""

    code: str
    name: str
    kind: Literal["key_mining_area", "national_mining_area", "energy_resource_base"]
    minerals: tuple[str, ...]
    area_km2: float | None = None
    counties: tuple[str, ...]
    existing_rights: int | None = None
    planned_rights: int | None = None


class Direction(Sourced):
    """Minerals whose mining is to be encouraged, restricted or banned."""

    kind: Literal["key", "restricted", "banned"]
    names: tuple[str, ...] = Field(description="As printed.")
    minerals: tuple[str, ...] = Field(default=(), description="Their names in this plan's list.")
    method: Literal["open_pit", "underground"] | None = Field(
        default=None, description="One way of mining only; both where None."
    )


class Priority(Sourced):
    """A preference the plan states among otherwise equal choices."""

    id: str
    favours: Literal[
        "green", "large_medium", "key_area", "national_area", "key_mineral", "strategic"
    ]
    text: str = Field(description="What the plan asks, in short.")
