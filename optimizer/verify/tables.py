"""The printed CSV tables against the records they were printed from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from minequota.optimizer.verify.documents import UnreadableError
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.headers import TABLES, columns_of, split_counties
from minequota.optimizer.verify.printed_account import balance_table_faults, rules_table_faults
from minequota.optimizer.verify.printed_changes import changes_table_faults
from minequota.optimizer.verify.printed_flows import flows_table_faults
from minequota.optimizer.verify.printed_quotas import quota_faults
from minequota.optimizer.verify.printed_rights import issuance_table_faults, structure_table_faults
from minequota.optimizer.verify.printed_split import county_split_faults
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.sheet import Line, Printed, Sheet, plain, read_lines
from minequota.optimizer.verify.words import ROW_KIND, Lang, Speech
from minequota.scenarios.scenario import Scenario

FOLDER = "tables"
#: The table of flows, which is printed only where there are any.
FLOW_TABLE = 8
_NAME = re.compile(r"table([1-8])_.+\.csv")
Compare = Callable[[Sheet, Printed], list[Fault]]
COMPARE: dict[int, Compare] = {
    1: county_split_faults,
    2: quota_faults,
    3: issuance_table_faults,
    4: structure_table_faults,
    5: balance_table_faults,
    6: rules_table_faults,
    7: changes_table_faults,
    FLOW_TABLE: flows_table_faults,
}


def _titles(table: int, scenario: Scenario, records: Records, lang: Lang) -> dict[str, str]:
    """Return the key of each column by its printed title: Chinese, or a county's own title."""
    columns = columns_of(table, records)
    printed = {zh if lang == "zh" else en: zh for zh, en in columns}
    if table == 1:
        speech = Speech(scenario, lang)
        counties = split_counties(scenario.plan)
        printed |= {plain(speech.county(name)): name for name in counties}
    return printed


def _is_note(header: list[str], line: list[str], titles: dict[str, str], lang: Lang) -> bool:
    """Whether a line is one of the notes below a table: its text and nothing else."""
    if line[0] != ROW_KIND["note"][0 if lang == "zh" else 1]:
        return False
    cells = list(zip(header, line, strict=True))[2:]
    if any(cell for title, cell in cells if title in titles):
        raise UnreadableError("a note has figures")
    return True


def _read(path: Path, table: int, scenario: Scenario, records: Records) -> tuple[Lang, Sheet]:
    """Return the language and rows of a table; UnreadableError where columns are missing."""
    header, *lines = read_lines(path)
    lang: Lang = "zh" if header[0] == "行别" else "en"
    titles = _titles(table, scenario, records, lang)
    found = Counter(header)
    wrong = [title for title in titles if found[title] != 1]
    if wrong:
        raise UnreadableError(f"these columns are missing or stand twice: {', '.join(wrong)}")
    rows: list[Line] = [
        {titles[title]: cell for title, cell in zip(header, line, strict=True) if title in titles}
        for line in lines
        if not _is_note(header, line, titles, lang)
    ]
    return lang, Sheet(path.name, tuple(rows))


def table_faults(run: Path, scenario: Scenario, records: Records) -> list[Fault]:
    """Return what is missing, unreadable or different in the printed tables of a run."""
    folder = run / FOLDER
    files: dict[int, list[Path]] = {table: [] for table in TABLES}
    faults: list[Fault] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match is None:
            faults.append(fault("table_unknown", f"{FOLDER}/{path.name}"))
        else:
            files[int(match[1])].append(path)
    for table, paths in files.items():
        where = f"{FOLDER}/table{table}"
        wanted = 1 if table != FLOW_TABLE or len(records.flows) else 0
        if len(paths) != wanted:
            faults.append(fault("table_missing", where, number=len(paths), expected=wanted))
        if len(paths) != 1 or not wanted:
            continue
        try:
            lang, sheet = _read(paths[0], table, scenario, records)
        except UnreadableError as error:
            faults.append(fault("table_unreadable", f"{FOLDER}/{paths[0].name}", reason=error))
            continue
        faults += COMPARE[table](sheet, Printed(scenario, records, Speech(scenario, lang)))
    return faults
