"""Writes plain data as YAML that every reader takes for the same data."""

from __future__ import annotations

from typing import Any

import yaml

from contract_tests.contract.documents import RESOLVERS

_ODD_BREAKS = frozenset("\x85\u2028\u2029\ufeff")


class _Dumper(yaml.SafeDumper):
    """Quotes what a reader of YAML 1.1 or of JSON would take for no text, and writes no aliases."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML's way to choose what is quoted)
        first: [*yaml.SafeDumper.yaml_implicit_resolvers.get(first, []), *RESOLVERS.get(first, [])]
        for first in {*yaml.SafeDumper.yaml_implicit_resolvers, *RESOLVERS}
    }

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (PyYAML's signature)
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 (PyYAML's signature)
        return super().increase_indent(flow, indentless=False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Text with a line break that not every reader takes for one is escaped."""
    style = '"' if _ODD_BREAKS & set(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def as_yaml(data: Any) -> str:
    """JSON data as YAML, its keys in their order."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
