"""`traffic.har`: the exchanges as an HTTP Archive 1.2, for browsers' tools and for replay.

Written by harfile, the library beneath schemathesis' own HAR writer (which takes only its own
recordings). The exchanges of a `Run` are masked already.
"""

from __future__ import annotations

import base64
import io
import re
from datetime import UTC, datetime
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, quote

import harfile

from contract_tests.exchange import Exchange, Headers, Request, Response, header
from contract_tests.report.visible import visible
from contract_tests.verdicts import Run

FILENAME = "traffic.har"
MOST_BYTES = 1_000_000
"""Longer bodies are cut in a report, with a comment."""
RESERVED = "!$%&'()*+,/:;=?@~"
"""What stays as it is in path and query of a URL; HAR wants everything else encoded."""

_ORIGIN = re.compile(r"\w+://[^/?]*")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def render(run: Run) -> str:
    """The exchanges that were kept, as they were sent; without any, those that show a finding."""
    exchanges = run.traffic or tuple(v.exchange for v in run.verdicts if v.exchange)
    creator = harfile.Creator("contract-tests", run.versions.get("contract-tests", ""))
    with io.StringIO() as file:
        with harfile.open(file, creator=creator, comment=visible(run.sentence)) as har:
            for exchange in sorted(exchanges, key=lambda exchange: exchange.sent_at):
                add_entry(har, exchange, run.started)
        return file.getvalue() + "\n"


def add_entry(
    har: harfile.HarFile, exchange: Exchange, otherwise: datetime, most: int = MOST_BYTES
) -> None:
    """Add a masked exchange.

    Args:
        har: to add to.
        exchange: with bodies of which `most` bytes are shown.
        otherwise: when it was sent, where it does not say.
        most: bytes.
    """
    elapsed = max(exchange.response.elapsed * 1000, 0.0) if exchange.response else 0.0
    failure = f"{exchange.failure.kind}: {exchange.failure.detail}" if exchange.failure else ""
    notes = filter(None, (exchange.operation or "", exchange.label, failure))
    har.add_entry(
        startedDateTime=_when(exchange.sent_at, otherwise).isoformat(),
        time=elapsed,
        request=_request(exchange.request, most),
        response=_response(exchange.response, most),
        timings=harfile.Timings(send=0, wait=elapsed, receive=0),
        comment=visible(", ".join(notes)),
    )


def _when(seconds: float, otherwise: datetime) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):  # recorded traffic may carry any number
        return otherwise


def _request(request: Request, most: int) -> harfile.Request:
    mime_type = header(request.headers, "content-type") or ""
    url = _valid(request.url)
    text, encoding, comment = _content(request.body, most)
    post = harfile.PostData(mimeType=mime_type, text=text, comment=encoding or comment)
    return harfile.Request(
        method=request.method,
        url=url,
        httpVersion="HTTP/1.1",
        cookies=_cookies(request.headers, "cookie"),
        headers=_records(request.headers),
        queryString=_query(request.url),
        postData=post if request.body else None,
        bodySize=len(request.body),
        comment=f"sent as {visible(request.url, 2000)}" if url != request.url else None,
    )


def _valid(url: str) -> str:
    """The URL as a URI; requests that test the service's patience are often none."""
    origin = _ORIGIN.match(url)
    start = origin.end() if origin else 0
    return url[:start] + _LONE_PERCENT.sub("%25", quote(url[start:], RESERVED, errors="replace"))


def _query(url: str) -> list[harfile.Record]:
    pairs = parse_qsl(url.partition("?")[2], keep_blank_values=True)
    return [harfile.Record(name, value) for name, value in pairs]


def _response(response: Response | None, most: int) -> harfile.Response:
    if response is None:
        empty = harfile.Content(size=0, mimeType="")
        return harfile.Response(status=0, statusText="", httpVersion="", content=empty)
    text, encoding, comment = _content(response.body, most)
    return harfile.Response(
        status=response.status,
        statusText="",
        httpVersion="HTTP/1.1",
        cookies=_cookies(response.headers, "set-cookie"),
        headers=_records(response.headers),
        content=harfile.Content(
            size=len(response.body),
            mimeType=header(response.headers, "content-type") or "",
            text=text,
            encoding=encoding,
            comment=comment,
        ),
        redirectURL=header(response.headers, "location") or "",
        bodySize=len(response.body),
    )


def _content(body: bytes, most: int) -> tuple[str, str | None, str | None]:
    """Text, its encoding and a comment, as HAR has them."""
    kept = body[:most]
    comment = f"cut: {len(body)} bytes came" if len(body) > most else None
    try:
        return kept.decode(), None, comment
    except UnicodeDecodeError:
        return base64.b64encode(kept).decode("ascii"), "base64", comment


def _records(headers: Headers) -> list[harfile.Record]:
    return [harfile.Record(name, value) for name, value in headers]


def _cookies(headers: Headers, name: str) -> list[harfile.Cookie]:
    sent = header(headers, name)
    try:
        parsed = SimpleCookie(sent or "")
    except CookieError:
        return []  # it stands among the headers as it came
    return [harfile.Cookie(key, morsel.value) for key, morsel in parsed.items()]
