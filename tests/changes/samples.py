"""The notation of the samples in the docstrings of the rules, and contracts made of them.

A sample is YAML: members of one operation (`parameters`, `requestBody`, `responses`,
`security`), or `schema`, which is then the body of both request and answer, or `paths` as a
whole.
"""

from __future__ import annotations

import textwrap
from typing import Any

import yaml

from contract_tests.contract import Document, View, as_yaml, build_view, parse_document

SCHEMES = {
    "token": {"type": "apiKey", "in": "header", "name": "X-Auth-Token"},
    "signed": {"type": "apiKey", "in": "header", "name": "Authorization"},
}


def sample(doc: str, title: str) -> str:
    """The block of a docstring that stands under `Old::` or `New::`."""
    _, found, rest = doc.partition(f"\n{title}::\n")
    assert found, f"no {title}:: in the docstring"
    lines = rest.lstrip("\n").splitlines()
    ends = (i for i, line in enumerate(lines) if line.strip() and not line.startswith("    "))
    return textwrap.dedent("\n".join(lines[: next(ends, len(lines))]))


def sample_view(text: str, name: str) -> View:
    """The view that a sample makes."""
    return view_of(yaml.safe_load(text), name)


def view_of(members: dict[str, Any], name: str = "spec.yaml") -> View:
    """A contract of these members, written and read again, so that it has lines."""
    return build_view("documented", parse_document(as_yaml(_document(members)), name))


def bare_view_of(members: dict[str, Any], name: str = "spec.yaml") -> View:
    """The same without lines, for tests that make very many."""
    return build_view("documented", Document(name, _document(members), {}))


def _document(members: dict[str, Any]) -> dict[str, Any]:
    paths = members.get("paths") or {"/things": {"post": _operation(members)}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": paths,
        "components": {"securitySchemes": SCHEMES, "schemas": members.get("schemas", {})},
    }


def _operation(members: dict[str, Any]) -> dict[str, Any]:
    operation = {
        "operationId": "MakeThing",
        "responses": {"200": {"description": "Made."}},
        **{key: value for key, value in members.items() if key not in ("schema", "schemas")},
    }
    if "schema" in members:
        content = {"application/json": {"schema": members["schema"]}}
        operation["requestBody"] = {"content": content}
        operation["responses"] = {"200": {"description": "Made.", "content": content}}
    return operation
