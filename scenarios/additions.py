"""What a scenario adds to its plan: blocks, zone details, missing figures, last year's excess."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from minequota.scenarios.facts import Authority, Facts, SizeClass
from minequota.scenarios.right import Method
from minequota.scenarios.units import Quantity


class ExtraCandidate(Facts):
    """A proposed right that no zone of the plan holds (a conversion or a planner's own block)."""

    id: str = Field(
        pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", description="Its name in paths and in the answer."
    )
    name: str = Field(description="Its name in the tables.")
    zone: str = Field(
        default="", description="Code of the plan's zone or block pool it stands in, if any."
    )
    number: int = Field(
        default=1, ge=1, le=200, description="So many alike, numbered id-1, id-2 … where above 1."
    )
    synthetic: bool = Field(default=False, description="True: made up, and marked so.")
    area_km2: float | None = Field(default=None, gt=0, description="Its area.")
    county: str = Field(description="A county of the plan, by name or alias.")
    mineral: str = Field(description="A mineral of the plan, by name or alias.")
    authority: Authority | None = Field(default=None, description="Who would license it.")
    method: Method | None = Field(default=None, description="How its ore would be won.")
    deposit_class: SizeClass | None = Field(
        default=None, description="Size of its deposit, which decides its minimum scale."
    )
    area: str = Field(default="", description="Key or national mining area it lies in.")
    minimum: Quantity | None = Field(
        default=None, description="Where the block states one; the plan's tables hold anyway."
    )
    maximum: Quantity = Field(description="Most it may be licensed for a year.")
    reserves: Quantity | None = Field(default=None, description="Ore in the ground.")
    source: str = Field(min_length=1, description="Where the proposal comes from; printed.")


class ZoneDetail(Facts):
    """What a scenario adds to a zone of the plan where its text says nothing."""

    maximum: Quantity | None = Field(default=None, description="Most one right may be licensed.")
    reserves: Quantity | None = Field(default=None, description="Ore of one right.")
    deposit_class: SizeClass | None = Field(default=None, description="Size of the deposit.")
    authority: Authority | None = Field(default=None, description="Who licenses there.")
    assumed: bool = Field(description="True: an assumption.")
    source: str = Field(min_length=1, description="Where it comes from; printed.")


class CapFromAbove(Facts):
    """One document's figure for the year (上级下达指标). Batches of one year add up."""

    product: str = Field(description="A product of the plan.")
    county: str | None = Field(default=None, description="None: the whole jurisdiction.")
    year: int = Field(ge=1990, le=2100, description="The year it holds for.")
    amount: Quantity | None = Field(default=None, description="Both uses together.")
    main: Quantity | None = Field(default=None, description="Main use (主采).")
    comprehensive: Quantity | None = Field(
        default=None, description="Comprehensive use (综合利用)."
    )
    batch: int = Field(default=1, ge=1, le=9, description="Number of the batch (批次).")
    attribute: Literal["binding", "expected"] = Field(
        default="binding", description="How it holds."
    )
    issuer: str = Field(default="", description="Who hands it down.")
    document: str = Field(min_length=1, description="Title and number of the document; printed.")
    assumed: bool = Field(default=False, description="True: an example, not a real document.")

    @model_validator(mode="after")
    def _some_amount(self) -> CapFromAbove:
        split = self.main is not None or self.comprehensive is not None
        if (self.amount is None) == (not split):
            raise ValueError("Expected either `amount`, or `main` and/or `comprehensive`.")
        return self


class Figure(Facts):
    """A number the plan asks for and does not print."""

    value: float = Field(ge=0, description="The number.")
    assumed: bool = Field(description="True: an assumption.")
    source: str = Field(min_length=1, description="Where it comes from; printed.")


class BaseOutputFigure(Facts):
    """A product's output of the base year, for caps that are multiples of it."""

    amount: Quantity = Field(description="The output.")
    synthetic: bool = Field(description="True: made up; nothing measured by it counts as met.")
    source: str = Field(min_length=1, description="Where it comes from; printed.")


class Overproduction(Facts):
    """What a mine dug beyond its quota in the year before; it is taken off the first year planned.

    Ore, as the register's own amounts are. Whether an excess is a serious one is decided by
    whoever lists it (国土资发〔2012〕44号).
    """

    amount: Quantity = Field(
        description="Ore beyond the quota, in any unit that becomes the right's own."
    )
    year: int = Field(ge=1990, le=2100, description="The year before the first one planned.")
    assumed: bool = Field(description="True: an assumption.")
    source: str = Field(min_length=1, description="Where it comes from; printed.")
