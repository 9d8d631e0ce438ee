"""A block of code as example requests and responses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from contract_tests.docs.reading.blocks import Code
from contract_tests.docs.wording.sections import HEADER_LINE, REQUEST_LINE, STATUS_LINE
from contract_tests.facts import Example
from contract_tests.findings import Source

Role: TypeAlias = Literal["request", "response", "other"]


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a block of code: what it is said to be."""

    role: Role
    title: str
    status: int | None
    block: int
    """The number of the block of code on the page, from 1."""


def read_examples(code: Code, lead: Lead, file: str) -> Iterator[Example]:
    """The examples of a block of code: one for each request line in it, at least one."""
    lines = _joined(code.text.split("\n"))
    starts = [n for n, line in enumerate(lines) if _begins_message(line)]
    if not starts or any(line.strip() for line in lines[: starts[0]]):
        starts.insert(0, 0)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _example(lines[start:end], code.line + start, lead, file)


def _joined(lines: list[str]) -> list[str]:
    """The same lines, where a method and its URI stand on lines of their own as one of both."""
    joined = list(lines)
    for number, line in enumerate(lines):
        rest = (later for later in range(number + 1, len(lines)) if lines[later].strip())
        uri = next(rest, None) if line.strip().isupper() else None
        if uri is not None and REQUEST_LINE.fullmatch(f"{line.strip()} {lines[uri].strip()}"):
            joined[number], joined[uri] = f"{line.strip()} {lines[uri].strip()}", ""
    return joined


def _begins_message(line: str) -> bool:
    return bool(REQUEST_LINE.fullmatch(line) or STATUS_LINE.fullmatch(line))


def _example(lines: list[str], line: int, lead: Lead, file: str) -> Example:
    request = REQUEST_LINE.fullmatch(lines[0])
    status = STATUS_LINE.fullmatch(lines[0])
    headers: list[tuple[str, str]] = []
    begin = 0
    if request or status:
        begin = 1
        while begin < len(lines) and (header := HEADER_LINE.fullmatch(lines[begin])):
            headers.append((header[1], header[2].strip()))
            begin += 1
    while begin < len(lines) and not lines[begin].strip():
        begin += 1
    body = "\n".join(lines[begin:]).rstrip()
    return Example(
        role="request" if request else "response" if status else lead.role,
        source=Source(file, line),
        text="\n".join(lines),
        body=body or None,
        body_line=line + begin if body else 0,
        method=request[1] if request else None,
        uri=request[2] if request else None,
        headers=tuple(headers),
        status=int(status[1]) if status else lead.status,
        title=lead.title,
        block=lead.block,
    )
