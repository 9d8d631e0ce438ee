"""Faults of the answer's notation and shape that no single field's schema speaks of."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from contract_tests.contract import View
from contract_tests.targets.faults.edits import (
    EVERYWHERE,
    LIST,
    SHOW,
    START,
    Edit,
    content,
    field,
    header,
    instead,
    notebook,
    page,
    raw,
    short,
    success,
    text,
)
from contract_tests.targets.mock.fault import Alter, Fault, Turn
from contract_tests.targets.mock.state import Record
from contract_tests.targets.mock.wire import Answer

Change = Callable[[Answer], Answer]


def camel(name: str) -> str:
    """A key in camel case."""
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name)


def renamed(value: Any, rename: Callable[[str], str]) -> Any:
    """A value with the keys of all its objects renamed."""
    if isinstance(value, dict):
        return {rename(key): renamed(inner, rename) for key, inner in value.items()}
    return [renamed(item, rename) for item in value] if isinstance(value, list) else value


def _first(pattern: str, replacement: str) -> Change:
    """Replace the first match in the body's text."""
    return text(lambda body: re.sub(pattern, replacement, body, count=1))


NOTATION: Mapping[str, tuple[str, Change]] = {
    "duplicate-key": ("the key id twice", _first(r'"id":', '"id": "shadow", "id":')),
    "duplicate-key-same": ("a key twice with one value", _first(r'("status": "\w+")', r"\1, \1")),
    "duplicate-nested-key": (
        "a key of lease twice",
        _first(r'"enable":', '"enable": false, "enable":'),
    ),
    "duplicate-key-at-end": ("a key again at the end", text(lambda b: b[:-1] + ', "name": "x"}')),
    "nan": ("NaN", _first(r'"capacity": \d+', '"capacity": NaN')),
    "infinity": ("Infinity", _first(r'"duration": \d+', '"duration": Infinity')),
    "minus-infinity": ("-Infinity", _first(r'"capacity": \d+', '"capacity": -Infinity')),
    "leading-zero": (
        "a number with a leading zero",
        _first(r'"capacity": (\d+)', r'"capacity": 0\1'),
    ),
    "plus-sign": ("a number with a plus sign", _first(r'"capacity": (\d+)', r'"capacity": +\1')),
    "hexadecimal": ("a hexadecimal number", _first(r'"capacity": \d+', '"capacity": 0x32')),
    "integral-float": ("an integer as 50.0", _first(r'"capacity": (\d+)', r'"capacity": \1.0')),
    "exponent": ("an integer as 5e1", _first(r'"capacity": \d+', '"capacity": 5e1')),
    "huge-exponent": (
        "a number beyond all floats",
        _first(r'"capacity": \d+', '"capacity": 1e999'),
    ),
    "lease-float": ("a duration as a float", _first(r'"duration": (\d+)', r'"duration": \1.0')),
    "trailing-text": ("text behind the JSON", text(lambda body: body + "OK")),
    "trailing-brace": ("a brace too many", text(lambda body: body + "}")),
    "second-document": ("a second JSON document", text(lambda body: body + body)),
    "leading-text": ("text before the JSON", text(lambda body: ")]}',\n" + body)),
    "trailing-comma": ("a trailing comma", text(lambda body: body[:-1] + ",}")),
    "missing-brace": ("JSON that breaks off", text(lambda body: body[:-1])),
    "half-a-body": ("half of the JSON", text(lambda body: body[: len(body) // 2])),
    "single-quotes": ("single quotation marks", text(lambda body: body.replace('"', "'"))),
    "comment": ("a comment", text(lambda body: "// notebook\n" + body)),
    "bare-keys": ("keys without quotation marks", text(lambda b: re.sub(r'"(\w+)":', r"\1:", b))),
    "python-literals": ("True instead of true", text(lambda b: b.replace("true", "True"))),
    "undefined": ("undefined", _first(r'"capacity": \d+', '"capacity": undefined')),
    "control-character": ("a raw line feed in a string", _first(r'"status": "', '"status": "\n')),
    "byte-order-mark": ("a byte order mark", raw(lambda body: b"\xef\xbb\xbf" + body)),
    "utf-16": ("UTF-16", raw(lambda body: body.decode().encode("utf-16"))),
    "invalid-utf-8": (
        "bytes that are no UTF-8",
        raw(lambda b: b.replace(b'"name": "', b'"name": "\xff', 1)),
    ),
    "latin-1": ("Latin-1", raw(lambda b: b.replace(b'"name": "', b'"name": "caf\xe9 ', 1))),
    "empty-body": ("no body", raw(lambda _: b"")),
    "blank-body": ("a blank body", raw(lambda _: b"  \n")),
    "null-body": ("null", raw(lambda _: b"null")),
    "true-body": ("true", raw(lambda _: b"true")),
    "string-body": ("a JSON string", raw(lambda _: b'"OK"')),
    "json-in-string": (
        "the JSON as a string in JSON",
        raw(lambda b: json.dumps(b.decode()).encode()),
    ),
    "list-body": ("an array around the notebook", content(lambda value: [value])),
    "empty-list": ("an empty array", content(lambda _: [])),
    "number-body": ("a number", raw(lambda _: b"42")),
    "xml": ("XML", raw(lambda _: b"<notebook><status>STARTING</status></notebook>")),
    "cut": ("a body that the connection cuts off", lambda a: replace(a, cut=len(a.body) // 2)),
    "cut-at-once": ("a head without its body", lambda a: replace(a, cut=0)),
    "gzip-undeclared": ("gzip that no header declares", raw(gzip.compress)),
    "gzip-declared-only": (
        "a header that declares gzip in vain",
        header("Content-Encoding", "gzip"),
    ),
}

MEDIA: Mapping[str, str | None] = {
    "text-plain": "text/plain",
    "text-html": "text/html; charset=utf-8",
    "octet-stream": "application/octet-stream",
    "xml": "application/xml",
    "form": "application/x-www-form-urlencoded",
    "nonsense": "json",
    "empty": "",
    "missing": None,
}

SHAPE: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "wrapped-notebook": ("a wrapper notebook", lambda value: {"notebook": value}),
    "wrapped-data": ("a wrapper data", lambda value: {"data": value}),
    "wrapped-result": ("a wrapper with code and result", lambda v: {"code": 0, "result": v}),
    "camel-case": ("keys in camel case", lambda value: renamed(value, camel)),
    "upper-case": ("keys in capitals", lambda value: renamed(value, str.upper)),
    "hyphens": ("keys with hyphens", lambda v: renamed(v, lambda key: key.replace("_", "-"))),
    "error-body": (
        "an error body",
        lambda _: {"error_code": "ModelArts.6357", "error_msg": "It failed."},
    ),
    "both-bodies": (
        "error fields beside the notebook",
        lambda v: {**v, "error_code": "ModelArts.0"},
    ),
    "empty-object": ("an empty object", lambda _: {}),
    "no-id": ("a notebook without its id", lambda v: {k: x for k, x in v.items() if k != "id"}),
    "no-status": (
        "a notebook without its status",
        lambda v: {k: x for k, x in v.items() if k != "status"},
    ),
    "all-null": ("null everywhere", lambda value: dict.fromkeys(value)),
    "all-strings": ("every value as a string", lambda v: {k: str(x) for k, x in v.items()}),
}

STRUCTURES = (
    "image",
    "lease",
    "volume",
    "user",
    "user.domain",
    "pool",
    "endpoints",
    "action_progress",
)


def faults(view: View) -> Iterator[Fault]:
    """Faults of notation, media type, shape and undocumented fields."""
    del view
    for name, (words, change) in NOTATION.items():
        yield _fault(f"body-{name}", f"a start answers {words}", "body", success(change))
    for name, media in MEDIA.items():
        words = f"a start's JSON comes as {media or name}"
        yield _fault(
            f"media-{name}", words, "header.Content-Type", success(header("Content-Type", media))
        )
    for name, (words, change_value) in SHAPE.items():
        yield _fault(
            f"shape-{name}",
            f"a start answers {words}",
            "NotebookResp",
            success(content(change_value)),
        )
    yield from _undocumented()
    yield from _of_other_operations()
    yield _fault(
        "html-page", "a start answers an HTML page", "body", success(instead(page(200, "OK")))
    )


def _undocumented() -> Iterator[Fault]:
    """A field that the contract does not have, in each structure of the answer."""
    for name in ("state", "statusCode", "internal_ip", "Status", "_id", "create_time"):
        yield _fault(
            f"undocumented-{camel(name).lower().replace('_', '')}",
            f"a start answers an undocumented field {name}",
            f"NotebookResp.{name}",
            notebook(_adding(name)),
        )
    for structure in STRUCTURES:
        slug = structure.replace(".", "-").replace("_", "-")
        yield _fault(
            f"undocumented-in-{slug}",
            f"a start answers an undocumented field in {structure}",
            structure,
            field(structure, _with_extra),
        )


def _adding(name: str) -> Edit:
    def edit(turn: Turn, record: Record) -> None:
        del turn
        record[name] = "x"

    return edit


def _with_extra(value: Any) -> Any:
    """An object, or the last object of an array, with a field more."""
    if isinstance(value, list):
        return [*value[:-1], _with_extra(value[-1])] if value else value
    return {**value, "extra_info": "x"}


def _of_other_operations() -> Iterator[Fault]:
    """The same notation faults elsewhere: one server writes all answers."""
    for operation in (SHOW, LIST):
        for name in ("duplicate-key", "nan", "trailing-text", "half-a-body", "byte-order-mark"):
            words, change = NOTATION[name]
            yield Fault(
                id=f"{short(operation)}-body-{name}",
                klass="response",
                description=f"{operation} answers {words}",
                detects=(f"{operation}:body",),
                alter=success(change, operation),
            )
    yield Fault(
        id="everywhere-media-text-plain",
        klass="response",
        description="every answer comes as text/plain",
        detects=tuple(f"{operation}:header.Content-Type" for operation in EVERYWHERE),
        alter=success(header("Content-Type", "text/plain"), *EVERYWHERE),
    )
    yield Fault(
        id="list-data-missing",
        klass="response",
        description="a list has items instead of data",
        detects=(f"{LIST}:NotebookList",),
        alter=success(content(lambda v: _rename(v, "data", "items")), LIST),
    )


def _rename(value: Record, old: str, new: str) -> Record:
    return {new if key == old else key: inner for key, inner in value.items()}


def _fault(id_: str, words: str, place: str, alter: Alter) -> Fault:
    return Fault(
        id=id_, klass="response", description=words, detects=(f"{START}:{place}",), alter=alter
    )
