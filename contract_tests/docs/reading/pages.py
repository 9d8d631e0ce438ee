"""A document as a page: follows its headings and labels, and reads each block where it stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import PurePath

from contract_tests.docs.reading.blocks import Code, Document, Grid, Heading, Paragraph, Row
from contract_tests.docs.reading.captions import Title, read_title
from contract_tests.docs.reading.examples import Lead, Role, read_examples
from contract_tests.docs.reading.nesting import Index
from contract_tests.docs.reading.roots import name_structures
from contract_tests.docs.reading.tables import Surroundings, read_table
from contract_tests.docs.wording.sections import (
    GENERATED_SECTIONS,
    REQUEST_LABEL,
    REQUEST_LINE,
    RESPONSE_LABEL,
    SECTIONS,
    STATUS_ALONE,
    STATUS_LABEL,
    Section,
)
from contract_tests.facts import (
    Census,
    Diagnostic,
    Dialect,
    ErrorCode,
    Example,
    Link,
    Note,
    Page,
    StatusCode,
    Style,
    Table,
)
from contract_tests.findings import Source

_SECTION_ROLES: dict[Section, Role] = {
    "request": "request",
    "request-example": "request",
    "response": "response",
    "response-example": "response",
}


def read_document(document: Document, file: str, dialect: Dialect) -> Page:
    """The facts of a page. Each row, list item and block of code is accounted for."""
    facts = _Facts()
    reader = _Reader(file, document, facts, name=PurePath(file).name)
    reader.read()
    return Page(
        stem=PurePath(file).stem,
        file=file,
        dialect=dialect,
        title=facts.title,
        style=_style(facts.sections),
        original=document.original,
        method=facts.method,
        uri=facts.uri,
        uri_source=facts.uri_source,
        tables=name_structures(facts.tables),
        examples=tuple(facts.examples),
        statuses=tuple(facts.statuses),
        error_codes=tuple(facts.error_codes),
        links=tuple(facts.links),
        notes=tuple(facts.notes),
        sections=tuple(facts.sections),
        diagnostics=(*document.diagnostics, *facts.diagnostics),
        census=Census(document.rows, document.items, document.codes),
    )


@dataclass(slots=True)
class _Facts:
    """The facts of a page as they come."""

    title: str = ""
    method: str | None = None
    uri: str | None = None
    uri_source: Source | None = None
    tables: list[Table] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    statuses: list[StatusCode] = field(default_factory=list)
    error_codes: list[ErrorCode] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    sections: list[tuple[str, Source]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """Where on the page the reading stands."""

    file: str
    document: Document
    facts: _Facts
    index: Index = field(default_factory=Index)
    titles: list[Title] = field(default_factory=list)
    name: str = ""
    """Of the file: what a link of the page to itself begins with."""
    heading: str = ""
    section: Section = ""
    status: int | None = None
    label: Role | None = None
    lead: str = ""
    lead_used: bool = False
    anchors: Collection[str] | None = None
    grids: int = 0
    codes: int = 0

    def read(self) -> None:
        """Read all blocks; the tables' titles first, so that fields find what they refer to."""
        self._read_titles()
        self.heading, self.section = "", ""
        for block in self.document.blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            elif isinstance(block, Grid):
                self._grid(block)
            elif isinstance(block, Code):
                self._code(block)
            else:
                self._heading(block)

    def _read_titles(self) -> None:
        for block in self.document.blocks:
            if isinstance(block, Heading):
                self._enter(block)
            elif isinstance(block, Grid):
                ordinal = len(self.titles) + 1
                title = read_title(block, ordinal, self.section, self.heading)
                self.titles.append(title)
                self.index.add(title, ordinal)

    def _enter(self, heading: Heading) -> None:
        self.heading = heading.text
        self.section = SECTIONS.get(heading.text.lower().rstrip(":"), "")

    def _heading(self, heading: Heading) -> None:
        if heading.level == 1 and not self.facts.title:
            self.facts.title = heading.text
            return
        self._enter(heading)
        self.status, self.label, self.lead = None, None, ""
        self.facts.sections.append((heading.text, Source(self.file, heading.line)))

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        source = Source(self.file, paragraph.line)
        if paragraph.start == "item":
            self.facts.notes.append(Note(text, source))
        self._links(paragraph)
        if self.section == "uri" and self.facts.uri is None:
            self._uri(text, source)
        if status := STATUS_LABEL.fullmatch(text):
            self.status = int(status[1])
        elif self.section == "status" and STATUS_ALONE.fullmatch(text):
            self.facts.statuses.append(StatusCode(int(text), "", source, row=False))
        else:
            self._label(paragraph)

    def _label(self, paragraph: Paragraph) -> None:
        self.lead = paragraph.text
        text = paragraph.text.lower()
        if "request" in text and REQUEST_LABEL.search(text):
            self.label = "request"
        elif "response" in text and RESPONSE_LABEL.search(text):
            self.label = "response"
        elif paragraph.start == "item" or self.lead_used:
            self.label = None
        self.lead_used = False

    def _uri(self, text: str, source: Source) -> None:
        if request := REQUEST_LINE.fullmatch(text):
            self.facts.method, self.facts.uri = request[1], request[2]
            self.facts.uri_source = source

    def _code(self, code: Code) -> None:
        self.codes += 1
        if self.section == "uri" and self.facts.uri is None:
            self._uri(code.text.strip(), Source(self.file, code.line))
        role = self.label or _SECTION_ROLES.get(self.section, "other")
        lead = Lead(role, self.lead, self.status if role == "response" else None, self.codes)
        self.facts.examples += read_examples(code, lead, self.file)
        self.lead_used = True

    def _grid(self, grid: Grid) -> None:
        title = self.titles[self.grids]
        self.grids += 1
        around = Surroundings(self.file, title, self.grids, self.heading, self.status, self.index)
        for fact in read_table(grid, around):
            if isinstance(fact, Table):
                self.facts.tables.append(fact)
            elif isinstance(fact, StatusCode):
                self.facts.statuses.append(fact)
            elif isinstance(fact, ErrorCode):
                self.facts.error_codes.append(fact)
            elif isinstance(fact, Note):
                self.facts.notes.append(fact)
            else:
                self.facts.diagnostics.append(fact)
        for row in grid.rows:
            self._row(row)

    def _row(self, row: Row) -> None:
        for cell in row.cells:
            for block in cell.blocks:
                if isinstance(block, Code):
                    self._code(block)
                elif block.references:
                    self._links(block)

    def _links(self, paragraph: Paragraph) -> None:
        source = Source(self.file, paragraph.line)
        for target, text in paragraph.references:
            page, _, anchor = target.partition("#")
            internal = bool(anchor) and page in ("", self.name)
            resolved = self._resolves(anchor) if internal else None
            self.facts.links.append(Link(target, text, internal, resolved, source))

    def _resolves(self, anchor: str) -> bool:
        if anchor in self.index.anchors:
            return True
        if self.anchors is None:
            self.anchors = self.document.anchors()
        return anchor in self.anchors


def _style(sections: list[tuple[str, Source]]) -> Style:
    headings = {heading.lower() for heading, _ in sections}
    if headings & GENERATED_SECTIONS:
        return "generated"
    return "hand-written" if "uri" in headings else "other"
