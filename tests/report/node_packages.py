"""Packages of the npm registry that tests need: schemas that others maintain, axe-core.

They are unpacked below `node_modules/` of the repository, without their dependencies and
without running anything of theirs; a test that cannot get one is skipped with a reason.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import pytest

CACHE = Path(__file__).parents[2] / "node_modules" / ".contract-tests"


def package_file(package: str, version: str, file: str) -> Path:
    """A file of that version of a package."""
    folder = CACHE / f"{package.replace('/', '-')}-{version}"
    if not folder.exists():
        _unpack(f"{package}@{version}", folder)
    return folder / "package" / file


def package_json(package: str, version: str, file: str) -> Any:
    """A JSON document of a package."""
    return json.loads(package_file(package, version, file).read_text("utf-8"))


def _unpack(wanted: str, folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as workshop:
        done = subprocess.run(
            [npm, "pack", "--silent", "--ignore-scripts", wanted],
            cwd=workshop,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"npm cannot get {wanted}: {done.stderr.strip()[-200:]}")
        (archive,) = Path(workshop).glob("*.tgz")
        with tarfile.open(archive) as tar:
            tar.extractall(Path(workshop, "unpacked"), filter="data")
        if not folder.exists():
            Path(workshop, "unpacked").rename(folder)
