"""`run.json`: everything a run found, for machines; the other formats can be made from it.

All but `traffic.har`: that alone holds all exchanges, here are those that show a finding. Its
schema is `run.schema.json` beside this file. Within one `schema_version` keys are only ever
added; a reader leaves alone what it does not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs

from contract_tests.errors import InputError
from contract_tests.report.codec import decode, encode
from contract_tests.report.visible import visible
from contract_tests.verdicts import Run

FILENAME = "run.json"
SCHEMA_VERSION = 1

_REMEDY = "give a run.json that this version of contract-tests wrote"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the file."""
    text = files("contract_tests.report").joinpath("run.schema.json").read_text("utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def render(run: Run) -> str:
    """The run as JSON: one line per verdict, fact and test, so that `grep` and `diff` work."""
    document = {"schema_version": SCHEMA_VERSION, **encode(run)}
    members = (f"{json.dumps(name)}: {_lines(value)}" for name, value in document.items())
    return "{\n" + ",\n".join(members) + "\n}\n"


def _lines(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(_one_line(item) for item in value) + "\n]"
    return _one_line(value)


def _one_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def read_run(path: Path) -> Run:
    """The run that `render` wrote; raises InputError for a file that is no such thing."""
    document = _document(path)
    version = document.get("schema_version") if isinstance(document, dict) else None
    if version != SCHEMA_VERSION:
        raise InputError(f"schema_version is {version!r}, not {SCHEMA_VERSION}", _REMEDY, path)
    for problem in _problems(document):
        raise InputError(problem, _REMEDY, path)
    run: Run = decode(Run, document)
    return run


def _document(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", _REMEDY, path) from error
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", _REMEDY, path, error.lineno) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise InputError("not JSON in UTF-8", _REMEDY, path) from error


def _problems(document: Any) -> Iterator[str]:
    for error in _validator().iter_errors(document):
        at = "".join(f"[{part!r}]" for part in error.instance_path)
        yield visible(f"{at} {error.message}".strip(), 300)


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema(), validate_formats=True)
