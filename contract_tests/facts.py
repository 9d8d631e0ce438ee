"""What a vendor page states, as plain data. Each fact carries the line it stands on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from contract_tests.findings import Source

Kind = Literal[
    "string", "integer", "long", "number", "boolean", "object", "array", "map", "unknown"
]
TableRole = Literal["path", "query", "header", "request", "response", "structure", "other"]
Dialect = Literal["html", "rst", "pinned"]
Unit = Literal["row", "item", "example", "page"]
Style = Literal["generated", "hand-written", "other"]


def digest(text: str) -> str:
    """16 hex digits that change when a sentence does; what is pinned in a sentence's place."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class FieldType:
    """A type as the cell writes it and as it is meant.

    `items` is the kind of an array's items or a map's values, None where the cell does not say.
    `structure` is the id of the table that an object or an array's items refer to, None where
    the cell names no table; `target` is the reference as written (link target, `Table 3`), so
    that a reference that leads nowhere can be told. `alternatives` are the ids of all tables
    that the row offers where it offers several (which one applies hangs on another field);
    `structure` is None then.
    """

    written: str
    kind: Kind
    items: Kind | None = None
    structure: str | None = None
    target: str | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EnumValue:
    """One value of an enumeration and what the page says it means ("" where nothing)."""

    value: str
    meaning: str
    source: Source
    item: bool = False
    """Whether it stands as a list item of its own."""
    marked: bool = False
    """Whether it is set in bold or quotes."""


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A value that a description names in its prose, outside of an enumeration.

    A name of another field in bold (`type` in "when **type** is set to **PATH**") is one too:
    only a rule that knows all tables can tell names from values.
    """

    value: str
    context: str
    """The sentence it stands in."""
    source: Source
    notation: str = "uppercase"
    """`bold`, `quoted`, `uppercase`, `file`."""


@dataclass(frozen=True, slots=True)
class Note:
    """A list item that is no value of an enumeration: what it says."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Default:
    """A default that a description states; `condition` is what it hangs on, "" for nothing."""

    value: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """One range that a description states; several hang on conditions, see `Limits`."""

    kind: Literal["value", "length", "unclear"]
    minimum: float | None = None
    maximum: float | None = None
    exclusive: bool = False
    """Whether the minimum itself is outside."""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits that hold whatever else is the case; None where the description states none.

    Those of an array are its items'.
    """

    minimum: float | None = None
    exclusive_minimum: float | None = None
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
    enum_open: bool = False
    """Whether the values are said or seen to be no complete list: `etc.`, `yyyyMMdd`."""
    default: str | None = None
    """The one default; None where there is none, or several for several conditions."""
    defaults: tuple[Default, ...] = ()
    limits: Limits = Limits()
    bounds: tuple[Bound, ...] = ()
    """Every range as stated, also those that hang on a condition."""
    named_values: tuple[NamedValue, ...] = ()
    notes: tuple[Note, ...] = ()
    """The list items of the description that are no values."""
    description: str = ""
    """The whole cell as text, white space folded; stays in memory, is never pinned."""
    pinned_digest: str = ""
    """For a field read from pinned facts: what `description` was when they were pinned."""

    @property
    def digest(self) -> str:
        """What tells whether the description changed; "" for an empty one."""
        return self.pinned_digest or (digest(self.description) if self.description else "")


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table that describes no parameters: its cells as text."""

    cells: tuple[str, ...]
    source: Source


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
    section: str = ""
    """The heading that the table stands under."""
    columns: tuple[str, ...] = ()
    """The heads of the columns as written."""
    records: tuple[Record, ...] = ()
    """The rows, where the table is no table of parameters."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example request or response.

    `body` is the text of the body as written, None where there is none; several requests
    under one heading are several examples, also where one block of code holds them all
    (`block` counts the page's blocks of code from 1). `method`, `uri` and `headers` are set
    where the example shows a request line. A block that is neither request nor response has
    the role `other`.
    """

    role: Literal["request", "response", "other"]
    source: Source
    text: str
    body: str | None = None
    body_line: int = 0
    method: str | None = None
    uri: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    status: int | None = None
    title: str = ""
    block: int = 0
    values: tuple[tuple[str, str], ...] = ()
    """For an example read from pinned facts: JSON path and JSON text of each value."""


@dataclass(frozen=True, slots=True)
class StatusCode:
    """One row of the table of status codes; a code that spans several rows is several."""

    code: int
    description: str
    source: Source
    message: str = ""
    row: bool = True
    """False where the page names the code outside of a table."""


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One row of an error-code appendix: code, HTTP status, message."""

    code: str
    status: int | None
    message: str
    source: Source
    description: str = ""


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
    unit: Unit = "page"
    """What became no fact; `page` for a remark on the page as a whole."""


@dataclass(frozen=True, slots=True)
class Census:
    """How many rows, list items and code blocks there are on a page, or are accounted for."""

    rows: int
    items: int
    examples: int


class UnaccountedError(AssertionError):
    """A reader lost something of a page: a fault of this package, never of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All the facts of one page.

    `census` is what the reader met on the page, counted apart from reading it; where it is
    given, every row, list item and code block has to have become a fact or a diagnostic.

    Raises:
        UnaccountedError: if one did not.
    """

    stem: str
    file: str
    dialect: Dialect
    title: str
    style: Style
    original: str = ""
    """The name that the page gives itself (`StartNotebook.html`), "" where it gives none."""
    method: str | None = None
    uri: str | None = None
    uri_source: Source | None = None
    tables: tuple[Table, ...] = ()
    examples: tuple[Example, ...] = ()
    statuses: tuple[StatusCode, ...] = ()
    error_codes: tuple[ErrorCode, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()
    """The list items outside of tables."""
    sections: tuple[tuple[str, Source], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    census: Census | None = None

    def __post_init__(self) -> None:
        """Data may not disappear quietly."""
        if self.census is not None and self.census != (found := self.accounted()):
            raise UnaccountedError(f"{self.file}: met {self.census}, accounted for {found}")

    @property
    def operation(self) -> str:
        """The operation that the page documents: its own name where it has one, or the stem."""
        return PurePath(self.original).stem or self.stem

    def accounted(self) -> Census:
        """What became a fact or a diagnostic."""
        lost = [diagnostic.unit for diagnostic in self.diagnostics]
        fields = [field for table in self.tables for field in table.fields]
        rows = len(fields) + sum(len(table.records) for table in self.tables)
        rows += sum(status.row for status in self.statuses) + len(self.error_codes)
        items = len(self.notes) + sum(len(field.notes) for field in fields)
        items += sum(value.item for field in fields for value in field.enum)
        return Census(
            rows=rows + lost.count("row"),
            items=items + lost.count("item"),
            examples=len({example.block for example in self.examples}) + lost.count("example"),
        )
