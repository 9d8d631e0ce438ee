"""Java 11 and newer, by openapi-generator: the JDK's own HTTP client, Jackson for JSON."""

from __future__ import annotations

from pathlib import Path

from contract_tests.clients import _openapi_generator
from contract_tests.clients._opening import Openness

ANSWERS: Openness = "plain"

_SETTINGS = {
    "library": "native",
    "openApiNullable": "false",
    "disallowAdditionalPropertiesIfNotPresent": "false",
}


def generate(document: Path, out: Path) -> None:
    """Write a Maven and Gradle project."""
    _openapi_generator.generate("java", _SETTINGS, document, out)
