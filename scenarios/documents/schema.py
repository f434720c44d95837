"""Walking the typed models by key path: which keys a place may hold, and what they mean."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from minequota.scenarios.documents.document import copied, holds
from minequota.scenarios.documents.yamlfile import KeyPath

# How the entries of a list are addressed, the first of these their model has.
IDENTITIES = ("id", "code", "name", "mineral", "area", "kind")


def bare(annotation: Any) -> Any:
    """Return the annotation without `Annotated` and without "or None"."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in {Union, types.UnionType}:
        parts = [part for part in get_args(annotation) if part is not type(None)]
        return bare(parts[0])
    return annotation


def model_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model an annotation stands for, if it is one."""
    plain = bare(annotation)
    return plain if isinstance(plain, type) and issubclass(plain, BaseModel) else None


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return a model's fields by the key a file uses for them."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def entry_of(annotation: Any) -> Any:
    """Return what a list or a free mapping holds; None when it is neither."""
    plain = bare(annotation)
    if get_origin(plain) is tuple:
        return get_args(plain)[0]
    if get_origin(plain) is dict:
        return get_args(plain)[1]
    return None


def is_list(annotation: Any) -> bool:
    """Whether the annotation is a list of one kind of entry."""
    return get_origin(bare(annotation)) is tuple


def identity_of(annotation: Any) -> str | None:
    """Return the key that names the entries of a list, or None."""
    model = model_of(entry_of(annotation)) if entry_of(annotation) is not None else None
    if model is None:
        return None
    return next((key for key in IDENTITIES if key in model.model_fields), None)


def annotation_at(model: type[BaseModel], path: KeyPath) -> Any:
    """Return the annotation of a key path, or None where the models know no such path."""
    annotation: Any = model
    for part in path:
        if (inner := model_of(annotation)) is not None:
            info = fields_of(inner).get(str(part))
            if info is None:
                return None
            annotation = info.annotation
        elif (entry := entry_of(annotation)) is not None:
            annotation = entry
        else:
            return None
    return annotation


def default_at(model: type[BaseModel], path: KeyPath) -> object:
    """Return the plain value that holds where a file does not write `path`; None if none does."""
    value: object = None
    annotation: Any = model
    for position, part in enumerate(path):
        inner = model_of(annotation)
        if inner is None or str(part) not in fields_of(inner):
            return None
        info = fields_of(inner)[str(part)]
        annotation = info.annotation
        if not info.is_required():
            value = info.get_default(call_default_factory=True)
            return _inside(value, path[position + 1 :])
    return value


def standing_at(model: type[BaseModel], data: Any, path: KeyPath) -> object:
    """Return an independent copy of the plain value that holds at `path` of a file's `data`.

    What is not written has the default of the innermost group that is; an entry that a written
    mapping does not have has none.
    """
    value = data
    for position, part in enumerate(path):
        if not holds(value, part):
            inner = model_of(annotation_at(model, path[:position]))
            return None if inner is None else copied(default_at(inner, path[position:]))
        value = value[part]
    return copied(value)


def takes_entries(annotation: Any) -> bool:
    """Whether the annotation is a free mapping, whose entries may come and go."""
    return entry_of(annotation) is not None and not is_list(annotation)


def _inside(value: object, path: KeyPath) -> object:
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", by_alias=True)
    for part in path:
        if not isinstance(value, dict) or part not in value:
            return None
        value = value[part]
    return list(value) if isinstance(value, tuple) else value
