"""One YAML file laid over another: mappings entry by entry, everything else replaced.

Every value keeps the place, and the file, in which it is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from minequota.scenarios.documents.document import copied, same
from minequota.scenarios.documents.schema import (
    annotation_at,
    default_at,
    fields_of,
    model_of,
    takes_entries,
)
from minequota.scenarios.documents.yamlfile import KeyPath, Mark, YamlFile


@dataclass(frozen=True)
class Laid:
    """One entry that the upper file changed: the value below it, and the one that holds now."""

    path: KeyPath
    old: object
    new: object


@dataclass
class _Layers:
    model: type[BaseModel]
    laid: list[Laid] = field(default_factory=list)
    covered: set[KeyPath] = field(default_factory=set)
    removed: set[KeyPath] = field(default_factory=set)

    def lay(self, below: dict[str, Any], above: dict[str, Any], path: KeyPath) -> dict[str, Any]:
        """Return the entries of both; those above win."""
        result = dict(below)
        for key, new in above.items():
            at = (*path, key)
            old = copied(below[key]) if key in below else self._default(path, key)
            if isinstance(old, dict) and isinstance(new, dict):
                entries = key in below or takes_entries(annotation_at(self.model, at))
                # The keys of a group have each their own default; those of a mapping are it.
                result[key] = self.lay(old if entries else {}, new, at)
                continue
            self.covered.add(at)
            if new is None and self._optional(path, key, below):
                self.removed.add(at)
                result.pop(key, None)
                new = self._default(path, key)
            else:
                result[key] = copied(new)
            self._log(at, old, new)
        return result

    def _default(self, path: KeyPath, key: str) -> object:
        """Return what holds where no file writes the key; an entry of a free mapping has none."""
        inner = model_of(annotation_at(self.model, path))
        return None if inner is None else copied(default_at(inner, (key,)))

    def _optional(self, path: KeyPath, key: str, below: dict[str, Any]) -> bool:
        """Whether a key may be taken away: of a model by its default, of a free mapping if there.

        What a free mapping does not have is a mistyped name.
        """
        annotation = annotation_at(self.model, path)
        inner = model_of(annotation)
        if inner is not None:
            known = fields_of(inner).get(key)
            return known is not None and not known.is_required()
        return key in below and takes_entries(annotation)

    def _log(self, path: KeyPath, old: object, new: object) -> None:
        if not same(old, new):
            self.laid.append(Laid(path, copied(old), copied(new)))


def lay_over(
    below: YamlFile, above: YamlFile, model: type[BaseModel]
) -> tuple[YamlFile, list[Laid]]:
    """Return the file that both make together, as `above`, and what `above` changed.

    A null above takes away an entry below that may be left out.
    """
    layers = _Layers(model)
    data = layers.lay(below.data, above.data, ())
    marks = (
        _marks(below.keys, above.keys, below.path, layers),
        _marks(below.values, above.values, below.path, layers),
    )
    return YamlFile(above.path, above.label, data, *marks), layers.laid


def _marks(
    below: dict[KeyPath, Mark], above: dict[KeyPath, Mark], path: Path, layers: _Layers
) -> dict[KeyPath, Mark]:
    def covered(at: KeyPath, by: set[KeyPath]) -> bool:
        return any(at[:end] in by for end in range(1, len(at) + 1))

    kept = {
        at: mark if mark.path is not None else replace(mark, path=path)
        for at, mark in below.items()
        if not covered(at, layers.covered)
    }
    return kept | {at: mark for at, mark in above.items() if not covered(at, layers.removed)}
