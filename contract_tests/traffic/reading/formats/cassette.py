"""VCR cassettes, YAML or JSON: vcrpy, betamax, Ruby's VCR, go-vcr, and those of schemathesis.

YAML is cut at the items of its list and read item by item, so a file may be of any size and a
broken item costs no other. Anchors hold across the items, as they do in YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Any

import yaml

from contract_tests.traffic.reading.jsonstream import LIMIT, Broken, converted, items

LISTS = frozenset({"interactions", "http_interactions"})
YAML_LIST = re.compile(
    rb"^(?:\xef\xbb\xbf)?(?:http_)?interactions:\s*(?:\[\s*\]\s*)?(?:#.*)?$", re.MULTILINE
)
JSON_LIST = re.compile(rb"\"(?:http_)?interactions\"\s*:\s*\[")
BINARY = frozenset({"tag:yaml.org,2002:binary", "!binary"})
"""As YAML has it, and as Ruby writes it."""
ITEM = re.compile(rb"^(\s*)-(?:\s|$)")
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def score(head: bytes, name: str) -> int:
    """A cassette has a list `interactions` or `http_interactions`."""
    is_json = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    if is_json:
        return 2 if JSON_LIST.search(head) else 0
    stem = name.removesuffix(".gz")
    return 3 if YAML_LIST.search(head) else int(stem.endswith((".yaml", ".yml")))


def read(stream: BufferedReader) -> Iterator[tuple[int, object] | Broken]:
    """Each interaction as a record."""
    is_json = stream.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    found = items(stream, (LISTS,), _is_interaction) if is_json else _yaml_items(stream)
    return converted(found, _raw, "an interaction of a cassette")


def _is_interaction(found: Any) -> bool:
    return isinstance(found, dict) and isinstance(found.get("request"), dict)


def _yaml_items(stream: BufferedReader) -> Iterator[tuple[int, Any] | Broken]:
    anchors: dict[str, Any] = {}
    for found in _cut(stream):
        if isinstance(found, Broken):
            yield found
            continue
        offset, text = found
        if len(text) > LIMIT:
            yield Broken(offset, f"broken record: longer than {LIMIT} bytes")
            continue
        try:
            (value,) = _Composer(text, anchors).value()
        except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
            yield Broken(offset, f"broken record: {_problem(error)}")
        else:
            yield offset, value


def _problem(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it nests too deeply"
    return getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)


def _cut(stream: BufferedReader) -> Iterator[tuple[int, bytes] | Broken]:
    """The text of each item of the lists, with its offset."""
    offset, start, indent, item = 0, 0, None, bytearray()
    in_list = any_list = False
    for line in iter(lambda: stream.readline(LIMIT), b""):
        begin, offset = offset, offset + len(line)
        if not in_list:
            in_list = YAML_LIST.match(line) is not None
            any_list |= in_list
            continue
        opening = ITEM.match(line)
        if opening and indent in (None, len(opening[1])):
            if item:
                yield start, bytes(item)
            indent, start, item = len(opening[1]), begin, bytearray(line)
        elif line[: (indent or 0) + 1].strip() and not _blank(line):
            if item:
                yield start, bytes(item)
            # What stands behind a list, such as `version: 1`; another document may follow.
            in_list, indent, item = YAML_LIST.match(line) is not None, None, bytearray()
        elif (item or not _blank(line)) and len(item) <= LIMIT:
            item += line
    if item:
        yield start, bytes(item)
    if not any_list:
        yield Broken(0, "no interactions in it")


def _blank(line: bytes) -> bool:
    return not line.strip() or line.lstrip().startswith(b"#")


class _Composer:
    """The value of one YAML item from its events; texts stay texts, anchors go on."""

    def __init__(self, text: bytes, anchors: dict[str, Any]) -> None:
        self.events = iter(yaml.parse(text, Loader=Loader))
        self.anchors = anchors

    def value(self) -> Any:
        """The next value; _END at the end of a collection or of the document."""
        for event in self.events:
            if isinstance(event, yaml.AliasEvent):
                return self._kept(str(event.anchor))
            if isinstance(event, yaml.ScalarEvent):
                return self._keep(event, _scalar(event))
            if isinstance(event, yaml.SequenceStartEvent):
                return self._keep(event, list(iter(self.value, _END)))
            if isinstance(event, yaml.MappingStartEvent):
                return self._mapping(event)
            if isinstance(event, yaml.CollectionEndEvent):
                return _END
        return _END

    def _mapping(self, event: Any) -> Any:
        found: dict[str, Any] = {}
        while (key := self.value()) is not _END:
            found[str(key)] = self.value()
        return self._keep(event, found)

    def _kept(self, anchor: str) -> Any:
        if anchor not in self.anchors:
            raise ValueError("an alias without its anchor")
        return self.anchors[anchor]

    def _keep(self, event: Any, value: Any) -> Any:
        if event.anchor:
            self.anchors[event.anchor] = value
        return value


_END = object()


def _scalar(event: Any) -> Any:
    if event.tag in BINARY:
        return {"base64": "".join(event.value.split())}
    is_null = event.implicit[0] and event.value in ("", "~", "null", "Null", "NULL")
    return None if is_null else event.value


def _raw(interaction: Any) -> dict[str, Any]:
    request, response = interaction["request"], interaction.get("response")
    raw: dict[str, Any] = {
        "request": {
            "method": request["method"],
            "url": request.get("uri") or request["url"],
            "headers": _headers(request.get("headers")),
            "body": _body(request.get("body")),
        },
        "sent_at": interaction.get("recorded_at"),
    }
    if response:
        raw["response"] = {
            "status": _status(response),
            "headers": _headers(response.get("headers")),
            "body": _body(response.get("body", response.get("content"))),
            "elapsed": float(response.get("elapsed") or 0.0),
            "size": int(response["truncated_from"]) if "truncated_from" in response else None,
        }
    return raw


def _status(response: Any) -> int:
    written = response.get("code") or response.get("status_code") or response["status"]
    return int(written["code"] if isinstance(written, dict) else str(written).split()[0])


def _headers(written: Any) -> list[list[str]]:
    named = (written or {}).items()
    flat = ((k, v) for k, vs in named for v in (vs if isinstance(vs, list) else [vs]))
    return [[k, str(v)] for k, v in flat]


def _body(written: Any) -> Any:
    if not isinstance(written, dict) or "base64" in written:
        return written
    if written.get("base64_string") is not None:
        return {"base64": "".join(str(written["base64_string"]).split())}
    return written.get("string")
