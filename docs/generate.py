"""Write the parts of the documentation that the program's own records say.

`python docs/generate.py` refreshes every page; a test fails while one is out of date. In a page
the generated text stands between `<!-- generated: name -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from minequota.optimizer.goals import build_goals
from minequota.optimizer.model import write_model
from minequota.optimizer.problem import build_problem
from minequota.optimizer.rules import RULES
from minequota.scenarios.events.event import WORDS, EventKind
from minequota.scenarios.load import load_scenario
from minequota.scenarios.plan import Name
from minequota.scenarios.question import GOALS, Question
from minequota.scenarios.register.fields import Field, fields
from minequota.scenarios.right import Status
from minequota.scenarios.units import Quantity

FOLDER = Path(__file__).parent
PARTS = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

KINDS = {
    "plan": "the plan, clause by clause",
    "practice": "law or practice",
    "definition": "what the words mean",
}

MEANINGS = {
    "expected_indicators": (
        "The clauses the plan marks as expected (预期性) are missed as little as possible. Each "
        "miss is one-sided and divided by the clause's own figure: a ceiling that is not reached "
        "misses nothing.",
        "Σ_y w[y] · Σ_c weight[c] · miss[c,y] / base[c]",
    ),
    "unmet_demand": (
        "Demand goes unmet as little as possible, the products of priority 1 first, each priority "
        "a goal of its own. Where a cap is handed out whole, what is left of it unhanded counts "
        "instead.",
        "Σ_y w[y] · Σ_p unmet[p,y] / demand[p,y]",
    ),
    "closures": (
        "As few rights as possible are chosen to leave, heavier where the scenario weighs a "
        "status more, and as few as possible disappear in mergers. Rights that a rule makes leave "
        "are not counted.",
        "Σ_m weight[status m] · (1 − hold[m]) + merger weight · Σ_merged (members − 1)",
    ),
    "actions": (
        "As few rights as possible are issued or converted, enlarged, or acquired.",
        "Σ_new hold[m] + Σ expand[m] + Σ_acquired hold[m]",
    ),
    "capacity_issued": (
        "As little capacity as possible is issued, counted in multiples of each right's minimum.",
        "Σ_new capacity[m] / minimum[m]",
    ),
    "policy_preference": (
        "Among equally small changes those the plan prefers: rights with stronger grounds leave "
        "first, key minerals, key areas and strategic minerals stay and are issued first.",
        "Σ_left (20 − ground points + keep points) − Σ_issued, running keep points",
    ),
    "timing": (
        "In a calendar nothing is issued, enlarged or merged before it is needed, and nobody "
        "leaves before they must.",
        "Σ_y (Σ_new hold + Σ expand + Σ_merged hold + Σ_chosen leavers gone)",
    ),
    "by_product": (
        "The rights being settled, and the mines it comes from shared evenly, waste rock, "
        "tailings or spoil serve first, and mines supply as little as possible.",
        "Σ_y w[y] · Σ_p production[p,y] / demand[p,y]",
    ),
    "cost": (
        "What opening, enlarging and carrying cost, where the scenario says it.",
        "Σ_new opening + Σ_enlarged cost + Σ_y w[y] · Σ flow · km · rate",
    ),
    "tie_break": (
        "What is still a tie follows the licence number: the later licence leaves, the earlier "
        "zone is issued.",
        "Σ_m rank[m], of those that stay reversed",
    ),
    "evenness": (
        "The rights and every product's total being settled, quota ÷ weight is made as equal "
        "among a product's rights as caps and capacities allow, the lowest raised first. What "
        "OVERRUN takes off a right goes to the others; the value measures the rights without an "
        "excess, or all where all have one.",
        "lexicographic max-min of output[m] / weight[m]",
    ),
    "flows": (
        "The quotas being settled, they are carried to the demand centres by the shortest ways; "
        "among equally short ones earlier rights serve earlier centres.",
        "Σ_y w[y] · Σ flow · km",
    ),
}
# The goals after the integers are no objective of the model, so their titles stand here.
AFTER_THE_INTEGERS = {
    "by_product": (
        "可由综合利用供应的产品中矿山供应的份额 · "
        "Mines' share of demand that by-products can serve",
        "占需求份额之和",
    ),
    "evenness": ("不均衡程度 · Unevenness", "相对差"),
    "flows": ("运输量 · Carriage", "单位·公里"),
}
# What Dandong's scenario lacks of the inputs that call for every goal; the figures do not matter.
EVERY_GOAL: dict[str, object] = {
    "mode": "calendar",
    "first_year": 2025,
    "costs": {"opening": {"建筑石料": 1}, "assumed": True, "source": "docs"},
}


def rules() -> str:
    """Return the section of every rule."""
    parts = []
    for rule in RULES:
        rows = (
            ("index", rule.index),
            ("formula", f"`{rule.formula}`"),
            ("unit", rule.unit),
            ("rests on", KINDS[rule.kind]),
            ("source", rule.source),
            ("code", f"`{_file(rule.write)}`"),
            ("test", f"`{rule.test}`"),
        )
        parts += [f"### {rule.code} · {rule.title_zh} · {rule.title_en}", rule.sentence]
        parts.append(_table(("", ""), rows))
    return "\n\n".join(parts)


def _file(function: Callable[..., object]) -> str:
    return "/".join(function.__module__.split(".")[1:]) + ".py"


def goals() -> str:
    """Return the goals in their usual order, with the titles and units the model itself uses."""
    problem = build_problem(load_scenario("dandong", overrides=EVERY_GOAL))
    built = build_goals(problem, write_model(problem))
    rows = []
    for position, name in enumerate(GOALS, start=1):
        if name in AFTER_THE_INTEGERS:
            titles, unit = AFTER_THE_INTEGERS[name]
        else:
            own = next(goal for goal in built if re.sub(r"_\d+$", "", goal.name) == name)
            titles, unit = f"{own.title_zh} · {own.title_en}", own.unit
        meaning, formula = MEANINGS[name]
        rows.append((str(position), f"`{name}`", titles, meaning, f"`{formula}`", unit))
    return _table(("", "name", "title", "meaning", "minimised", "unit"), rows)


def scenario() -> str:
    """Return every key of scenario.yaml."""
    return _keys(Question)


def _keys(model: type[BaseModel]) -> str:
    return _table(("key", "value", "default", "meaning"), list(_rows(model, "")))


def _rows(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, str, str, str]]:
    for name, info in model.model_fields.items():
        path = f"{prefix}{info.alias or name}"
        inner, path = _inside(info.annotation, path)
        default = _default(info, inner)
        value = _value(info.annotation) + _range(info)
        yield f"`{path}`", value, default, info.description or SHARED.get(name, "")
        if inner is not None and inner is not Name:
            yield from _rows(inner, f"{path}.")


def _inside(annotation: Any, path: str) -> tuple[type[BaseModel] | None, str]:
    """Return the model below a key, and the key's path with the names of its entries."""
    kind = _bare(annotation)
    if get_origin(kind) is dict:
        key, value = get_args(kind)
        return _inside(value, f"{path}.{'<year>' if key is int else '<name>'}")
    if get_origin(kind) is tuple:
        return _inside(get_args(kind)[0], f"{path}.<entry>")
    found = isinstance(kind, type) and issubclass(kind, BaseModel)
    return (kind if found else None), path.removesuffix(".<entry>") if not found else path


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in {Union, types.UnionType}:
        parts = [one for one in get_args(annotation) if one is not type(None)]
        return _bare(parts[0]) if len(parts) == 1 else annotation
    return annotation


