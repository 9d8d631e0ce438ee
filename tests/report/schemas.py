"""The schemas of the machine formats: those that others publish, and one of our own.

SARIF, CTRF and HAR come from npm packages that ship them. GitLab publishes none for code
quality, only a table of its keys; the one below says what that table says.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema_rs

from tests.report.node_packages import package_file, package_json

GITLAB_CODE_QUALITY: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
        "additionalProperties": False,
    },
}


@cache
def schema_of(name: str) -> dict[str, Any]:
    """The schema of a format by the format's id."""
    match name:
        case "sarif":
            found = _sarif()
        case "ctrf":
            found = package_json("ctrf", "0.3.0", "src/ctrf-schema-0.0.json")
        case "har":
            found = _har()
        case "gitlab":
            found = GITLAB_CODE_QUALITY
        case _:
            raise KeyError(name)
    document: dict[str, Any] = found
    return document


def _sarif() -> dict[str, Any]:
    """The official schema (OASIS, 2.1.0-rtm.5, the one that GitHub goes by)."""
    file = "lib/schemas/sarif-2.1.0-rtm.5.json"
    document: dict[str, Any] = package_json("@microsoft/jest-sarif", "1.0.0-beta.0", file)
    # Its pattern for a language has a bracket too many; no strict validator can compile it.
    for part in ("run", "toolComponent"):
        del document["definitions"][part]["properties"]["language"]["pattern"]
    return document


def _har() -> dict[str, Any]:
    """har-schema's files as one document, their `name.json#` references made local."""
    folder = package_file("har-schema", "2.0.0", "lib")
    parts: dict[str, Any] = {}
    for file in folder.glob("*.json"):
        text = (
            file.read_text("utf-8")
            .replace('.json#"', '"')
            .replace('"$ref": "', '"$ref": "#/definitions/')
        )
        parts[file.stem] = {k: v for k, v in json.loads(text).items() if not k.startswith("$")}
    return {
        "$schema": "http://json-schema.org/draft-06/schema#",
        "$ref": "#/definitions/har",
        "definitions": parts,
    }


def problems(name: str, document: Any) -> list[str]:
    """What the schema of that format finds wrong with a document."""
    validator = jsonschema_rs.validator_for(schema_of(name), validate_formats=True)
    return [f"{list(e.instance_path)}: {e.message[:300]}" for e in validator.iter_errors(document)]
