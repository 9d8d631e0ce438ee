"""What goes over the mock's wire: the call it received, the answer it gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self, TypeVar
from urllib.parse import quote, unquote, unquote_plus

from contract_tests.exchange import Headers, header

JSON = "application/json"

Value = TypeVar("Value")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Call:
    """One request as it arrived; `target` is the raw path and query of the request line."""

    method: str
    target: str
    headers: Headers = field(default=(), repr=False)
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path as it came, still percent-encoded."""
        return self.target.partition("?")[0]

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The decoded parts of the path; an encoded slash stays inside its part."""
        parts = self.path.removeprefix("/").split("/")
        return tuple(unquote(part, errors="replace") for part in parts)

    @cached_property
    def query(self) -> Pairs:
        """The decoded parameters in the order they came; one without `=` is empty."""
        text = self.target.partition("?")[2]
        pairs = (part.partition("=") for part in text.split("&") if part)
        return tuple((_plain(name), _plain(value)) for name, _, value in pairs)

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever the case of its name."""
        return header(self.headers, name)

    def parameter(self, name: str) -> str | None:
        """The first value of a query parameter."""
        return next((value for key, value in self.query if key == name), None)

    def with_header(self, name: str, value: str | None) -> Self:
        """The same call with one header set, or without it (None)."""
        kept = tuple(pair for pair in self.headers if pair[0].lower() != name.lower())
        return replace(self, headers=kept if value is None else (*kept, (name, value)))

    def with_query(self, pairs: Pairs) -> Self:
        """The same call with other parameters."""
        text = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
        return replace(self, target=f"{self.path}?{text}" if text else self.path)

    def with_segment(self, index: int, value: str) -> Self:
        """The same call with another part of the path."""
        parts = [*self.segments]
        parts[index] = value
        path = "/" + "/".join(quote(part, safe="") for part in parts)
        _, mark, text = self.target.partition("?")
        return replace(self, target=path + mark + text)


def copied(value: Value) -> Value:
    """A deep copy of a JSON value; several times as fast as `copy.deepcopy`."""
    copy: Any = value
    if isinstance(value, dict):
        copy = {key: copied(inner) for key, inner in value.items()}
    elif isinstance(value, list):
        copy = [copied(item) for item in value]
    return copy  # type: ignore[no-any-return]


def _plain(text: str) -> str:
    return unquote_plus(text, errors="replace")


@dataclass(frozen=True)
class Answer:
    """One answer; `raw` replaces the JSON text of `content` where it is set.

    The last three fields are for faults of the wire: seconds to wait before anything is sent,
    after how many bytes of the body the connection breaks off, and whether it is reset
    without an answer.
    """

    status: int
    content: Any = None
    headers: Headers = (("Content-Type", JSON),)
    raw: bytes | None = None
    delay: float = 0.0
    cut: int | None = None
    reset: bool = False

    @property
    def body(self) -> bytes:
        """The body's bytes."""
        return json.dumps(self.content).encode() if self.raw is None else self.raw

    @property
    def is_success(self) -> bool:
        """Whether the status is one of 2xx."""
        return 200 <= self.status < 300

    def with_header(self, name: str, value: str | None) -> Self:
        """The same answer with one header set, or without it (None)."""
        kept = tuple(pair for pair in self.headers if pair[0].lower() != name.lower())
        return replace(self, headers=kept if value is None else (*kept, (name, value)))

    def with_text(self, edit: Callable[[str], str]) -> Self:
        """The same answer with its body edited as text."""
        return replace(self, raw=edit(self.body.decode()).encode())


def refusal(status: int, code: str, message: str) -> Answer:
    """An error answer in the vendor's shape; `code` is the number of a `ModelArts.` code."""
    return Answer(status, {"error_code": f"ModelArts.{code}", "error_msg": message})
