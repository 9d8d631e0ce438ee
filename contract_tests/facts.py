"""What a vendor page states, as plain data. Each fact carries the line it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contract_tests.findings import Source

Kind = Literal[
    "string", "integer", "long", "number", "boolean", "object", "array", "map", "unknown"
]
TableRole = Literal["path", "query", "header", "request", "response", "structure", "other"]


@dataclass(frozen=True, slots=True)
class FieldType:
    """A type as the cell writes it and as it is meant.

    `structure` is the id of the table that an object or an array's items refer to, None where
    the cell names no table; `target` is the reference as written (link target, `Table 3`), so
    that a reference that leads nowhere can be told.
    """

    written: str
    kind: Kind
    items: Kind | None = None
    structure: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class EnumValue:
    """One value of an enumeration and what the page says it means ("" where nothing)."""

    value: str
    meaning: str
    source: Source


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A value that a description names in its prose, outside of an enumeration."""

    value: str
    context: str
    """The sentence it stands in."""
    source: Source


@dataclass(frozen=True, slots=True)
class Limits:
    """Numeric and length limits that a description states; None where it states none."""

    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    unit: str | None = None
    """`ms`, `s`, `h`, `KB`, `MB`, `GB`, …"""
    format: str | None = None
    """`uuid`, `utc-ms`, …"""


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a table."""

    name: str
    type: FieldType
    source: Source
    mandatory: bool | None = None
    """None where the table has no such column."""
    mandatory_written: str = ""
    enum: tuple[EnumValue, ...] = ()
    enum_notation: str = ""
    """How the values are written: `list`, `dashes`, `lines`, `prose`; "" without any."""
    lead_in: str = ""
    """The words before the values, as written: `Options:`."""
    default: str | None = None
    limits: Limits = Limits()
    named_values: tuple[NamedValue, ...] = ()
    description: str = ""
    """The whole cell as text, white space folded; stays in memory, is never pinned."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of parameters; `id` is its anchor, or `table-N` where it has none."""

    id: str
    name: str
    """The structure's name (`VolumeRes`), or the section (`path`, `query`, `response`)."""
    role: TableRole
    caption: str
    source: Source
    fields: tuple[Field, ...] = ()
    status: int | None = None
    """For a response table: the status code whose body it describes."""
    number: int | None = None
    """The N of "Table N"."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example request or response.

    `body` is the text of the body as written, None where there is none; several requests
    under one heading are several examples. `method`, `uri` and `headers` are set where the
    example shows a request line.
    """

    role: Literal["request", "response"]
    source: Source
    text: str
    body: str | None = None
    body_line: int = 0
    method: str | None = None
    uri: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    status: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class StatusCode:
    """One row of the table of status codes."""

    code: int
    description: str
    source: Source


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One row of an error-code appendix: code, HTTP status, message."""

    code: str
    status: int | None
    message: str
    source: Source


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page; `resolved` says whether an anchor inside the page exists for it."""

    target: str
    text: str
    internal: bool
    resolved: bool | None
    source: Source


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something of the page that became no fact, and why: data may not disappear quietly."""

    reason: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Census:
    """What the reader met on the page, to hold against what became of it."""

    rows: int
    items: int
    examples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All the facts of one page."""

    stem: str
    file: str
    dialect: Literal["html", "rst", "pinned"]
    title: str
    style: Literal["generated", "hand-written", "other"]
    method: str | None = None
    uri: str | None = None
    uri_source: Source | None = None
    tables: tuple[Table, ...] = ()
    examples: tuple[Example, ...] = ()
    statuses: tuple[StatusCode, ...] = ()
    error_codes: tuple[ErrorCode, ...] = ()
    links: tuple[Link, ...] = ()
    sections: tuple[tuple[str, Source], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    census: Census | None = None
