"""Reading single cells of a register: numbers, dates, yes and no, words of a list."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime

_NUMBER = re.compile(r"[-+]?(\d+(,\d{3})*|\d*)(\.\d*)?([eE][-+]?\d{1,3})?")
_DATE = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?")
_DAYS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_PERIOD = re.compile(r"[至到~～—]|--")

# How tables write "nothing".
NOTHING = {"", "-", "—", "－", "/", "／", "无数据", "暂无"}
SHEET_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"}


def cell_text(value: object) -> str:
    """Return a cell as trimmed text: whole numbers without decimals, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip().strip("\u3000\ufeff\u200b").strip()


def parse_number(text: str) -> float | None:
    """Return the finite number a text is, full-width digits and separators allowed."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not plain or not any(one.isdigit() for one in plain) or not _NUMBER.fullmatch(plain):
        return None
    try:
        number = float(plain.replace(",", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def parse_date(text: str) -> date | None:
    """Return the day a text names; of a period its end."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = _TIME.sub("", _PERIOD.split(plain)[-1].strip()).replace(" ", "")
    match = _DATE.fullmatch(plain) or _DAYS.fullmatch(plain)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
