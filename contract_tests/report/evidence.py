"""An exchange as lines to look at, those marked that a finding is about.

Bodies are shown as they came: JSON is only broken into lines, so that doubled keys, odd
numbers and cut-off ends stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from contract_tests.exchange import Exchange, Headers, Response
from contract_tests.findings import Finding
from contract_tests.report.visible import visible

MOST_BYTES = 60_000
MOST_LINES = 24
"""A longer body is shown around its marked lines only."""
AROUND = 3

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\],:]|[^\s{}\[\],:"]+')
_MEMBER = re.compile(r'\s*"((?:[^"\\]|\\.)*)": "?(.*?)"?,?')
_ORIGIN = re.compile(r"^\w+://[^/?]*")
_IN_THE_ADDRESS = frozenset({"query", "path"})
_NOT_IN_THE_ANSWER = frozenset({"query", "path", "header", "body"})
_IN_THE_STATUS = frozenset({"status", "security", "operation", "lifecycle"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `marked` where the finding is about it, `gap` where lines are left out."""

    text: str
    marked: bool = False
    gap: bool = False


def request_lines(exchange: Exchange, finding: Finding) -> list[Line]:
    """Method and path, headers, body."""
    request, place = exchange.request, finding.place
    address = _ORIGIN.sub("", request.url)
    return [
        Line(
            f"{visible(request.method, 20)} {visible(address, 600)}",
            place.structure in _IN_THE_ADDRESS,
        ),
        *_headers(request.headers, finding),
        *_body(request.body, finding, is_about=place.structure == "body"),
    ]


def response_lines(exchange: Exchange, finding: Finding) -> list[Line]:
    """Status, headers and body, or how the transport failed."""
    if exchange.response is None:
        failure = exchange.failure
        said = f"{failure.kind}: {failure.detail}" if failure else "no answer"
        return [Line(visible(said), marked=True)]
    response: Response = exchange.response
    took = f"{response.status} after {response.elapsed * 1000:.0f} ms"
    return [
        Line(took, finding.place.structure in _IN_THE_STATUS),
        *_headers(response.headers, finding),
        *_body(response.body, finding, is_about=finding.place.structure not in _NOT_IN_THE_ANSWER),
    ]


def _headers(headers: Headers, finding: Finding) -> Iterator[Line]:
    place = finding.place
    about = place.field.lower() if place.structure == "header" else None
    for name, value in headers[:MOST_LINES]:
        yield Line(f"{visible(name, 60)}: {visible(value, 120)}", name.lower() == about)


def _body(content: bytes, finding: Finding, *, is_about: bool) -> Iterator[Line]:
    if not content:
        return
    yield Line("")
    text = content[:MOST_BYTES].decode("utf-8", "replace")
    lines = broken_into_lines(text) if text.lstrip()[:1] in ("{", "[") else text.splitlines()
    marked = _about(lines, finding) if is_about else set()
    yield from _around_marked([Line(visible(t), n in marked) for n, t in enumerate(lines)])
    if len(content) > MOST_BYTES:
        yield Line(f"… {len(content) - MOST_BYTES:,} more bytes", gap=True)


def broken_into_lines(text: str) -> list[str]:
    """JSON, or what was meant to be, one member a line, every token as it was written."""
    lines = [""]
    depth = 0
    for piece in _TOKENS.findall(text):
        if piece in "}]":
            depth = max(depth - 1, 0)
            if lines[-1].strip():
                lines.append("")
            elif len(lines) > 1 and lines[-2][-1:] in ("{", "["):
                lines.pop()  # an empty object or array stays on its line
            else:
                lines[-1] = ""
        lines[-1] += piece if lines[-1] else "  " * min(depth, 20) + piece
        if piece in "{[":
            depth += 1
        if piece in "{[,":
            lines.append("")
        elif piece == ":":
            lines[-1] += " "
    return lines if lines[-1] else lines[:-1]


def _about(lines: list[str], finding: Finding) -> set[int]:
    """The members named like the field; of these the ones with the offending value, if any."""
    name = finding.place.field.rpartition(".")[2].removesuffix("[]")
    members = ((n, _MEMBER.fullmatch(line)) for n, line in enumerate(lines))
    named = {n: match[2] for n, match in members if match and match[1] == name}
    offending = {n for n, value in named.items() if value in finding.values}
    return offending or set(named)


def _around_marked(lines: list[Line]) -> Iterator[Line]:
    if len(lines) <= MOST_LINES:
        yield from lines
        return
    shown = _near_marked(lines) or set(range(MOST_LINES))
    for is_shown, group in groupby(enumerate(lines), key=lambda pair: pair[0] in shown):
        part = [line for _, line in group]
        yield from part if is_shown else [Line(f"… {len(part):,} lines", gap=True)]


def _near_marked(lines: Iterable[Line]) -> set[int]:
    marked = [number for number, line in enumerate(lines) if line.marked][:3]
    return {near for n in marked for near in range(n - AROUND, n + AROUND + 1)}
