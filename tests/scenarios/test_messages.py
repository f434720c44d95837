"""The catalogue of messages is complete in both languages."""

import re
import string
from pathlib import Path

import minequota.scenarios
from minequota.scenarios.documents.messages import Text, catalogue, choice, problem, short


def _parts(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same():
    """Chinese and English of a message use the same parts, but for English-only hints."""
    for code, row in catalogue().items():
        chinese = _parts(row["wrong_zh"] + row["repair_zh"])
        english = _parts(row["wrong_en"] + row["repair_en"])
        assert chinese == english, code
        assert row["wrong_zh"], code
        assert row["repair_en"], code


def test_every_message_is_used_and_every_code_exists():
    """The codes in the program's text are exactly the codes of the catalogue."""
    folder = Path(minequota.scenarios.__file__).parent
    text = "\n".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.py"))
    used = {code for code in catalogue() if re.search(rf'"{code}"', text)}
    used |= {code for code in catalogue() if code.startswith("unknown_")}
    assert used == set(catalogue())


def test_a_problem_speaks_both_languages():
    """The place stands first; Chinese is the default, English on request."""
    one = problem("unknown_key", "a.yaml:1:2", key="amout", choice=choice("amout", ["amount"]))
    assert one.text() == "a.yaml:1:2：不认识的键“amout”。是否应为“amount”？"
    assert one.text("en") == "a.yaml:1:2: Unknown key amout. Did you mean amount?"
    assert str(one) == one.text("en")


def test_choices_without_a_near_one_are_listed():
    """With nothing near, the options are listed, at most twelve."""
    assert choice("x", ["a1", "b2"]) == Text("可写：a1、b2。", "Write one of a1, b2.")
    assert choice("zzz", [str(number) for number in range(20)]).en.endswith("11 and 8 more.")


def test_long_values_are_cut():
    """A value longer than sixty characters is cut to sixty."""
    assert len(short("矿" * 100)) == 60


def test_a_shared_ending_makes_no_name_like_another() -> None:
    """铜矿 and 金矿 share nothing but 矿; 菱美矿 is one letter from 菱镁矿."""
    assert choice("铜矿", ["金矿", "硼矿"]).zh == "可写：金矿、硼矿。"
    assert choice("北县", ["东县", "西县"]).zh == "可写：东县、西县。"
    assert choice("菱美矿", ["金矿", "菱镁矿"]).zh == "是否应为“菱镁矿”？"
    assert choice("海城市", ["凤城市", "东港市"]).zh == "可写：凤城市、东港市。"
    assert choice("停业", ["停产", "封停"]).zh == "是否应为“停产”？"
