"""The documentation says what the code says, and its links lead somewhere."""

import re
import runpy
from pathlib import Path

import pytest

from minequota.optimizer.rules import RULES
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import GOALS, Case, Options, Question
from minequota.scenarios.register.fields import fields

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
GENERATE = runpy.run_path(str(DOCS / "generate.py"))


def text_of(page):
    """Return a page of docs/."""
    return (DOCS / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["model.md", "scenario.md", "register.md"])
def test_generated_parts_are_current(page):
    """Else: python docs/generate.py."""
    text = text_of(page)
    assert text in GENERATE["pages"]().values()
    assert GENERATE["refreshed"](text) == text


def test_model_page_has_every_rule_and_goal():
    """Each rule by its sentence, formula and test; the goals in the order they are solved."""
    page = text_of("model.md")
    for rule in RULES:
        for said in (f"### {rule.code} ·", rule.sentence, rule.formula, rule.unit, rule.test):
            assert said in page
    assert re.findall(r"^\| \d+ \| `(\w+)`", page, re.MULTILINE) == list(GOALS)


def test_scenario_page_has_every_key_with_a_meaning():
    """No key of scenario.yaml is left out and none is left unexplained."""
    page = text_of("scenario.md")
    keys = re.findall(r"^\| `([\w.<>]+)` \| (.*) \| (.*) \| (.*) \|$", page, re.MULTILINE)
    names = {key.split(".")[0] for key, *_ in keys}
    assert names == {info.alias or name for name, info in Question.model_fields.items()}
    for model, prefix in ((Options, "options."), (Case, "cases.<name>.")):
        for name in model.model_fields:
            assert any(key.startswith(prefix + name) for key, *_ in keys), name
    assert [key for key, *said in keys if not all(map(str.strip, said))] == []


def test_register_page_has_every_header():
    """Every field stands in the data dictionary with every header it is understood by."""
    page = text_of("register.md")
    for one in fields().values():
        assert f"| `{one.field}` | {'、'.join(one.headers_zh)} |" in page


def test_plan_page_names_every_part_of_a_plan():
    """A new plan's author finds each key of plan.yaml."""
    page = text_of("adding-a-plan.md")
    assert [name for name in Plan.model_fields if f"`{name}`" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    """Every relative link of a page names a file of the repository."""
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_named_files_exist(page):
    """A file of the repository that a page names in `code` exists."""
    named = re.findall(
        r"`((?:optimizer|scenarios|reports|tests|docs|benchmarks)/[\w./-]+\.\w+)`",
        page.read_text(encoding="utf-8"),
    )
    assert [name for name in named if not (ROOT / name).exists()] == []
