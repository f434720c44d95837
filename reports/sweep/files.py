"""The table of cases as Parquet and CSV, checked after writing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minequota.optimizer.sweep.job import Value
from minequota.reports import text
from minequota.reports.numbers import SIGNIFICANT_DIGITS
from minequota.reports.safe_text import guarded
from minequota.reports.sweep.columns import Cases, TableColumn
from minequota.reports.text import Lang

if TYPE_CHECKING:
    import pyarrow

FORMAT = "minequota-sweep/1"
PARQUET, CSV = "cases.parquet", "cases.csv"


class UnlikeTableError(Exception):
    """What was read back is not what was written: a fault of the program or of the disk."""


def write_parquet(cases: Cases, folder: Path, about: Mapping[str, object]) -> Path:
    """Write the table of cases as Parquet, read it back and compare.

    Parameters
    ----------
    about
        Stands in the file's metadata, each as JSON, besides the format.

    Raises
    ------
    UnlikeTableError
        When the file does not hold what was to be written.
    """
    import pyarrow
    import pyarrow.parquet

    metadata = {"format": FORMAT} | {
        key: json.dumps(value, ensure_ascii=False) for key, value in about.items()
    }
    schema = pyarrow.schema([_field(column) for column in cases.columns], metadata=metadata)
    arrays = [
        pyarrow.array(cases.values(column.name), type=field.type)
        for column, field in zip(cases.columns, schema, strict=True)
    ]
    table = pyarrow.Table.from_arrays(arrays, schema=schema)
    path = folder / PARQUET
    # Stated, not left to the version: the same table is the same bytes.
    pyarrow.parquet.write_table(
        table, path, version="2.6", compression="zstd", row_group_size=10_000
    )
    with pyarrow.parquet.ParquetFile(path) as file:
        read = file.read()
    same = read.schema.equals(schema, check_metadata=True) and read.num_rows == len(cases.rows)
    if not same or any(
        read.column(column.name).to_pylist() != cases.values(column.name)
        for column in cases.columns
    ):
        raise UnlikeTableError(f"{PARQUET} does not hold what was written into it.")
    return path


def _field(column: TableColumn) -> pyarrow.Field[Any]:
    import pyarrow

    types = {
        "text": pyarrow.string(),
        "whole": pyarrow.int64(),
        "number": pyarrow.float64(),
        "yes_no": pyarrow.bool_(),
    }
    said = {
        "title": column.title.zh,
        "title_en": column.title.en,
        "unit": column.unit,
        "unit_en": text.unit(column.unit, "en") if column.unit else "",
        "basis": column.basis,
        "meaning": column.meaning,
    }
    return pyarrow.field(column.name, types[column.kind], metadata=said)


def csv_text(cases: Cases, lang: Lang) -> str:
    """Return the table of cases as CSV without the byte order mark, its titles in `lang`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(column.heading(lang)) for column in cases.columns])
    for row in cases.rows:
        writer.writerow([_cell(row.get(column.name)) for column in cases.columns])
    return out.getvalue()


def write_csv(cases: Cases, folder: Path, lang: Lang) -> Path:
    """Write the table of cases as CSV that Excel and WPS open rightly."""
    path = folder / CSV
    path.write_bytes(csv_text(cases, lang).encode("utf-8-sig"))
    return path


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guarded(value)
    return f"{value:.{SIGNIFICANT_DIGITS}g}" if isinstance(value, float) else str(value)
