"""Traffic to test with: one exchange, in every format it may be recorded in."""

from __future__ import annotations

import base64
import gzip
import io
import json
from typing import Any

from contract_tests.traffic.reading.records import Diagnostic, Record
from contract_tests.traffic.reading.sources import read_stream

BASE = "https://modelarts.eu-de.otc.t-systems.com"
PROJECT = "0a1b2c3d4e5f40718293a4b5c6d7e8f9"
NOTEBOOK = "f9937afa-4451-42db-a76b-72d624749f66"
START = f"{BASE}/v1/{PROJECT}/notebooks/{NOTEBOOK}/start"
SHOW = f"{BASE}/v1/{PROJECT}/notebooks/{NOTEBOOK}"
TOKEN = "MIIEvwYJKoZIhvcNAQcCoIIEsDCCBK"
JSON_HEADERS = [["Content-Type", "application/json"]]


def notebook(**changes: Any) -> dict[str, Any]:
    """The body of an answer that documented, spec and service agree on."""
    body = {
        "id": NOTEBOOK,
        "name": "notebooks_test",
        "status": "STARTING",
        "feature": "NOTEBOOK",
        "lease": {
            "create_at": 1638841744515,
            "update_at": 1638844471727,
            "duration": 6327212,
            "enable": True,
            "type": "timing",
        },
        "volume": {"category": "EVS", "ownership": "MANAGED", "capacity": 50},
        "workspace_id": "0",
    }
    return body | changes


def raw(body: Any = None, *, status: int = 200, url: str = START, **changes: Any) -> dict[str, Any]:
    """One recorded start; `body` is JSON to be written, text, or a documented notation."""
    written = notebook() if body is None else body
    is_json = isinstance(written, dict) and "base64" not in written
    record: dict[str, Any] = {
        "request": {
            "method": "POST",
            "url": url,
            "headers": [["X-Auth-Token", TOKEN], ["Content-Type", "application/json"]],
            "body": "",
        },
        "response": {
            "status": status,
            "headers": JSON_HEADERS,
            "body": json.dumps(written, ensure_ascii=False) if is_json else written,
            "elapsed": 0.25,
        },
        "sent_at": 1763900000.0,
    }
    return record | changes


def ndjson(*records: Any) -> bytes:
    """NDJSON; a text among the records is written as it stands."""
    lines = (
        item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in records
    )
    return "".join(f"{line}\n" for line in lines).encode()


def har_entry(record: dict[str, Any]) -> dict[str, Any]:
    """A record as an entry of a HAR."""
    request, response = record["request"], record.get("response")
    answer: dict[str, Any] = {"status": 0, "headers": [], "content": {}}
    if response:
        body, headers = response.get("body"), response.get("headers", ())
        text = body if isinstance(body, str) else base64.b64encode(b"").decode()
        answer = {
            "status": response["status"],
            "headers": [{"name": k, "value": v} for k, v in headers],
            "content": {"size": len(text), "mimeType": "application/json", "text": text},
        }
    return {
        "startedDateTime": "2025-11-23T12:13:20.000Z",
        "time": 250,
        "request": {
            "method": request["method"],
            "url": request["url"],
            "headers": [{"name": k, "value": v} for k, v in request.get("headers", ())],
            "postData": {"mimeType": "application/json", "text": request.get("body") or ""},
        },
        "response": answer,
        "timings": {"send": 0, "wait": 250, "receive": 0},
        "cache": {},
    }


def har(*entries: Any) -> bytes:
    """A HAR; a text among the entries is written as it stands."""
    written = ",\n".join(
        item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in entries
    )
    creator = '{"name": "a browser", "version": "1"}'
    head = f'{{"log": {{"version": "1.2", "creator": {creator}, "pages": [{{"title": "entries"}}],'
    return f'{head}\n"entries": [\n{written}\n], "comment": "] }}"}}}}'.encode()


def vcrpy(*records: dict[str, Any]) -> bytes:
    """A YAML cassette as vcrpy writes it."""
    items = [
        {
            "request": {
                "method": record["request"]["method"],
                "uri": record["request"]["url"],
                "headers": {k: [v] for k, v in record["request"]["headers"]},
                "body": record["request"].get("body"),
            },
            "response": {
                "status": {"code": record["response"]["status"], "message": "OK"},
                "headers": {k: [v] for k, v in record["response"]["headers"]},
                "body": {"string": record["response"]["body"]},
            },
        }
        for record in records
    ]
    import yaml

    return yaml.safe_dump({"interactions": items, "version": 1}).encode()


def read_all(
    content: bytes, name: str = "traffic.ndjson", format_id: str | None = None
) -> tuple[list[Record], list[Diagnostic]]:
    """What a file of that content and name holds."""
    found = list(read_stream(io.BytesIO(content), name, format_id))
    records = [item for item in found if isinstance(item, Record)]
    return records, [item for item in found if isinstance(item, Diagnostic)]


def packed(content: bytes) -> bytes:
    """The same, as gzip."""
    return gzip.compress(content)
