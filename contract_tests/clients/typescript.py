"""TypeScript types by openapi-typescript, of the npm registry.

They are types alone, for a client such as openapi-fetch; the known values of an answer are a
union with `string`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from contract_tests.clients._opening import Openness
from contract_tests.clients._tools import run_tool
from contract_tests.errors import MissingExtraError

ANSWERS: Openness = "named"

FILE = "api.d.ts"


def generate(document: Path, out: Path) -> None:
    """Write one file of type declarations."""
    tool = shutil.which("openapi-typescript") or shutil.which(
        "node_modules/.bin/openapi-typescript"
    )
    if tool is None:
        problem = "the TypeScript types need openapi-typescript on the PATH or in node_modules"
        raise MissingExtraError(f"{problem}; npm install openapi-typescript@7 typescript@5")
    arguments = [str(Path(tool).absolute()), document.name, "--output", str(out / FILE)]
    run_tool("openapi-typescript", arguments, document.parent)
