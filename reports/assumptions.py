"""What of an answer rests on the scenario's own assumptions rather than on a document.

The register's share of synthetic data is `provenance`'s; this is about everything else: blocks,
projects, missing figures, base outputs, documents from above, distances and costs.
"""

from __future__ import annotations

from collections.abc import Iterator

from minequota.optimizer.allocation import Allocation
from minequota.reports import text
from minequota.reports.text import Lang, Words
from minequota.scenarios.scenario import Scenario


def assumption_counts(scenario: Scenario, allocation: Allocation) -> dict[str, int]:
    """Return how many things of each kind are assumed or made up; kinds without one are left out.

    Documents count once each, whatever batches and counties they speak of.
    """
    question = scenario.question
    supposed = (question.transport, question.costs)
    counts = {
        "issued": sum(one.assumed for one in allocation.issuance),
        "upper_bounds": sum(one.maximum_assumed for one in allocation.issuance),
        "mergers": sum(_doubtful(one) for one in allocation.reorganisations if one.kind == "merge"),
        "expansions": sum(
            _doubtful(one) for one in allocation.reorganisations if one.kind == "expand"
        ),
        "figures": sum(one.assumed for one in question.figures.values()),
        "base_outputs": sum(one.synthetic for one in question.base_outputs.values()),
        "overproduced": sum(one.assumed for one in question.overproduced.values()),
        "documents": len({one.document for one in question.caps_from_above if one.assumed}),
        "transport_and_costs": sum(one is not None and one.assumed for one in supposed),
    }
    return {kind: number for kind, number in counts.items() if number}


def _doubtful(one: object) -> bool:
    return bool(getattr(one, "synthetic", False) or getattr(one, "assumed", False))


_WORDS = {
    "issued": Words("投放的采矿权{}个", "rights issued: {}"),
    "upper_bounds": Words("投放规模上限{}个", "upper bounds of rights issued: {}"),
    "mergers": Words("整合方案{}项", "mergers: {}"),
    "expansions": Words("改扩建与扩能项目{}项", "expansions: {}"),
    "figures": Words("规划未载明的数字{}个", "figures the plan does not print: {}"),
    "base_outputs": Words("基期产量{}个", "base-year outputs: {}"),
    "overproduced": Words("上年超采量{}项", "excesses of last year: {}"),
    "documents": Words("上级下达文件{}份", "documents from above: {}"),
    "transport_and_costs": Words("运距或成本资料{}套", "sets of distances or costs: {}"),
}


def assumption_sentence(scenario: Scenario, allocation: Allocation, lang: Lang) -> str:
    """Say what is assumed besides the register and the demands; empty where nothing is."""
    parts = [
        _WORDS[kind].say(lang).format(number)
        for kind, number in assumption_counts(scenario, allocation).items()
    ]
    if not parts:
        return ""
    said = text.joined(parts, lang)
    return Words(
        f"由情景假定或合成的：{said}。", f"Assumed or made up by the scenario: {said}."
    ).say(lang)


def assumption_sources(scenario: Scenario, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield every assumed figure, base output and document with its source, for the cover."""
    question = scenario.question
    for name, figure in question.figures.items():
        if figure.assumed:
            yield name, _with_source(f"{figure.value:.12g}", figure.source, lang)
    for product, base in question.base_outputs.items():
        if base.synthetic:
            amount = f"{base.amount.value:.12g} {text.unit(base.amount.unit, lang)}"
            yield product, _with_source(amount, base.source, lang)
    for licence, excess in question.overproduced.items():
        if excess.assumed:
            amount = f"{excess.amount.value:.12g} {text.unit(excess.amount.unit, lang)}"
            yield licence, _with_source(amount, excess.source, lang)
    for document in dict.fromkeys(one.document for one in question.caps_from_above if one.assumed):
        yield Words("上级下达文件（示例）", "Document from above (an example)").say(lang), document


def _with_source(figure: str, source: str, lang: Lang) -> str:
    return Words(f"{figure}（{source}）", f"{figure} ({source})").say(lang)
