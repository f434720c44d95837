"""`--sample`: parameters with distributions, and the cases drawn from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from minequota.optimizer.sweep.job import Parameter, Value
from minequota.reports.sweep.distributions import (
    NAMES,
    Distribution,
    continuous,
    discrete,
    read_distribution,
)
from minequota.reports.sweep.messages import fault
from minequota.reports.sweep.varied import as_factor, no_factor, split_path
from minequota.scenarios.documents.messages import Text, choice
from minequota.scenarios.documents.yamlfile import YamlFile, read_yaml
from minequota.scenarios.errors import InputError, Problem

FORMAT = "minequota-sample/1"
Method = Literal["lhs", "random"]
_KEYS = ("path", "distribution", "source", "factor", "unit", "values")
_NUMBERS = ("low", "high", "mode", "mean", "sd", "median", "sigma")


@dataclass(frozen=True)
class Drawn:
    """One parameter of a sample: what it is drawn from and, from a file, why."""

    parameter: Parameter
    distribution: Distribution
    source: str


def read_sample(given: str) -> list[Drawn]:
    """Read one ``PATH=DISTRIBUTION``, or a YAML file with a list of them.

    Raises
    ------
    InputError
        With all that is wrong in it.
    """
    if given.casefold().endswith((".yaml", ".yml")) and "(" not in given:
        return _from_file(read_yaml(Path(given)))
    path, place, text = split_path("--sample", given)
    factor, text = _as_factor(path, text)
    return [_drawn(path, factor, read_distribution(text, place), place, "--sample")]


def draw(drawn: list[Drawn], number: int, seed: int, method: Method) -> list[tuple[Value, ...]]:
    """Return the values of every case, the same for one seed wherever they are drawn.

    The parameters are independent of each other. Each has a stream of its own, and of that only
    the raw bits are used, which NumPy promises never to change.
    """
    streams = np.random.SeedSequence(seed).spawn(len(drawn))
    columns = [
        [one.distribution.quantile(share) for share in shares(stream, number, method)]
        for one, stream in zip(drawn, streams, strict=True)
    ]
    return list(zip(*columns, strict=True))


def shares(stream: np.random.SeedSequence, number: int, method: Method) -> list[float]:
    """Return `number` shares strictly between 0 and 1; of ``lhs`` one in each n-th part."""
    bits = np.random.PCG64(stream)
    within = _uniform(bits, number)
    if method == "random":
        return within
    keys = _uniform(bits, number)
    strata = sorted(range(number), key=lambda at: (keys[at], at))
    # A part's last share could round up to the next part's first.
    last = 1.0 - 2.0**-30
    return [(part + min(share, last)) / number for part, share in zip(strata, within, strict=True)]


def _uniform(bits: np.random.PCG64, number: int) -> list[float]:
    raw = bits.random_raw(number)
    return [((int(one) >> 11) + 0.5) * 2.0**-53 for one in np.atleast_1d(raw)]


def _as_factor(path: str, text: str) -> tuple[bool, str]:
    """Return whether factors are drawn, and the distribution without the ``x`` that says so."""
    rest = text[1:].lstrip()
    named = any(rest.casefold().startswith(f"{name}(") for name in NAMES)
    if text[:1] in {"x", "X", "×"} and named:
        return True, rest
    return as_factor(path, text)


def _drawn(path: str, factor: bool, distribution: Distribution, place: str, source: str) -> Drawn:
    if factor:
        ends = distribution.choices or tuple(
            distribution.quantile(share) for share in (2.0**-54, 1.0 - 2.0**-53)
        )
        least = [one for one in ends if isinstance(one, int | float) and not isinstance(one, bool)]
        if distribution.unit or len(least) < len(ends):
            raise no_factor(str(ends[0]), place)
        if min(least) < 0:
            raise InputError([fault("sweep_negative", place)])
    return Drawn(Parameter(path, "factor" if factor else "value"), distribution, source)


def _from_file(file: YamlFile) -> list[Drawn]:
    problems: list[Problem] = []
    hint = Text(f"请写 format: {FORMAT}。", f"Write format: {FORMAT}.")
    if file.data.get("format") != FORMAT:
        problems.append(fault("sweep_file_key", file.place(("format",)), key="format", hint=hint))
    entries = file.data.get("parameters")
    hint = Text(
        "请写成列表，每项有 path、distribution、source。",
        "Write a list, each entry with path, distribution and source.",
    )
    if not isinstance(entries, list) or not entries:
        place = file.place(("parameters",))
        problems.append(fault("sweep_file_key", place, key="parameters", hint=hint))
        entries = []
    for key in file.data:
        if key not in {"format", "parameters"}:
            place = file.place((key,), of_key=True)
            known = choice(key, ("format", "parameters"))
            problems.append(fault("sweep_file_key", place, key=key, hint=known))
    found: list[Drawn] = []
    for at, entry in enumerate(entries):
        try:
            found.append(_entry(file, at, entry, hint))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return found


def _entry(file: YamlFile, at: int, entry: object, hint: Text) -> Drawn:
    here = ("parameters", at)
    if not isinstance(entry, dict):
        raise InputError([fault("sweep_file_key", file.place(here), key="parameters", hint=hint)])
    problems = [
        fault(
            "sweep_file_key",
            file.place((*here, key), of_key=True),
            key=key,
            hint=choice(key, (*_KEYS, *_NUMBERS)),
        )
        for key in entry
        if key not in {*_KEYS, *_NUMBERS}
    ]
    for key in ("path", "distribution", "source"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            problems.append(fault("sweep_file_key", file.place((*here, key)), key=key, hint=hint))
    for key, kind in (("factor", bool), ("unit", str)):
        if key in entry and not isinstance(entry[key], kind):
            words = Text("请写 true 或 false，或单位。", "Write true or false, or a unit.")
            problems.append(fault("sweep_file_key", file.place((*here, key)), key=key, hint=words))
    for key in _NUMBERS:
        if key in entry and (
            isinstance(entry[key], bool) or not isinstance(entry[key], int | float)
        ):
            words = Text("请写一个数。", "Write a number.")
            problems.append(fault("sweep_file_key", file.place((*here, key)), key=key, hint=words))
    if problems:
        raise InputError(problems)
    place = file.place((*here, "distribution"))
    path, _, _ = split_path(place, f"{entry['path']}=")
    factor, _ = as_factor(path, "")
    factor = entry.get("factor", factor)
    return _drawn(path, factor, _described(entry, place), place, entry["source"].strip())


def _described(entry: dict[str, object], place: str) -> Distribution:
    """Return the distribution of an entry: one text, or a name with its parameters as keys."""
    name = str(entry["distribution"]).strip()
    named = {key: float(str(entry[key])) for key in _NUMBERS if key in entry}
    if "(" in name:
        if named or "values" in entry or "unit" in entry:
            raise InputError([fault("sweep_distribution", place, value=name)])
        return read_distribution(name, place)
    unit = str(entry.get("unit", "")).strip()
    values = entry.get("values")
    if name == "discrete" and isinstance(values, dict) and not named:
        return discrete(list(values.items()), place, unit)
    if name in NAMES and name != "discrete" and values is None:
        return continuous(name, named, place, unit)
    raise InputError([fault("sweep_distribution", place, value=name)])
