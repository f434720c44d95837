"""From plain data to a typed model; every mistake as a problem with its place and repair."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from minequota.scenarios.documents.document import Document, holds
from minequota.scenarios.documents.messages import Text, choice, problem
from minequota.scenarios.documents.schema import annotation_at, fields_of, model_of
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.units import NotAQuantityError, UnknownUnitError

Model = TypeVar("Model", bound=BaseModel)

UNITS = ("吨", "千吨", "万吨", "亿吨", "千克", "立方米", "万立方米", "亿立方米")

_TYPES = {
    "string_type": "not_text",
    "int_type": "not_integer",
    "int_from_float": "not_integer",
    "int_parsing": "not_integer",
    "float_type": "not_number",
    "float_parsing": "not_number",
    "bool_type": "not_boolean",
    "bool_parsing": "not_boolean",
    "tuple_type": "not_list",
    "list_type": "not_list",
    "dict_type": "not_mapping",
    "model_type": "not_mapping",
    "model_attributes_type": "not_mapping",
}
# What the models' own checks say when one of two keys is asked for, by a word of theirs.
_EITHER = {
    "from_cap": "demand_amount",
    "times_base": "cap_amount",
    "comprehensive": "above_amount",
}
_BOUNDS = {
    "greater_than": ("gt", Text("大于 {}", "above {}")),
    "greater_than_equal": ("ge", Text("不小于 {}", "at least {}")),
    "less_than": ("lt", Text("小于 {}", "below {}")),
    "less_than_equal": ("le", Text("不大于 {}", "at most {}")),
}


def validate(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """Read the document as `model`; on mistakes return None and all of them."""
    try:
        # JSON mode takes lists for tuples and texts for enums, and is strict about all else.
        text = json.dumps(document.data, ensure_ascii=False, allow_nan=False)
        return model.model_validate_json(text, strict=True), []
    except ValidationError as error:
        return None, _problems(model, document, error)


def _problems(model: type[BaseModel], document: Document, error: ValidationError) -> list[Problem]:
    found: dict[tuple[KeyPath, str], Problem] = {}
    seen_values: set[KeyPath] = set()
    for line in error.errors(include_url=False):
        kind = line["type"]
        path = _written(document, line["loc"])
        if kind not in {"missing", "extra_forbidden"}:
            # A value that fails both parts of a union is one mistake.
            if path in seen_values:
                continue
            seen_values.add(path)
        key = str(line["loc"][-1]) if kind in {"missing", "extra_forbidden"} else ""
        found[path, key] = _problem(model, document, path, line)
    return list(found.values())


def _written(document: Document, loc: tuple[int | str, ...]) -> KeyPath:
    """Return the part of pydantic's location that the data has: no missing keys, no union tags."""
    value: Any = document.data
    path: list[str | int] = []
    for part in loc:
        if not holds(value, part):
            break
        value = value[part]
        path.append(part)
    return tuple(path)


def _problem(model: type[BaseModel], document: Document, path: KeyPath, line: Any) -> Problem:
    kind: str = line["type"]
    context: dict[str, Any] = line.get("ctx") or {}
    place = document.place(path)
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    value = document.at(path)

    if kind == "extra_forbidden":
        owner = model_of(annotation_at(model, path[:-1]))
        known = fields_of(owner) if owner else {}
        options = [one for one in known if one not in document.at(path[:-1])]
        return problem(
            "unknown_key",
            document.place(path, of_key=True),
            key=path[-1],
            choice=choice(str(path[-1]), options),
        )
    if kind == "missing":
        missing = str(line["loc"][-1])
        owner = model_of(annotation_at(model, path))
        info = fields_of(owner).get(missing) if owner else None
        about = (info.description or "") if info else ""
        return problem("missing_key", place, key=missing, about=Text("", about))
    if line["loc"] and line["loc"][-1] == "[key]":
        if kind == "int_parsing":
            return problem("year_key", document.place(path, of_key=True), key=path[-1])
        return problem(
            "unknown_key",
            document.place(path, of_key=True),
            key=path[-1],
            choice=choice(str(path[-1]), _expected(context)),
        )
    cause = context.get("error")
    if isinstance(cause, UnknownUnitError):
        unit = str(value).lstrip("-+0123456789.,eE 　").strip() if isinstance(value, str) else value
        return problem("unknown_unit", place, unit=unit, choice=choice(str(unit), UNITS))
    if isinstance(cause, NotAQuantityError) and value is not None:
        return problem("not_a_quantity", place, key=key, value=shown(value))
    if value is None:
        return problem("empty_value", place, key=key)
    if kind in _TYPES:
        return problem(_TYPES[kind], place, key=key, value=shown(value))
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        limit = f"{context[name]:.15g}"
        return problem(
            "out_of_range",
            place,
            key=key,
            value=shown(value),
            bound=Text(words.zh.format(limit), words.en.format(limit)),
        )
    if kind in {"literal_error", "enum"}:
        return problem(
            "not_one_of",
            place,
            key=key,
            value=shown(value),
            choice=choice(str(value), _expected(context)),
        )
    if kind == "string_pattern_mismatch":
        return problem(
            "bad_identifier", place, key=key, value=shown(value), pattern=context["pattern"]
        )
    if kind == "string_too_short":
        return problem("empty_text", place, key=key)
    if kind == "value_error":
        for word, code in _EITHER.items():
            if word in line["msg"]:
                return problem(code, place)
    return problem("invalid", place, key=key, value=shown(value), reason=line["msg"])


def _expected(context: dict[str, Any]) -> list[str]:
    """Return the options pydantic lists as ``'a', 'b' or 'c'``."""
    return str(context.get("expected", "")).replace(" or ", ", ").replace("'", "").split(", ")


def shown(value: object) -> str:
    """Return a value of a file as the file writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    return str(value)
