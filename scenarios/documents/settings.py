"""``--set PATH=VALUE``: overrides as the command line gives them."""

from __future__ import annotations

from collections.abc import Iterable

from minequota.scenarios.documents.messages import problem
from minequota.scenarios.documents.overrides import SET
from minequota.scenarios.documents.yamlfile import parse_value
from minequota.scenarios.errors import InputError, Problem


def read_settings(given: Iterable[str]) -> dict[str, object]:
    """Return path -> value; a value reads as it would behind the key of a file.

    Raises
    ------
    InputError
        With every text that is not of this form, and every path given twice.
    """
    settings: dict[str, object] = {}
    problems: list[Problem] = []
    for text in given:
        path, mark, value = (part.strip() for part in text.partition("="))
        place = f"{SET} {path}".rstrip()
        if not mark or not path:
            problems.append(problem("setting_form", place, value=text))
        elif path in settings:
            problems.append(problem("setting_twice", place, path=path))
        else:
            settings[path] = None
            try:
                settings[path] = parse_value(value, place)
            except InputError as error:
                problems += error.problems
    if problems:
        raise InputError(problems)
    return settings
