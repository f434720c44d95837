"""The provenance column of a register: where the fields of a row come from.

``synthetic; plan: name, county`` says that the row is synthetic but for its name and county.
Fields left empty are `default` unless they are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from minequota.scenarios.right import Provenance


def parse_provenance(text: str, known: Iterable[str]) -> tuple[Provenance, dict[str, Provenance]]:
    """Return the row's word and the fields that have another; ValueError with the reason."""
    head, *lists = (part.strip() for part in text.replace("；", ";").split(";"))
    rest = _word(head)
    listed: dict[str, Provenance] = {}
    names = set(known)
    for part in filter(None, lists):
        word, colon, members = part.replace("：", ":").partition(":")
        origin = _word(word.strip())
        if not colon:
            raise ValueError(f"{part!r} lists no fields")
        for member in (one.strip() for one in members.replace("，", ",").split(",")):
            if member not in names:
                raise ValueError(f"{member!r} is not a field")
            if member in listed:
                raise ValueError(f"{member!r} is listed twice")
            listed[member] = origin
    return rest, listed


def _word(text: str) -> Provenance:
    try:
        return Provenance(text)
    except ValueError:
        raise ValueError(f"{text!r} is none of {', '.join(Provenance)}") from None


def format_provenance(filled: Mapping[str, Provenance], empty: Mapping[str, Provenance]) -> str:
    """Return the text that `parse_provenance` reads back for the fields of one row."""
    counts = {origin: list(filled.values()).count(origin) for origin in Provenance}
    rest = max(Provenance, key=lambda origin: counts[origin])
    parts = [str(rest)]
    for origin in Provenance:
        members = [name for name, one in filled.items() if one == origin and origin != rest]
        members += [
            name for name, one in empty.items() if one == origin and origin != Provenance.DEFAULT
        ]
        if members:
            parts.append(f"{origin}: {', '.join(members)}")
    return "; ".join(parts)
