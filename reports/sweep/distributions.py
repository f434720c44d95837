"""Distributions a parameter is drawn from, each as the inverse of its cumulative distribution."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from minequota.optimizer.sweep.job import Value
from minequota.reports.sweep.figures import alike, decimal_of, plain_text
from minequota.reports.sweep.messages import fault
from minequota.scenarios.documents.messages import Text
from minequota.scenarios.documents.yamlfile import plain_scalar
from minequota.scenarios.errors import InputError

_STANDARD = NormalDist()
# Less than this much of a distribution between its bounds is a slip of the pen.
_LEAST_MASS = 1e-9
# The last digits of a logarithm differ between machines; those of a case must not.
_DIGITS = 9
_CALL = re.compile(r"(\w+)\s*\((.*)\)\s*([^()]*)", re.DOTALL)

Quantile = Callable[[float], Value]


@dataclass(frozen=True)
class Distribution:
    """A named distribution with its parameters as stated.

    `quantile` maps a share strictly between 0 and 1 to a value, rounded to nine digits; `choices`
    are the values of a discrete one.
    """

    name: str
    parameters: Mapping[str, Value]
    quantile: Quantile
    choices: tuple[Value, ...] = ()

    @property
    def unit(self) -> str:
        """The unit behind the values; empty for bare numbers."""
        return str(self.parameters.get("unit", ""))


_PARAMETERS = {
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "normal": ("mean", "sd", "low", "high"),
    "lognormal": ("median", "sigma", "low", "high"),
}
_OPTIONAL = {"normal": 2, "lognormal": 2}
_RULES = {
    "uniform": Text("须 低<高。", "Write low < high."),
    "triangular": Text("须 低≤众数≤高 且 低<高。", "Write low ≤ mode ≤ high, low < high."),
    "normal": Text(
        "须 标准差>0，上下限同时给出且其间有足够的概率。",
        "Write sd > 0; both bounds or none, with some probability between them.",
    ),
    "lognormal": Text(
        "须 中位数>0、对数标准差>0，上下限同时给出且其间有足够的概率。",
        "Write median > 0 and sigma > 0; both bounds or none, with some probability between them.",
    ),
    "discrete": Text(
        "须为互不相同的同类“值:权重”，权重大于零。",
        "Write different value:weight of one kind, each weight above zero.",
    ),
}
NAMES = (*_PARAMETERS, "discrete")


def read_distribution(text: str, place: str) -> Distribution:
    """Read ``name(parameters)``, a unit behind it, such as ``normal(31,2,25,35) 万吨``.

    Raises
    ------
    InputError
        When it is no distribution, or its parameters do not fit.
    """
    match = _CALL.fullmatch(plain_text(text))
    name = match[1].casefold() if match else ""
    if match is None or name not in NAMES:
        raise InputError([fault("sweep_distribution", place, value=text)])
    inside, unit = match[2].strip(), match[3].strip()
    if name == "discrete":
        pairs = [one.rpartition(":") for one in inside.split(",")]
        return discrete([(value.strip(), weight) for value, _, weight in pairs], place, unit)
    given = [decimal_of(one) for one in inside.split(",")]
    most = len(_PARAMETERS[name])
    allowed = {most, most - _OPTIONAL.get(name, 0)}
    if len(given) not in allowed or None in given:
        raise _wrong(name, inside, place)
    named = {
        key: float(one)
        for key, one in zip(_PARAMETERS[name], given, strict=False)
        if one is not None
    }
    return continuous(name, named, place, unit)


def continuous(name: str, given: Mapping[str, float], place: str, unit: str = "") -> Distribution:
    """Return one of the distributions of numbers from its named parameters."""
    said = ", ".join(f"{key} {value:.12g}" for key, value in given.items())
    names = _PARAMETERS[name]
    required = names[: len(names) - _OPTIONAL.get(name, 0)]
    bounded = ("low" in given) == ("high" in given)
    if not set(required) <= set(given) <= set(names) or not bounded:
        raise _wrong(name, said, place)
    quantile = _quantile(name, given)
    if quantile is None:
        raise _wrong(name, said, place)
    stated: dict[str, Value] = {key: given[key] for key in names if key in given}
    if unit:
        stated["unit"] = unit
    return Distribution(name, stated, _in_unit(quantile, unit))


def discrete(pairs: Sequence[tuple[object, object]], place: str, unit: str = "") -> Distribution:
    """Return a distribution over listed values with their weights."""
    said = ",".join(f"{value}:{weight}" for value, weight in pairs)
    values = [_value(value) for value, _ in pairs]
    weights = [decimal_of(str(weight)) for _, weight in pairs]
    shares = [float(one) for one in weights if one is not None and one > 0]
    kinds = {float if type(one) is int else type(one) for one in values}
    distinct = len({alike(one) for one in values}) == len(values)
    text_with_unit = bool(unit) and kinds != {float}
    if kinds == {float} and float in map(type, values):
        values = [float(str(one)) for one in values]
    if None in values or len(kinds) != 1 or not distinct or text_with_unit:
        raise _wrong("discrete", said, place)
    if not values or len(shares) != len(values):
        raise _wrong("discrete", said, place)
    total = math.fsum(shares)
    ends = [math.fsum(shares[: at + 1]) / total for at in range(len(shares))]

    def quantile(share: float) -> Value:
        at = next((at for at, end in enumerate(ends) if share < end), len(values) - 1)
        return values[at]

    weighed = ",".join(f"{value}:{share:.12g}" for value, share in zip(values, shares, strict=True))
    stated: dict[str, Value] = {"values": weighed}
    if unit:
        stated["unit"] = unit
        values = [f"{value} {unit}" for value in values]
    return Distribution("discrete", stated, quantile, tuple(values))


def _value(given: object) -> Value:
    if isinstance(given, bool) or not isinstance(given, str):
        return given if isinstance(given, bool | int | float) else None
    read = plain_scalar(given.strip())
    if isinstance(read, int | float) and not isinstance(read, bool):
        figure = decimal_of(given)
        if figure is None:
            return None
        return int(figure) if figure == figure.to_integral_value() else float(figure)
    return read


def _wrong(name: str, said: str, place: str) -> InputError:
    return InputError([fault("sweep_arguments", place, name=name, value=said, hint=_RULES[name])])


def _quantile(name: str, given: Mapping[str, float]) -> Callable[[float], float] | None:
    """Return the inverse distribution, None where the parameters do not fit together."""
    low, high = given.get("low", -math.inf), given.get("high", math.inf)
    if not low < high:
        return None
    if name == "uniform":
        return lambda share: low + share * (high - low)
    if name == "triangular":
        mode = given["mode"]
        return _triangular(low, mode, high) if low <= mode <= high else None
    if name == "normal":
        mean, spread = given["mean"], given["sd"]
        return _truncated(mean, spread, low, high) if spread > 0 else None
    median, sigma = given["median"], given["sigma"]
    if median <= 0 or sigma <= 0 or high <= 0:
        return None
    inner = _truncated(
        math.log(median), sigma, math.log(low) if low > 0 else -math.inf, math.log(high)
    )
    return None if inner is None else lambda share: min(max(math.exp(inner(share)), low), high)


def _triangular(low: float, mode: float, high: float) -> Callable[[float], float]:
    below = (mode - low) / (high - low)

    def quantile(share: float) -> float:
        if share < below:
            return low + math.sqrt(share * (high - low) * (mode - low))
        return high - math.sqrt((1.0 - share) * (high - low) * (high - mode))

    return quantile


def _truncated(
    mean: float, spread: float, low: float, high: float
) -> Callable[[float], float] | None:
    first, last = (low - mean) / spread, (high - mean) / spread
    # Far out, only the lower tail has digits: the upper one is its mirror image.
    mirrored = first > 0
    lower, upper = (-last, -first) if mirrored else (first, last)
    below, above = _share_below(lower), _share_below(upper)
    if above - below < _LEAST_MASS:
        return None

    def quantile(share: float) -> float:
        part = 1.0 - share if mirrored else share
        at = min(max(_STANDARD.inv_cdf(below + part * (above - below)), lower), upper)
        return min(max(mean + spread * (-at if mirrored else at), low), high)

    return quantile


def _share_below(at: float) -> float:
    if math.isinf(at):
        return 1.0 if at > 0 else 0.0
    # Accurate in the lower tail too, where 0.5 · (1 + erf) loses its digits.
    return 0.5 * math.erfc(-at / math.sqrt(2.0))


def _in_unit(quantile: Callable[[float], float], unit: str) -> Quantile:
    def rounded(share: float) -> Value:
        value = float(f"{quantile(share):.{_DIGITS}g}") + 0.0
        return f"{value:.{_DIGITS}g} {unit}" if unit else value

    return rounded
