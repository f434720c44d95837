"""Plain data as the text of a YAML file."""

from __future__ import annotations

from typing import Any

import yaml

from minequota.scenarios.documents.yamlfile import plain_scalar


def format_yaml(data: dict[str, Any]) -> str:
    """Return plain data as YAML that `yamlfile` reads back the same."""

    class Dumper(yaml.SafeDumper):
        """Writes no anchors, and quotes wherever a text would read as something else."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        style = None if plain_scalar(value) == value else '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    return str(yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000))
