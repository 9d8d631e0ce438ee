"""HAR 1.2, as browsers, proxies and `contract-tests proxy` write it.

The entries are read one at a time, so a file may be of any size. An entry without an answer
(status 0 or -1: blocked, aborted, still loading) is read as a request alone. How the transport
failed stands in the comment of an entry where this toolkit wrote it (`timeout: …`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Any, get_args
from urllib.parse import urlencode

from contract_tests.exchange import FailureKind
from contract_tests.traffic.reading.jsonstream import Broken, converted, items

PATH = (frozenset({"log"}), frozenset({"entries"}))
OPENING = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\{\s*\"log\"\s*:\s*\{")


KINDS = "|".join(get_args(FailureKind))
FAILURE = re.compile(rf"(?:^|, )({KINDS}): (.*)$", re.DOTALL)


def score(head: bytes, name: str) -> int:
    """A HAR is an object whose member is `log`."""
    return 3 if OPENING.match(head) else int(name.removesuffix(".gz").endswith(".har"))


def read(stream: BufferedReader) -> Iterator[tuple[int, object] | Broken]:
    """Each entry as a record."""
    return converted(items(stream, PATH, _is_entry), _raw, "an entry of HAR 1.2")


def _is_entry(found: Any) -> bool:
    return isinstance(found, dict) and isinstance(found.get("request"), dict)


def _raw(entry: Any) -> dict[str, Any]:
    request, response = entry["request"], entry.get("response") or {}
    raw: dict[str, Any] = {
        "request": {
            "method": request["method"],
            "url": request["url"],
            "headers": _headers(request.get("headers")),
            "body": _sent(request.get("postData") or {}),
        },
        "sent_at": entry.get("startedDateTime"),
    }
    if int(response.get("status") or 0) > 0:
        raw["response"] = _answer(response, entry.get("time"))
    if failed := FAILURE.search(entry.get("comment") or ""):
        raw["failure"] = {"kind": failed[1], "detail": failed[2]}
    return raw


def _answer(response: Any, time: Any) -> dict[str, Any]:
    content = response.get("content") or {}
    text = content.get("text")
    size = content.get("size")
    return {
        "status": int(response["status"]),
        "headers": _headers(response.get("headers")),
        "body": {"base64": text} if content.get("encoding") == "base64" else text,
        "elapsed": (time or 0) / 1000,
        "size": size if isinstance(size, int) and size > 0 else None,
    }


def _sent(post: Any) -> Any:
    if "text" not in post and post.get("params"):
        return urlencode([(p["name"], p.get("value", "")) for p in post["params"]])
    text = post.get("text")
    is_packed = "base64" in (post.get("encoding"), post.get("comment"))
    return {"base64": text} if is_packed and text else text


def _headers(written: Any) -> list[list[str]]:
    return [[header["name"], header["value"]] for header in written or ()]
