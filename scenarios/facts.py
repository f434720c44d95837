"""What every fact of a plan is made of: its source, its years, the rights it speaks of."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Attribute = Literal["binding", "expected"]
Sense = Literal["ceiling", "floor", "level", "about", "forecast"]
Reading = Literal["stated", "inferred"]
Action = Literal["new", "converted", "merged", "enlarged", "renewed", "existing"]
Basis = Literal["ore", "standard_iron_62", "metal", "mineral", "block_stone"]
MineralGroup = Literal["energy", "metal", "non_metal", "water_gas"]
Authority = Literal["ministry", "province", "city", "county"]
SizeClass = Literal["large", "medium", "small"]
Use = Literal["main", "comprehensive"]


class Facts(BaseModel):
    """Base of every file-facing model: frozen, strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Facts):
    """A fact with its place in the plan."""

    source: str = Field(min_length=1, description="Section or box of the plan, as titled there.")
    reading: Reading = "stated"
    note: str = ""


class Years(Facts):
    """First and last year in which a clause holds, both included."""

    first: int = Field(ge=1990, le=2100)
    last: int = Field(ge=1990, le=2100)

    def __contains__(self, year: int) -> bool:
        return self.first <= year <= self.last


class Name(Facts):
    """A Chinese title and its English counterpart."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Scope(Facts):
    """Which rights a clause speaks of; an empty field means "all"."""

    minerals: tuple[str, ...] = ()
    group: MineralGroup | None = None
    groups: tuple[MineralGroup, ...] = Field(
        default=(), description="Where it speaks of more than one group."
    )
    county: str | None = None
    authority: Authority | None = None
    zones: tuple[str, ...] = Field(
        default=(), description="Codes of zones or blocks; rights inside them only."
    )


class Indicator(Sourced):
    """A figure the plan sets: how it is meant and when it holds."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Name
    attribute: Attribute
    sense: Sense
    years: Years
    tolerance: float | None = Field(
        default=None, gt=0, lt=1, description="Relative; asked of the sense `about` alone."
    )
    hoped: Literal["floor", "ceiling"] | None = Field(
        default=None, description="Of a forecast: the side of its figure the text hopes for."
    )
    printed_as: str = Field(
        default="", description="How the text prints the figure where a sense alone would lose it."
    )
