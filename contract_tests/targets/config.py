"""`contract-tests.toml`: named targets, without anything secret in them.

[targets.staging]
base_url = "https://modelarts.example.com"
project_id = "…"
notebook_ids = ["…"]
max_starts = 3
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from contract_tests.errors import InputError, TargetError
from contract_tests.targets.fields import FIELDS

FILE = Path("contract-tests.toml")
_SECRET = re.compile(
    r"token|password|passwd|secret|credential|access_?key|^(ak|sk)$", re.IGNORECASE
)


def read_target(name: str, path: Path | None = None) -> dict[str, Any]:
    """The fields of one target of the file, each of its right type.

    Args:
        name: of the target.
        path: of the file; `contract-tests.toml` in the working folder where None.

    Raises:
        TargetError: there is no such target, or no file that could name it.
        InputError: the file is no TOML, or holds what does not belong there.
    """
    file = path or FILE
    if path is None and not file.exists():
        raise TargetError(f"no target {name!r}: there is no {FILE} here; give --base-url")
    text = _read(file)
    targets = _targets(file, text)
    if name not in targets:
        near = get_close_matches(name, targets, n=1)
        known = f"did you mean {near[0]}?" if near else f"it has {', '.join(targets) or 'none'}"
        raise TargetError(f"no target {name!r} in {file}; {known}")
    return _fields(targets[name], name, file, text)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", "name another file", file) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", "save it as UTF-8", file) from None


def _targets(file: Path, text: str) -> Mapping[str, Any]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        problem = f"no valid TOML: {str(error).partition(' (at')[0]}"
        raise InputError(problem, "mend it", file, int(found[1]) if found else None) from None
    for key in document:
        if key != "targets":
            line = _line(text, key)
            raise InputError(f"unknown key {key!r}", "there is only [targets.NAME]", file, line)
    targets = document.get("targets", {})
    if not isinstance(targets, dict):
        raise InputError(
            "targets is no table", "write [targets.NAME]", file, _line(text, "targets")
        )
    return targets


def _fields(values: Any, name: str, file: Path, text: str) -> dict[str, Any]:
    at = _line(text, name)
    if not isinstance(values, dict):
        raise InputError(f"target {name!r} is no table", f"write [targets.{name}]", file, at)
    return {key: _field(key, value, file, _line(text, key, at)) for key, value in values.items()}


def _field(key: str, value: Any, file: Path, line: int | None) -> Any:
    if key not in FIELDS and _SECRET.search(key):
        remedy = "delete it there, renew it, and set CONTRACT_TESTS_TOKEN in the environment"
        raise InputError(f"{key} is a secret, which no file may hold", remedy, file, line)
    if key not in FIELDS:
        near = get_close_matches(key, FIELDS, n=1)
        remedy = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(FIELDS))}"
        raise InputError(f"unknown key {key!r}", remedy, file, line)
    try:
        return FIELDS[key](value)
    except ValueError as error:
        raise InputError(f"{key}: {error}", "mend it", file, line) from None


def _line(text: str, key: str, after: int | None = None) -> int | None:
    """The first 1-based line, behind another one, that sets a key or opens its table."""
    setting = re.compile(rf"""\s*(\[.*)?["']?\b{re.escape(key)}["']?\s*[\]=.]""")
    numbered = enumerate(text.splitlines(), start=1)
    return next((n for n, line in numbered if n > (after or 0) and setting.match(line)), None)
