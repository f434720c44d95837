"""What a plan asks of the size of a mine, of its licence and of its leaving."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from minequota.scenarios.facts import Action, Attribute, Basis, Name, Scope, SizeClass, Sourced
from minequota.scenarios.units import Quantity


def _cell(given: object) -> object:
    """`×` forbids, `—` asks nothing, `/` is undecided; anything else is an amount."""
    if isinstance(given, str) and given.strip() in {"×", "—", "/"}:
        return given.strip()
    return Quantity.parse(given) if isinstance(given, str) else given


ScaleCell = Annotated[Quantity | Literal["×", "—", "/"], BeforeValidator(_cell)]


class MinimumScale(Sourced):
    """One line of the minimum-scale table; notes with other figures are lines of their own."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    mineral: str = Field(description="As the table names it.")
    minerals: tuple[str, ...] = Field(description="Minerals of this plan that follow the line.")
    method: Literal["open_pit", "underground"] | None = None
    variant: str = ""
    basis: Basis = "ore"
    large: ScaleCell
    medium: ScaleCell
    small: ScaleCell
    existing: ScaleCell | None = Field(
        default=None, description="The column for existing mines (已有矿山); None without one."
    )
    inferred: tuple[Literal["large", "medium", "small", "existing"], ...] = Field(
        default=(), description="Cells read out of the text rather than printed."
    )
    level: Literal["province", "city", "county"]


class MinimumScaleUse(Sourced):
    """To whom the minimum-scale table applies, and what its columns mean."""

    column_meaning: Literal["deposit_size", "mine_size", "single_figure"]
    applies_to: tuple[Action, ...]
    existing_by: int | None = Field(
        default=None,
        description="Year by which existing mines must meet their column; the target year if None.",
    )


class SpecialMinimum(Sourced):
    """A minimum that wins over the table for the minerals and actions it names."""

    id: str
    minerals: tuple[str, ...]
    applies_to: tuple[Action, ...]
    amounts: tuple[Quantity, ...] = Field(
        description="One per dimension: 20 万立方米, or 50 万吨 for licences in tonnes."
    )
    deposit_classes: tuple[SizeClass, ...] = Field(
        default=(), description="Deposits it speaks of; all where empty."
    )


class AreaMinimum(Sourced):
    """New rights inside an area must be at least of this production size class."""

    area: str
    size_class: SizeClass
    attribute: Attribute
    minerals: tuple[str, ...] = Field(default=(), description="All where empty.")
    method: Literal["open_pit", "underground"] | None = Field(
        default=None, description="One way of mining only; both where None."
    )


class Renewal(Sourced):
    """How licences of some minerals that end are renewed."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    minerals: tuple[str, ...]
    kind: Literal["new_tender"] = Field(
        description="The right ends with its licence; a new one is tendered inside a zone."
    )


class Exit(Sourced):
    """Rights that must have left by a year (限期退出)."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Name
    scope: Scope = Scope()
    statuses: tuple[str, ...] = Field(
        default=(), description="Register states it speaks of, such as red_line; all where empty."
    )
    outside_zones: bool = Field(default=False, description="Only rights that lie in no zone.")
    by: int = Field(ge=1990, le=2100, description="Gone by the end of this year.")


class LicenceTerm(Sourced):
    """How long a new licence runs, in years."""

    minerals: tuple[str, ...] = Field(default=(), description="All where empty.")
    size_class: SizeClass | None = None
    least: int = Field(default=1, ge=1)
    most: int = Field(ge=1, le=50)
