"""What a scenario says of demand: how much, where, and what meets it from elsewhere."""

from __future__ import annotations

from pydantic import Field, model_validator

from minequota.scenarios.facts import Facts, Name
from minequota.scenarios.units import Quantity


class ByProductSource(Facts):
    """What waste rock, tailings or spoil of other mines can yield of a product."""

    minerals: tuple[str, ...] = Field(
        min_length=1, description="Minerals whose ore comes with it; its output bounds the supply."
    )
    ore_unit: str = Field(default="万吨", description="Unit of that ore in `per_ore`.")
    per_ore: Quantity = Field(
        description="Product for each `ore_unit` of that ore, such as 0.2 万立方米."
    )
    assumed: bool = Field(description="True: an assumption.")
    source: str = Field(min_length=1, description="Where the yield comes from; printed.")


class Demand(Facts):
    """Demand for one product over the year, and what meets it from outside the mines."""

    amount: Quantity | None = Field(default=None, description="Or `from_cap: true`.")
    from_cap: bool = Field(
        default=False, description="The product's cap, net of holdback, is taken as its demand."
    )
    imports: Quantity | None = Field(default=None, description="What comes in from elsewhere.")
    by_product: Quantity | None = Field(
        default=None, description="What by-products, tailings and waste supply."
    )
    by_year: dict[int, Quantity] = Field(
        default={}, description="Calendar mode: demand of single years, where it differs."
    )
    by_product_from: tuple[ByProductSource, ...] = Field(
        default=(), description="Supply that grows with the output of other mines."
    )
    places: dict[str, Quantity] = Field(
        default={},
        description="Demand by demand centre; must add up to `amount`. Needs `transport`.",
    )
    priority: int = Field(default=1, ge=1, le=9, description="1 is met first.")
    assumed: bool = Field(description="True: an assumption, not a figure of a plan or survey.")
    source: str = Field(min_length=1, description="Where the figure comes from; printed.")

    @model_validator(mode="after")
    def _one_amount(self) -> Demand:
        if (self.amount is None) == (not self.from_cap):
            raise ValueError("Expected exactly one of `amount` and `from_cap: true`.")
        return self


class Centre(Facts):
    """A place that asks for products."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="Its name in paths.")
    name: Name = Field(description="Its name in the tables.")
    longitude: float | None = Field(default=None, ge=-180, le=180, description="Degrees east.")
    latitude: float | None = Field(default=None, ge=-90, le=90, description="Degrees north.")


class Transport(Facts):
    """Where products go: centres, distances, reach and unit costs."""

    centres: tuple[Centre, ...] = Field(description="The demand centres.")
    distances: dict[str, dict[str, float]] = Field(
        default={},
        description=(
            "From a licence, candidate id, zone code or county (the first that is found counts) "
            "to centres, in km. Without one the coordinates decide."
        ),
    )
    road_factor: float = Field(
        default=1.3, ge=1, le=3, description="Road kilometres per kilometre as the crow flies."
    )
    reach: dict[str, float] = Field(
        default={}, description="Product: farthest it is carried, in km; no limit if unlisted."
    )
    cost_per_unit_km: dict[str, float] = Field(
        default={}, description="Product: yuan for one base unit of it and one km."
    )
    assumed: bool = Field(description="True: an assumption.")
    source: str = Field(min_length=1, description="Where it comes from; printed.")


class Costs(Facts):
    """Costs of the goal cost, in 万元; what is not given costs nothing."""

    opening: dict[str, float] = Field(
        default={}, description="Product: cost of opening one new right, in 万元."
    )
    expansion: dict[str, float] = Field(default={}, description="Expansion id: its cost, in 万元.")
    assumed: bool = Field(description="True: an assumption.")
    source: str = Field(min_length=1, description="Where it comes from; printed.")
