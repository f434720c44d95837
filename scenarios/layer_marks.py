"""What a file changes of the one it extends is marked like any altered figure.

A figure that the upper file sets, without its source, gains a note at the source it has below:
``（改为400 万吨）``. So does one that it sets in a case of the same name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from minequota.scenarios.documents.document import copied, holds
from minequota.scenarios.documents.layers import Laid
from minequota.scenarios.documents.yamlfile import KeyPath, YamlFile
from minequota.scenarios.marks import altered, assumable, source_of, told
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question

# cases, its name, set: what follows is a dotted path of the scenario or its plan.
_SET = ("cases", "set")
_OF_CASE = 3


def mark_layer(
    whole: YamlFile, above: YamlFile, laid: Sequence[Laid]
) -> tuple[YamlFile, list[Laid]]:
    """Note in the sources what `above` changed of the figures they speak of.

    Parameters
    ----------
    whole
        The file that both make together.
    above, laid
        The upper file, and what it changed.

    Returns
    -------
    tuple
        `whole` with its notes, and what the notes changed.
    """
    data = copied(whole.data)
    noted: list[Laid] = []

    def write(path: KeyPath, old: object, new: object) -> None:
        holder = data
        for part in path[:-1]:
            holder = holder[part]
        holder[path[-1]] = new
        noted.append(Laid(path, old, new))

    for one in laid:
        base, parts = _parts(one.path)
        of_plan = parts[:1] == ("plan",)
        model, found = (Plan, parts[1:]) if of_plan else (Question, parts)
        source = source_of(model, ".".join(parts), found) if found else None
        how = told(model, found, one.new) if source is not None else None
        if source is None or how is None:
            continue
        at = _written(data, base, tuple(source[0].split(".")))
        # Without a source below, a case is marked where it is chosen.
        if at is None or not isinstance(old := _value(data, at), str):
            continue
        if _written(above.data, base, tuple(source[0].split("."))) is not None:
            continue
        write(at, old, old + altered(*source, how, "").note)
        if assumable(model, tuple(source[0].split("."))[of_plan:]):
            head, dot, _ = str(at[-1]).rpartition(".")
            assumed = (*at[:-1], f"{head}{dot}assumed")
            if (given := _value(data, assumed)) is not True:
                write(assumed, given, True)
    return replace(whole, data=data), _merged(noted)


def _parts(path: KeyPath) -> tuple[KeyPath, tuple[str, ...]]:
    """Return where the paths of a layer's change begin, and the parts of this one."""
    of_case = len(path) > _OF_CASE and (path[0], path[2]) == _SET
    base = path[:_OF_CASE] if of_case else ()
    return base, tuple(".".join(map(str, path[len(base) :])).split("."))


def _written(data: Any, base: KeyPath, parts: tuple[str, ...]) -> KeyPath | None:
    """Return where the value at a dotted path is written; None where it is not.

    Below `base`, in a case, the path's first parts are one key.
    """
    for end in range(len(parts), 0, -1) if base else (1,):
        at = (*base, ".".join(parts[:end]), *parts[end:])
        holder = _value(data, at[:-1])
        if isinstance(holder, dict) and holds(holder, at[-1]):
            return at
    return None


def _value(data: Any, path: KeyPath) -> Any:
    for part in path:
        if not holds(data, part):
            return None
        data = data[part]
    return data


def _merged(noted: Sequence[Laid]) -> list[Laid]:
    """Return one change for each path: what it was first, and what it is now."""
    first: dict[KeyPath, Laid] = {}
    for one in noted:
        first[one.path] = replace(first.get(one.path, one), new=one.new)
    return list(first.values())
