"""Go, by openapi-generator: one module without dependencies."""

from __future__ import annotations

from pathlib import Path

from contract_tests.clients import _openapi_generator
from contract_tests.clients._opening import Openness

ANSWERS: Openness = "plain"

_SETTINGS = {
    "packageName": "client",
    "disallowAdditionalPropertiesIfNotPresent": "false",
    "withGoMod": "true",
}


def generate(document: Path, out: Path) -> None:
    """Write a Go module."""
    _openapi_generator.generate("go", _SETTINGS, document, out)
