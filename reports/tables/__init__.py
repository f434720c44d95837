"""The tables of a run, one file each: seven, and an eighth where supply has places."""

from __future__ import annotations

from minequota.optimizer.allocation import Allocation
from minequota.reports.context import Context
from minequota.reports.table import Table
from minequota.reports.tables.balance import balance_table
from minequota.reports.tables.county_split import county_split
from minequota.reports.tables.flows import flow_table
from minequota.reports.tables.issuance import issuance_table
from minequota.reports.tables.quotas import quota_table
from minequota.reports.tables.register_changes import change_table
from minequota.reports.tables.rule_use import rule_table
from minequota.reports.tables.structure import structure_table
from minequota.reports.text import Lang
from minequota.scenarios.scenario import Scenario

BUILDERS = (
    county_split,
    quota_table,
    issuance_table,
    structure_table,
    balance_table,
    rule_table,
    change_table,
)


def build_tables(
    scenario: Scenario, allocation: Allocation, lang: Lang = "zh"
) -> tuple[Table, ...]:
    """Return tables 1 to 7 in order, and table 8 where there are flows."""
    context = Context(scenario, allocation, lang)
    builders = (*BUILDERS, flow_table) if allocation.flows else BUILDERS
    return tuple(builder(context) for builder in builders)
