"""What a plan limits: output, numbers of rights and holders, and the share of larger ones."""

from __future__ import annotations

from pydantic import Field, model_validator

from minequota.scenarios.facts import Attribute, Basis, Indicator, Name, Scope, Sourced, Use, Years
from minequota.scenarios.units import Quantity


class Cap(Indicator):
    """A limit on one product's yearly output in a place and everything below it."""

    product: str
    county: str | None = Field(default=None, description="None: the whole jurisdiction.")
    amount: Quantity | None = Field(
        default=None, description="The figure; None where it is `times_base`."
    )
    times_base: float | None = Field(
        default=None,
        gt=0,
        description="The figure as a multiple of base-year output, a scenario's `base_outputs`.",
    )
    basis: Basis | None = Field(
        default=None, description="Basis of the figure; the product's own where None."
    )
    use: Use | None = Field(
        default=None, description="Main or comprehensive use only; both where None."
    )
    main_indicator: bool = Field(
        default=False, description="Stands in the plan's table of main indicators."
    )

    @model_validator(mode="after")
    def _one_figure(self) -> Cap:
        if (self.amount is None) == (self.times_base is None):
            raise ValueError("Expected exactly one of `amount` and `times_base`.")
        return self


class HandedDown(Sourced):
    """A yearly figure the plan leaves to a higher authority: no figure, no quota (待下达)."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Name
    product: str
    attribute: Attribute
    years: Years
    issuer: str = Field(description="Who hands it down, as the plan says.")


class NoAllotment(Sourced):
    """A county the decomposition leaves blank or does not list: its allotment is zero."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    product: str
    counties: tuple[str, ...]
    attribute: Attribute
    years: Years


class Count(Indicator):
    """A limit on the number of rights held at the end of a year."""

    limit: int | None = Field(
        default=None,
        ge=0,
        description="None: the plan prints no figure, and the scenario's `figures` must.",
    )
    scope: Scope = Scope()
    pools: tuple[str, ...] = Field(
        default=(),
        description="Counts this one replaces where the scenario pools them (市级统筹).",
    )


class HolderLimit(Indicator):
    """A limit on how many holders (groups, 集团) hold the rights of a scope."""

    limit: int = Field(ge=1)
    scope: Scope = Scope()


class Ratio(Indicator):
    """A share of large and medium rights among all rights held."""

    share: float = Field(gt=0, le=1)
    scope: Scope = Scope()
