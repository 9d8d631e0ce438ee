"""Python, typed, by openapi-python-client.

Values are plain texts whose types name the known ones (`Literal`), fields that nobody named
are kept in `additional_properties`.
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path

from contract_tests.clients._opening import Openness
from contract_tests.clients._tools import run_tool
from contract_tests.errors import MissingExtraError

ANSWERS: Openness = "named"

_SETTINGS = {"literal_enums": True}


def generate(document: Path, out: Path) -> None:
    """Write an installable package; what the generator only warns about fails as well."""
    if find_spec("openapi_python_client") is None:
        problem = "the Python client needs openapi-python-client"
        raise MissingExtraError(f"{problem}; pip install 'contract-tests[clients]'")
    settings = document.with_name("settings.json")
    settings.write_text(json.dumps(_SETTINGS), "utf-8")
    arguments = [sys.executable, "-c", "from openapi_python_client.cli import app; app()"]
    arguments += ["generate", "--path", str(document), "--config", str(settings)]
    arguments += ["--output-path", str(out), "--overwrite", "--meta", "setup", "--fail-on-warning"]
    run_tool("openapi-python-client", arguments, document.parent)
    _drop_caches(out)


def _drop_caches(out: Path) -> None:
    """Remove what the formatter leaves behind."""
    for path in sorted(out.rglob(".ruff_cache/**/*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for folder in out.rglob(".ruff_cache"):
        folder.rmdir()
