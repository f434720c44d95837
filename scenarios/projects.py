"""Listed changes to the register: rights enlarged, converted from exploration, merged, exchanged.

A plan lists some of them; a scenario may list more. The model chooses among what is listed and
invents none.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from minequota.scenarios.facts import Authority, Indicator, Scope, SizeClass, Sourced, Years
from minequota.scenarios.units import Quantity

_ID = r"^[a-z][a-z0-9_]*$"


class Project(Sourced):
    """What all listed changes say of themselves."""

    id: str = Field(pattern=_ID, description="Its name in paths and in the answer.")
    years: Years | None = Field(
        default=None, description="First and last year of the project; it may be decided in these."
    )
    yields_from: int | None = Field(
        default=None,
        ge=1990,
        le=2100,
        description=(
            "First year its capacity can be used in calendar mode; where None, the lead time and "
            "ramp-up of new rights hold. In target state it yields at once."
        ),
    )
    assumed: bool = Field(default=False, description="True: no plan or bureau lists it.")


class Expansion(Project):
    """More capacity for a right of the register (改扩建, or 扩产 inside the old boundary)."""

    right: str = Field(description="Licence or name of the right on the register.")
    capacity_from: Quantity | None = Field(
        default=None, description="Capacity before, as printed; checked against the register."
    )
    capacity: Quantity = Field(description="Licensed capacity afterwards, a year.")
    enlarges_area: bool = Field(
        default=False,
        description="True: the boundary grows (改扩建), so the minimum for enlarged rights holds.",
    )
    reserves: Quantity | None = Field(default=None, description="Ore in the ground afterwards.")


class Conversion(Project):
    """An exploration right that becomes a mining right (探转采): one right more, no block."""

    name: str
    county: str
    mineral: str
    capacity: Quantity = Field(description="Capacity it would be licensed with, a year.")
    reserves: Quantity | None = None
    method: Literal["open_pit", "underground"] | None = None
    deposit_class: SizeClass | None = None
    authority: Authority | None = None
    area: str = Field(default="", description="Key or national mining area it lies in.")
    holder: str = ""
    grade: float | None = Field(default=None, gt=0, le=1, description="Ore grade as a share.")
    grade_source: str = ""
    area_km2: float | None = Field(default=None, gt=0)


class Merger(Project):
    """Rights that may become one (整合). With one member it is an acquisition by `holder`."""

    name: str
    members: tuple[str, ...] = Field(min_length=1, description="Licences of the register.")
    capacity: Quantity | None = Field(
        default=None, description="Licensed capacity afterwards; the members' sum where None."
    )
    reserves: Quantity | None = Field(default=None, description="The members' sum where None.")
    holder: str = Field(default="", description="Holder (group) afterwards.")
    method: Literal["open_pit", "underground"] | None = None
    deposit_class: SizeClass | None = Field(
        default=None, description="The largest of the members' where None."
    )
    revives: bool = Field(
        default=False,
        description=(
            "True: members that merely stand still (停产) work again after it, with the safety "
            "licence that takes. A seal, an expired licence or the red line stay."
        ),
    )


class Exchange(Indicator):
    """One out, one in (减一增一): new rights of one scope need rights of another to leave."""

    entering: Scope = Scope()
    leaving: Scope = Scope()
    ratio: float = Field(
        default=1, gt=0, le=10, description="New rights for each right that has left or merged."
    )
