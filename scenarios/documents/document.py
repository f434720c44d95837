"""A YAML file's content on its way to a model: changeable, with a place for every value."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from minequota.scenarios.documents.yamlfile import KeyPath, YamlFile


def holds(value: Any, part: str | int) -> bool:
    """Whether a mapping or list has an entry at `part`."""
    if isinstance(value, dict):
        return part in value
    return isinstance(value, list) and isinstance(part, int) and part < len(value)


@dataclass
class Document:
    """The data of one file with the changes of the cases applied.

    `moved` says for a changed path where its new value is written: a function from the rest of
    the path to a place.
    """

    file: YamlFile
    data: dict[str, Any] = field(init=False)
    moved: dict[KeyPath, Callable[[KeyPath], str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.data = copy.deepcopy(self.file.data)

    def place(self, path: KeyPath = (), *, of_key: bool = False) -> str:
        """Return where the value at `path` (or its key) is written."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.moved:
                return self.moved[path[:end]](path[end:])
        return self.file.place(path, of_key=of_key)

    def at(self, path: KeyPath) -> Any:
        """Return the value at `path`, or None where nothing is written."""
        value: Any = self.data
        for part in path:
            if not holds(value, part):
                return None
            value = value[part]
        return value

    def copy(self) -> Document:
        """Return an independent copy."""
        other = Document(self.file)
        other.data = copy.deepcopy(self.data)
        other.moved = dict(self.moved)
        return other
