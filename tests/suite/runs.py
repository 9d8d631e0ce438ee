"""Runs of the command line, as a user starts them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def run(self) -> dict[str, Any]:
        """The `run.json` of the run that it made."""
        text = (self.folder / "reports" / "latest" / "run.json").read_text()
        found: dict[str, Any] = json.loads(text)
        return found

    @property
    def new(self) -> list[str]:
        """The places of the new findings that fail a run, as `VolumeRes.category`."""
        places = [v["finding"]["place"] for v in self.run["verdicts"] if v["state"] == "new"]
        return [".".join(filter(None, (p["structure"], p["field"]))) for p in places]


def contract_tests(folder: Path, *arguments: str, **environment: str) -> Done:
    """Run `contract-tests ARGUMENTS` in a folder, without tokens of the outer environment."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("CONTRACT_TESTS_")}
    done = subprocess.run(
        [sys.executable, "-m", "contract_tests", *arguments],
        cwd=folder,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr, folder)
