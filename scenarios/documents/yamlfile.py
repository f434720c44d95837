"""One YAML file as plain data, with the line and column of every key and value.

The reading is stricter than YAML on purpose: no anchors, no tags, no key twice, no dates, no
words for true and false but those two, and numbers as JSON knows them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from minequota.scenarios.documents.messages import problem
from minequota.scenarios.documents.shelf import open_shelf
from minequota.scenarios.errors import InputError, Problem

KeyPath = tuple[str | int, ...]

MAX_BYTES = 5_000_000
MAX_DEPTH = 30
MAX_NODES = 500_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"[-+]?(\d+|\d+\.\d*|\.\d+)([eE][-+]?\d+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE)


@dataclass(frozen=True)
class Mark:
    """A place in a text file, counted from 1; of another file than its owner's with `path`."""

    line: int
    column: int
    path: Path | None = None


@dataclass(frozen=True)
class YamlFile:
    """The content of one file; `keys` and `values` say where each key path is written."""

    path: Path
    label: str
    data: Any
    keys: dict[KeyPath, Mark]
    values: dict[KeyPath, Mark]

    def place(self, path: KeyPath = (), *, of_key: bool = False) -> str:
        """Return `file:line:column` of a path, or of the nearest written parent."""
        marks = self.keys if of_key else self.values
        for end in range(len(path), -1, -1):
            mark = marks.get(path[:end]) or self.values.get(path[:end])
            if mark is not None:
                label = self.label if mark.path is None else label_of(mark.path)
                return f"{label}:{mark.line}:{mark.column}"
        return self.label

    def path_of(self, path: KeyPath) -> Path:
        """Return the file in which the value at a path is written."""
        mark = self.values.get(path)
        return self.path if mark is None or mark.path is None else mark.path


def label_of(path: Path) -> str:
    """Return `path` as it is shown to the user: relative where it lies below the folder."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def read_bytes(path: Path, limit: int) -> bytes:
    """Return the file's bytes; InputError when it is missing, unreadable or over `limit`."""
    label = label_of(path)
    shelf = open_shelf()
    content = shelf.get(path) if shelf is not None else None
    if content is None:
        if shelf is not None and shelf.stands_for(path):
            raise InputError([problem("file_missing", label)])
        content = _from_disk(path, limit, label)
    if len(content) > limit:
        size = f"{(path.stat().st_size if path.exists() else len(content)) / 1e6:.1f} MB"
        raise InputError([problem("file_too_large", label, size=size, limit=f"{limit / 1e6:g} MB")])
    if shelf is not None:
        shelf.keep(path, content)
    return content


def _from_disk(path: Path, limit: int, label: str) -> bytes:
    try:
        if path.is_dir():
            raise InputError([problem("file_missing", label)])
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError:
        raise InputError([problem("file_missing", label)]) from None
    except OSError as error:
        raise InputError(
            [problem("file_unreadable", label, reason=error.strerror or error)]
        ) from None


def read_yaml(path: Path) -> YamlFile:
    """Read a YAML file whose top level is a mapping.

    Raises
    ------
    InputError
        With every problem of syntax found; broken syntax hides what follows it.
    """
    content = read_bytes(path, MAX_BYTES)
    label = label_of(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError([problem("not_utf8", label)]) from None
    return parse_yaml(text, path, label)


def parse_yaml(text: str, path: Path, label: str) -> YamlFile:
    """Read YAML from a text; `path` and `label` say whose it is."""
    root = _composed(text, label)
    if not isinstance(root, yaml.MappingNode):
        raise InputError([problem("yaml_empty", f"{label}:1:1")])
    reader = _Reader(label)
    data = reader.read(root, ())
    if reader.problems:
        raise InputError(reader.problems)
    return YamlFile(path, label, data, reader.keys, reader.values)


def parse_value(text: str, label: str) -> Any:
    """Read one value, as it would stand behind a key; `label` says where it is given."""
    root = _composed(text, label)
    if root is None:
        return None
    reader = _Reader(label)
    data = reader.read(root, ())
    if reader.problems:
        raise InputError(reader.problems)
    return data


def _composed(text: str, label: str) -> yaml.Node | None:
    # The events come first: they are flat, so neither depth nor aliases can hurt.
    depth = nodes = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            at = event.start_mark
            place = label if at is None else f"{label}:{at.line + 1}:{at.column + 1}"
            nodes += 1
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise InputError([problem("yaml_alias", place)])
            if (tag := getattr(event, "tag", None)) is not None:
                raise InputError([problem("yaml_tag", place, tag=tag)])
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                raise InputError([problem("yaml_depth", place, limit=MAX_DEPTH)])
            if nodes > MAX_NODES:
                raise InputError([problem("yaml_size", place, limit=MAX_NODES)])
        return yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = label if mark is None else f"{label}:{mark.line + 1}:{mark.column + 1}"
        raise InputError([problem("yaml_syntax", place, reason=error.problem)]) from None
    except yaml.YAMLError as error:
        raise InputError([problem("yaml_syntax", label, reason=error)]) from None


class _Reader:
    """Turns composed nodes into data and remembers where each stood."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.keys: dict[KeyPath, Mark] = {}
        self.values: dict[KeyPath, Mark] = {}
        self.problems: list[Problem] = []

    def read(self, node: yaml.Node, path: KeyPath) -> Any:
        self.values[path] = _mark(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(one, (*path, index)) for index, one in enumerate(node.value)]
        return self._scalar(node) if isinstance(node, yaml.ScalarNode) else None

    def _place(self, node: yaml.Node) -> str:
        mark = _mark(node)
        return f"{self.label}:{mark.line}:{mark.column}"

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
                self.problems.append(problem("yaml_key", self._place(key_node)))
                continue
            key = key_node.value
            if key in data:
                first = self.keys[(*path, key)].line
                self.problems.append(
                    problem("yaml_twice", self._place(key_node), key=key, line=first)
                )
                continue
            self.keys[(*path, key)] = _mark(key_node)
            data[key] = self.read(value_node, (*path, key))
        return data

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        text: str = node.value
        if node.style:
            return text
        value = plain_scalar(text)
        if isinstance(value, float) and not math.isfinite(value):
            self.problems.append(problem("yaml_number", self._place(node), value=text))
            return None
        return value


def plain_scalar(text: str) -> str | int | float | bool | None:
    """Return what a text without quotes stands for."""
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    if _NOT_FINITE.fullmatch(text):
        return math.nan
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    digits = match[1]
    if digits.isdigit() and (len(digits) > 18 or (digits[0] == "0" and len(digits) > 1)):
        # A code, not a count: it stays whole as text and fails where a number is asked.
        return text
    if digits.isdigit() and match[2] is None:
        return int(text)
    return float(text)


def _mark(node: yaml.Node) -> Mark:
    return Mark(node.start_mark.line + 1, node.start_mark.column + 1)
