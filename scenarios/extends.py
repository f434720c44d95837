"""Scenario files that extend another: the chain is read, each file laid over the one it names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from minequota.scenarios.documents.layers import lay_over
from minequota.scenarios.documents.messages import problem
from minequota.scenarios.documents.validation import shown
from minequota.scenarios.documents.yamlfile import YamlFile, read_yaml
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.layer_marks import mark_layer
from minequota.scenarios.library import locate_extended
from minequota.scenarios.question import Question
from minequota.scenarios.scenario import Change

EXTENDS = "extends"
# Files in one chain, the first included: more than anyone can follow.
MAX_FILES = 8
# A case has no effect before it is chosen, and is logged then; the format is the same in all.
_UNLOGGED = {"cases", "format"}


@dataclass(frozen=True)
class Extended:
    """A scenario's file with what it extends worked in, the files below it, and what it changed."""

    question: YamlFile
    below: tuple[Path, ...]
    changes: tuple[Change, ...]


def read_question(path: Path) -> Extended:
    """Read a scenario's file and the files it extends, one after the other.

    Raises
    ------
    InputError
        At the key `extends` of the file whose chain cannot be followed.
    """
    chain = [read_yaml(path)]
    while (key := chain[-1].data.get(EXTENDS)) is not None:
        chain.append(_next(key, chain))
    files = [_without_extends(one) for one in chain]
    changes: list[Change] = []
    whole = files[-1]
    for above in reversed(files[:-1]):
        whole, laid = lay_over(whole, above, Question)
        whole, noted = mark_layer(whole, above, laid)
        changes += [
            Change(f"extends:{above.path.name}", ".".join(map(str, one.path)), one.old, one.new)
            for one in (*laid, *noted)
            if one.path[0] not in _UNLOGGED
        ]
    return Extended(whole, tuple(one.path for one in chain[1:]), tuple(changes))


def _next(given: object, chain: list[YamlFile]) -> YamlFile:
    """Read the file that the last of a chain extends."""
    last = chain[-1]
    place = last.place((EXTENDS,), of_key=True)
    if not isinstance(given, str):
        raise InputError([problem("not_text", place, key=EXTENDS, value=shown(given))])
    if len(chain) == MAX_FILES:
        raise InputError([problem("extends_depth", place, value=given, limit=MAX_FILES)])
    found = locate_extended(given, last.path, place)
    if isinstance(found, Problem):
        raise InputError([found])
    if found.resolve() in [one.path.resolve() for one in chain]:
        circle = " → ".join((*(one.path.name for one in chain), found.name))
        raise InputError([problem("extends_circle", place, value=given, circle=circle)])
    try:
        return read_yaml(found)
    except InputError as error:
        if [one.code for one in error.problems] == ["file_missing"]:
            raise InputError([problem("extends_missing", place, value=given)]) from None
        raise


def _without_extends(file: YamlFile) -> YamlFile:
    return replace(file, data={key: one for key, one in file.data.items() if key != EXTENDS})
