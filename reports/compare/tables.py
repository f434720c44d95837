"""The printed tables of a comparison, in the order they are read."""

from __future__ import annotations

from minequota.reports.compare.comparison import Comparison
from minequota.reports.compare.table_inputs import input_table
from minequota.reports.compare.table_mines import mine_table
from minequota.reports.compare.table_outcomes import outcome_table
from minequota.reports.compare.table_rights import right_table
from minequota.reports.compare.table_zones import zone_table
from minequota.reports.table import Table
from minequota.reports.text import Lang


def build_tables(comparison: Comparison, lang: Lang) -> tuple[Table, ...]:
    """Return tables 1 to 5: inputs, outcomes, mines, zones, rights."""
    return (
        input_table(comparison, lang),
        outcome_table(comparison, lang),
        mine_table(comparison, lang),
        zone_table(comparison, lang),
        right_table(comparison, lang),
    )
