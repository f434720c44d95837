"""The years of a scenario: which are planned, and what a right can yield in each."""

from __future__ import annotations

from dataclasses import dataclass

from minequota.scenarios.question import Question


@dataclass(frozen=True)
class Horizon:
    """The planned years; in mode `target_state` one, in which everything yields at once."""

    years: tuple[int, ...]
    calendar: bool
    lead_time: int
    ramp_up: tuple[float, ...]

    @property
    def first(self) -> int:
        """The first planned year."""
        return self.years[0]

    @property
    def last(self) -> int:
        """The last planned year."""
        return self.years[-1]

    def due(self, year: float | None) -> int | None:
        """Return the first planned year not before `year`; None where that lies beyond."""
        if year is None or year != year:
            return None
        return next((one for one in self.years if one >= year), None)

    def new_share(self, issued: int, year: int, yields_from: int | None) -> float:
        """Return the share of its capacity that a right issued in `issued` has in `year`."""
        if year < issued:
            return 0.0
        if not self.calendar:
            return 1.0
        if yields_from is not None:
            return float(year >= yields_from)
        age = year - issued - self.lead_time
        if age < 0:
            return 0.0
        return self.ramp_up[age] if age < len(self.ramp_up) else 1.0

    def merged_share(self, merged: int, year: int, yields_from: int | None) -> float:
        """Return the share of its capacity that a right merged in `merged` has in `year`."""
        waits = self.calendar and yields_from is not None and year < yields_from
        return float(year >= merged and not waits)

    def enlarged(self, decided: int, year: int, yields_from: int | None) -> bool:
        """Whether what was added to a right's capacity in `decided` can be used in `year`."""
        if not self.calendar:
            return year >= decided
        return year >= max(decided, yields_from or decided + self.lead_time)

    def first_new(self, issued: int, yields_from: int | None) -> int:
        """Return the first year in which a right issued in `issued` may produce."""
        if not self.calendar:
            return issued
        if yields_from is not None:
            return max(issued, yields_from)
        idle = next((at for at, share in enumerate(self.ramp_up) if share > 0), len(self.ramp_up))
        return issued + self.lead_time + idle

    def first_merged(self, merged: int, yields_from: int | None) -> int:
        """Return the first year in which a right merged in `merged` may produce."""
        return max(merged, yields_from or merged) if self.calendar else merged

    def first_enlarged(self, decided: int, yields_from: int | None) -> int:
        """Return the first year in which an enlarged capacity can be used."""
        if not self.calendar:
            return decided
        return max(decided, yields_from or decided + self.lead_time)


def horizon_of(question: Question) -> Horizon:
    """Return the years a question plans."""
    calendar = question.mode == "calendar"
    first = question.first_year if calendar and question.first_year else question.year
    return Horizon(
        years=tuple(range(first, question.year + 1)),
        calendar=calendar,
        lead_time=question.options.lead_time,
        ramp_up=question.options.ramp_up,
    )
