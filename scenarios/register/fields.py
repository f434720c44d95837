"""The data dictionary of the register, fields.csv: the same for loading, writing and docs."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Kind = Literal[
    "text",
    "county",
    "mineral",
    "area",
    "zone",
    "choice",
    "authority",
    "quantity",
    "date",
    "flag",
    "share",
    "density",
    "longitude",
    "latitude",
    "year",
    "provenance",
]


@dataclass(frozen=True)
class Field:
    """One field of a right as a register's column; `values` is word -> meaning.

    `written` says whether the canonical file has the column always, or only where a right fills
    it.
    """

    field: str
    type: Kind
    unit_kind: str
    required: bool
    written: Literal["always", "filled"]
    default: str
    headers_zh: tuple[str, ...]
    header_en: str
    description: str
    values: dict[str, str]

    @property
    def title(self) -> str:
        """The usual Chinese header."""
        return self.headers_zh[0]


@lru_cache(maxsize=1)
def fields() -> dict[str, Field]:
    """Return the dictionary's rows by field name, in their order."""
    text = files("minequota.scenarios.register").joinpath("fields.csv").read_text(encoding="utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines()):
        values: dict[str, str] = {}
        for entry in filter(None, row["values"].split(";")):
            meaning, words = entry.split("=")
            values[meaning] = meaning
            values.update({plain_text(word): meaning for word in words.split("|")})
        found[row["field"]] = Field(
            field=row["field"],
            type=row["type"],  # type: ignore[arg-type]
            unit_kind=row["unit_kind"],
            required=row["required"] == "yes",
            written="always" if row["written"] == "always" else "filled",
            default=row["default"],
            headers_zh=tuple(row["headers_zh"].split("|")),
            header_en=row["header_en"],
            description=row["description"],
            values=values,
        )
    return found


@lru_cache(maxsize=1)
def headers() -> dict[str, str]:
    """Return every header understood, in plain form, and the field it means."""
    known: dict[str, str] = {}
    for one in fields().values():
        for header in (one.field, one.header_en, *one.headers_zh):
            known[plain_text(header)] = one.field
    return known


def plain_text(text: str) -> str:
    """Return a header or value without blanks, full-width forms and capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()
