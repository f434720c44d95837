"""All that decides the answer of a sweep, and its hash: what sweep.json says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import minequota
from minequota.optimizer.sweep.job import ChunkJob, Parameter, SweepCase
from minequota.reports.sweep.cases import CaseTable, chunks
from minequota.reports.sweep.messages import fault
from minequota.scenarios.documents.messages import Text
from minequota.scenarios.errors import Problem

FORMAT = "minequota-sweep/1"
_FACTOR = "factor."
# What is compared one by one where a sweep is to go on; the rest is covered by the hash alone.
_WORDS = {
    "format": Text("格式", "the format"),
    "scenario": Text("情景", "the scenario"),
    "cases": Text("案例", "the named cases"),
    "changes": Text("案例和 --set 所改的内容", "what cases and --set changed"),
    "documents": Text("输入文件 ", "the input "),
    "parameters": Text("变动的参数", "what is varied"),
    "sample": Text("抽样", "the sample"),
    "number": Text("案例数", "the number of cases"),
    "table": Text("案例表", "the table of cases"),
    "chunk": Text("每块案例数", "the size of a chunk"),
    "exact": Text("--exact", "--exact"),
    "solver": Text("求解器", "the solver"),
    "versions": Text("版本 ", "the version of "),
}


_ANYTHING = Text("内容（哈希）", "its content (the hash)")


def canonical(document: object) -> bytes:
    """Return plain data as the bytes that hashes are taken of."""
    text = json.dumps(
        document, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")
    )
    return text.encode("utf-8")


def digest_of(content: bytes) -> str:
    """Return the SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def solver_versions(solver: str) -> dict[str, str]:
    """Return the versions that a row may depend on."""
    package = "highspy" if solver == "highs" else "pulp"
    try:
        found = version(package)
    except PackageNotFoundError:
        found = "not installed"
    return {"minequota": minequota.__version__, package: found}


def column_name(parameter: Parameter) -> str:
    """Return the column a parameter has in the table of cases.

    A factor on ``demand.<product>`` is not the demand that stands in the column of this name.
    """
    return (_FACTOR if parameter.kind == "factor" else "") + parameter.path


@dataclass(frozen=True)
class Specification:
    """A sweep, complete: its documents, its cases in their chunks, and how they are solved."""

    scenario: str
    named_cases: tuple[str, ...]
    changes: tuple[Mapping[str, object], ...]
    documents: Mapping[str, str]
    table: CaseTable
    sample: Mapping[str, object] | None
    chunk: int
    exact: bool
    solver: str
    versions: Mapping[str, str]

    @property
    def chunks(self) -> list[tuple[SweepCase, ...]]:
        """The cases of every chunk, in the order they are solved in."""
        return chunks(self.table, self.chunk)

    def job(self, cases: tuple[SweepCase, ...]) -> ChunkJob:
        """Return what a worker gets for one chunk."""
        return ChunkJob(self.documents, self.table.parameters, cases, self.exact, self.solver)

    def document(self) -> dict[str, Any]:
        """Return sweep.json as a dictionary, its own hash included."""
        body: dict[str, Any] = {
            "format": FORMAT,
            "scenario": self.scenario,
            "cases": list(self.named_cases),
            "changes": [dict(one) for one in self.changes],
            "documents": {
                name: digest_of(text.encode("utf-8")) for name, text in self.documents.items()
            },
            "parameters": [
                {"column": column_name(one), "kind": one.kind, **about}
                for one, about in zip(self.table.parameters, self.table.about, strict=True)
            ],
            "sample": None if self.sample is None else dict(self.sample),
            "number": len(self.table.rows),
            "table": digest_of(canonical(self.table_document())),
            "chunk": self.chunk,
            "exact": self.exact,
            "solver": self.solver,
            "versions": dict(self.versions),
        }
        return body | {"sha256": digest_of(canonical(body))}

    def table_document(self) -> dict[str, Any]:
        """Return cases.json: the values of every case and the order they are solved in."""
        return {
            "rows": [list(row) for row in self.table.rows],
            "path": list(self.table.path),
        }


def specification_from(
    document: Mapping[str, Any], cases: Mapping[str, Any], documents: Mapping[str, str]
) -> Specification:
    """Read a specification back from sweep.json, cases.json and the texts of the inputs.

    Raises
    ------
    ValueError
        When they are not what was written: something is missing, of another kind, or changed.
    """
    try:
        parameters = [dict(one) for one in document["parameters"]]
        columns = [one.pop("column") for one in parameters]
        kinds = [one.pop("kind") for one in parameters]
        table = CaseTable(
            tuple(
                Parameter(one["path"], kind) for one, kind in zip(parameters, kinds, strict=True)
            ),
            tuple(tuple(row) for row in cases["rows"]),
            tuple(cases["path"]),
            tuple(parameters),
        )
        found = Specification(
            document["scenario"],
            tuple(document["cases"]),
            tuple(document["changes"]),
            documents,
            table,
            document["sample"],
            document["chunk"],
            document["exact"],
            document["solver"],
            document["versions"],
        )
        same = found.document() == document and columns == [
            column_name(one) for one in table.parameters
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
    if not same or sorted(table.path) != list(range(len(table.rows))):
        raise ValueError("the hash does not fit")
    return found


def differences(old: Mapping[str, Any], new: Mapping[str, Any], place: str) -> list[Problem]:
    """Return what an unfinished sweep was asked and is not now, one problem each."""
    found = []
    for key, words in _WORDS.items():
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        if isinstance(was, dict) and isinstance(now, dict) and key in {"documents", "versions"}:
            for name in sorted({*was, *now}):
                if was.get(name) != now.get(name):
                    what = Text(f"{words.zh}{name} ", f"{words.en}{name}")
                    found.append(_differs(place, what, was.get(name), now.get(name)))
        elif key == "parameters":
            found.append(_differs(place, words, _said(was), _said(now)))
        elif key != "table" or old.get("parameters") == new.get("parameters"):
            found.append(_differs(place, words, was, now))
    # Whatever else it is, it is not the same sweep.
    return found or [_differs(place, _ANYTHING, old.get("sha256"), new.get("sha256"))]


def _differs(place: str, what: Text, old: object, new: object) -> Problem:
    shown = [one[:12] if isinstance(one, str) and len(one) == 64 else one for one in (old, new)]
    return fault("sweep_differs", place, what=what, old=shown[0], new=shown[1])


def _said(parameters: object) -> str:
    """Return what is varied in one line."""
    if not isinstance(parameters, list):
        return str(parameters)
    return "; ".join(
        f"{one.get('column')}={one.get('values') or one.get('distribution')}"
        + ("" if "values" in one else str(one.get("parameters")))
        for one in parameters
    )