# Keys that a scenario's lists share with a plan's facts, where they need no words of their own.
SHARED = {
    "id": "Its name in paths and in the answer.",
    "title": "Title in the tables.",
    "name": "Its name in the tables.",
    "reading": "`stated` where the text prints it, `inferred` where it is read out of it.",
    "note": "What a reader should know; printed with the source.",
    "attribute": "Binding (约束性): held. Expected (预期性): its miss goes to the first goal.",
    "sense": "How the figure is meant.",
    "years": "Years in which it holds.",
    "first": "First year, included.",
    "last": "Last year, included.",
    "county": "A county of the plan, by name or alias.",
    "mineral": "A mineral of the plan, by name or alias.",
    "minerals": "Minerals of the plan; all where empty.",
    "group": "Minerals of one group.",
    "authority": "Who licenses it.",
    "reserves": "Ore in the ground.",
    "method": "How its ore would be won.",
    "deposit_class": "Size of its deposit, which decides its minimum scale.",
    "holder": "Who would hold it.",
    "grade_source": "Where the grade comes from.",
    "area_km2": "Its area.",
    "entering": "Rights whose issue asks for it.",
    "leaving": "Rights that leave in their stead.",
}

_WORDS: dict[Any, str] = {
    str: "text",
    float: "number",
    int: "whole number",
    bool: "true or false",
    Name: "{zh, en}",
    Quantity: "amount with unit, such as 31 万吨",
    Status: ", ".join(f"`{one.value}`" for one in Status),
    Any: "as the key it names",
}


