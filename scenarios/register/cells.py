"""Reading single cells of a register: numbers, dates, yes and no, words of a list."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime

_NUMBER = re.compile(r"[-+]?(\d+(,\d{3})*|\d*)(\.\d*)?([eE][-+]?\d{1,3})?")
_DATE = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?")
_DAYS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_PERIOD = re.compile(r"[至到~～—]|--")
_YEAR = re.compile(r"(\d{4})(?:年|[-/.年]\d{1,2}月?)?[初底末]?")
_DEGREES = re.compile(
    r"(?:东经|北纬|[EN])?(-?\d{1,3}(?:\.\d+)?)"
    r"(?:[°度](?:(\d{1,2}(?:\.\d+)?)['分](?:(\d{1,2}(?:\.\d+)?)[\"秒]?)?)?)?[EN]?"
)
# Every sign tables use for minutes and seconds; NFKC makes two primes of a double prime.
_SIGNS = {"º": "°", "˚": "°", "′′": '"', "''": '"', "”": '"', "“": '"', "′": "'", "’": "'"}
_SEXAGESIMAL = 60

# What a share may be counted in, and how many of it make the whole.
PER_WHOLE = {"%": 100.0}
PER_WHOLE_OF_ORE = PER_WHOLE | dict.fromkeys(("克/吨", "g/t", "克/t", "g/吨", "ppm"), 1_000_000.0)
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


def parse_share(text: str, units: Mapping[str, float], per: float = 1.0) -> float | None:
    """Return the share a text is, in one of `units` or in the column's `per`; None if no number."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    for unit, whole in units.items():
        if plain.endswith(unit):
            plain, per = plain.removesuffix(unit), whole
            break
    number = parse_number(plain)
    return None if number is None else number / per


def parse_year(text: str) -> int | None:
    """Return the year a text names; of a day or month its year."""
    day = parse_date(text)
    if day is not None:
        return day.year
    match = _YEAR.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    return int(match[1]) if match else None


def parse_degrees(text: str) -> float | None:
    """Return decimal degrees: ``123.2583``, ``123°15′30″``, ``东经123度15分30秒``."""
    plain = "".join(unicodedata.normalize("NFKC", text.replace("º", "°")).split())
    for sign, usual in _SIGNS.items():
        plain = plain.replace(sign, usual)
    match = _DEGREES.fullmatch(plain)
    if match is None:
        return None
    degrees, minutes, seconds = (float(part or 0) for part in match.groups())
    if minutes >= _SEXAGESIMAL or seconds >= _SEXAGESIMAL:
        return None
    return degrees + minutes / _SEXAGESIMAL + seconds / _SEXAGESIMAL**2
