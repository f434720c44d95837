"""A YAML file's content on its way to a model: changeable, with a place for every value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minequota.scenarios.documents.yamlfile import KeyPath, YamlFile


def holds(value: Any, part: str | int) -> bool:
    """Whether a mapping or list has an entry at `part`."""
    if isinstance(value, dict):
        return part in value
    return isinstance(value, list) and isinstance(part, int) and part < len(value)


def copied(value: Any) -> Any:
    """Return an independent copy of plain data; `copy.deepcopy` takes ten times as long."""
    if isinstance(value, dict):
        return {key: copied(one) for key, one in value.items()}
    if isinstance(value, list):
        return [copied(one) for one in value]
    return value


def same(one: object, other: object) -> bool:
    """Whether two plain values mean the same: 1 and 1.0 do, 1 and true do not."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other


@dataclass(frozen=True)
class Moved:
    """Where a changed value is written: from the rest of its path to a place, and the file."""

    place: Callable[[KeyPath], str]
    path: Path | None = None


@dataclass
class Document:
    """The data of one file with the changes of the cases applied.

    `moved` says for a changed path where its new value is written.
    """

    file: YamlFile
    data: dict[str, Any] = field(default_factory=dict)
    moved: dict[KeyPath, Moved] = field(default_factory=dict)

    @classmethod
    def of(cls, file: YamlFile) -> Document:
        """Return the document of a file as it is written."""
        return cls(file, copied(file.data))

    def place(self, path: KeyPath = (), *, of_key: bool = False) -> str:
        """Return where the value at `path` (or its key) is written."""
        for end in range(len(path), 0, -1) if self.moved else ():
            if path[:end] in self.moved:
                return self.moved[path[:end]].place(path[end:])
        return self.file.place(path, of_key=of_key)

    def path_of(self, path: KeyPath) -> Path:
        """Return the file that a value is written in: what it names lies beside it."""
        moved = self.moved.get(path)
        return moved.path if moved is not None and moved.path else self.file.path_of(path)

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
        return Document(self.file, copied(self.data), dict(self.moved))