def _value(annotation: Any) -> str:
    kind = _bare(annotation)
    origin = get_origin(kind)
    if kind in _WORDS:
        return _WORDS[kind]
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in get_args(kind))
    if origin is tuple:
        return f"list: {_value(get_args(kind)[0])}"
    if origin is dict:
        key, value = get_args(kind)
        return f"mapping: {_value(key)} → {_value(value)}"
    if origin in {Union, types.UnionType}:
        return " or ".join(_value(one) for one in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return "keys below"
    return ", ".join(f"`{one.value}`" for one in kind)


def _range(info: FieldInfo) -> str:
    signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
    limits = [
        f"{sign} {getattr(one, name):g}"
        for one in info.metadata
        for name, sign in signs.items()
        if hasattr(one, name)
    ]
    return f" {', '.join(limits)}" if limits else ""


def _default(info: FieldInfo, inner: type[BaseModel] | None) -> str:
    if info.default is PydanticUndefined:
        return "required"
    if isinstance(info.default, BaseModel):
        return "as below"
    if info.default is None or info.default in ((), {}, ""):
        return "none"
    if isinstance(info.default, dict):
        return ", ".join(f"{key}: {value:g}" for key, value in info.default.items())
    if isinstance(info.default, tuple):
        return "all" if info.default == GOALS else ", ".join(map(str, info.default))
    return str(info.default).lower() if isinstance(info.default, bool) else str(info.default)


EVENT_MEANINGS = {
    EventKind.ISSUED: ("a new right; the row is a whole row of a register"),
    EventKind.CONVERTED: ("the same, from an exploration right"),
    EventKind.TRANSFERRED: (
        "采矿权人 as given; the old holder's group goes unless a new one is given"
    ),
    EventKind.CHANGED: (
        "the columns filled in replace the old values; with the capacity the stated size class goes"
    ),
    EventKind.RENEWED: (
        "有效期止 as given; an expired right is producing again unless 状态 says otherwise"
    ),
    EventKind.EXPIRED: ("expired; the licence has ended that day at the latest"),
    EventKind.STOPPED: ("stopped (or under a stop order, where 状态 says so)"),
    EventKind.SEALED: "sealed",
    EventKind.RESUMED: (
        "producing, with its safety licence unless the row says otherwise; not from an expired "
        "licence or inside the red line"
    ),
    EventKind.MERGED: (
        "leaves; 并入 names the licence that goes on, whose capacity a row 变更 may state"
    ),
    EventKind.CLOSED: "leaves",
}


def events() -> str:
    """Return every kind of event with its words, in the order of one day."""
    rows = [(f"`{one.value}`", "、".join(WORDS[one]), EVENT_MEANINGS[one]) for one in EventKind]
    return _table(("event", "words", "what it does"), rows)


def register() -> str:
    """Return the data dictionary of the register."""
    rows = [
        (
            f"`{one.field}`",
            "、".join(one.headers_zh),
            _kind(one),
            "required" if one.required else one.default or "none",
            one.description,
        )
        for one in fields().values()
    ]
    return _table(("field", "Chinese headers understood", "value", "default", "meaning"), rows)


def _kind(one: Field) -> str:
    if not one.values:
        return f"{one.type}, {one.unit_kind}" if one.unit_kind else one.type
    words: dict[str, list[str]] = {}
    for word, meaning in one.values.items():
        words.setdefault(meaning, [])
        if word != meaning:
            words[meaning].append(word)
    return "; ".join(f"`{meaning}` {'、'.join(said)}" for meaning, said in words.items())


def _table(header: tuple[str, ...], rows: Any) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


SECTIONS = {
    "rules": rules,
    "goals": goals,
    "scenario": scenario,
    "fields": register,
    "events": events,
}


def refreshed(page: str) -> str:
    """Return a page with its generated parts as they should be today."""
    return PARTS.sub(lambda part: f"{part[1]}{SECTIONS[part[2]]()}\n{part[3]}", page)


def pages() -> dict[Path, str]:
    """Return the pages with generated parts, as they stand."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
    return {path: text for path, text in texts.items() if PARTS.search(text)}


def main() -> None:
    """Refresh every page."""
    for path, text in pages().items():
        path.write_text(refreshed(text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
