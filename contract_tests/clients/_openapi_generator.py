"""openapi-generator, for the languages that share it: a Java program in a package of PyPI."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from contract_tests.clients._tools import run_tool
from contract_tests.errors import MissingExtraError

_PARTS = "apis,models,supportingFiles,apiTests=false,modelTests=false"


def generate(name: str, settings: Mapping[str, str], document: Path, out: Path) -> None:
    """Run one of its generators with its settings; nothing it writes tells the time."""
    given = {"hideGenerationTimestamp": "true", **settings}
    arguments = [_java(), "-jar", str(_jar()), "generate", "--input-spec", document.name]
    arguments += ["--generator-name", name, "--output", str(out), "--global-property", _PARTS]
    arguments += ["--additional-properties", ",".join(f"{k}={v}" for k, v in given.items())]
    run_tool("openapi-generator", arguments, document.parent)


def _java() -> str:
    java = shutil.which("java")
    if java is None:
        raise MissingExtraError("openapi-generator needs Java 11 or newer; install a JRE")
    return java


def _jar() -> Path:
    package = find_spec("openapi_generator_cli")
    jar = Path(package.origin or "").with_name("openapi-generator.jar") if package else None
    if jar is None or not jar.is_file():
        problem = "Java and Go clients need openapi-generator-cli"
        raise MissingExtraError(f"{problem}; pip install openapi-generator-cli")
    return jar
