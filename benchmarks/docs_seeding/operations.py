"""Faults of an operation: its method, its URI, its headers, its status codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from benchmarks.docs_seeding.drafts import Draft, replace, rows
from benchmarks.docs_seeding.edits import Edit, Fault, rename, rewrite, without_row
from benchmarks.docs_seeding.rows import described
from contract_tests.docs.reading.markup import counted_line
from contract_tests.facts import Example, Page, StatusCode

OTHER_METHOD = {"GET": "POST", "POST": "PUT", "PUT": "POST", "DELETE": "GET", "PATCH": "PUT"}
TITLES = ("Querying", "Deleting", "Viewing", "Obtaining", "Creating", "Updating")


def auth_header_missing(page: Page) -> Iterator[Fault]:
    """The row of the token gone."""
    for _, field in described(page):
        if field.name.lower() == "x-auth-token":
            yield Fault("security", without_row(field.source.line))


def example_uri_mismatch(page: Page) -> Iterator[Fault]:
    """A letter less in the example's path."""
    words = re.findall(r"/([a-z_-]{4,})(?=/|$|\?)", page.uri or "")
    for example in page.examples if words else ():
        own = example.role == "request" and example.method == page.method
        if own and f"/{words[-1]}" in (example.uri or ""):
            edit = rewrite(example, rf"/{words[-1]}\b", f"/{words[-1][:-1]}")
            yield Fault("example.request", edit)


def method_mismatch(page: Page) -> Iterator[Fault]:
    """Another method in the example, or in the URI, or in the URI of a page without an example."""
    asked = [example for example in page.examples if example.role == "request"]
    if page.uri and page.method in OTHER_METHOD:
        wrong = OTHER_METHOD[page.method]
        if asked and asked[0].method == page.method and _is_called(page, asked[0]):
            edit = rewrite(asked[0], rf"^(\s*){page.method}", rf"\g<1>{wrong}")
            yield Fault("example.request", edit)
            yield Fault("example.request", _with_method(page, wrong))
        elif page.title.startswith(TITLES) and page.method != "POST":
            yield Fault("operation", _with_method(page, wrong))


def _with_method(page: Page, wrong: str) -> Edit:
    def edit(draft: Draft) -> None:
        for element in draft.root.iter("p", "pre"):
            if re.match(rf"\s*{page.method}\s+/", element.text or ""):
                replace(element, f"{page.method}", wrong)
                return
        raise LookupError(page.method or "")

    return edit


def _is_called(page: Page, example: Example) -> bool:
    path = re.sub(r"^https?://[^/]*|\{endpoint\}", "", example.uri or "").partition("?")[0]
    return path.count("/") == (page.uri or "").partition("?")[0].count("/")


def multiple_success_codes(page: Page) -> Iterator[Fault]:
    """A second success code."""
    good = [status for status in page.statuses if 200 <= status.code < 300 and status.row]
    if page.method and len(good) == 1:
        yield Fault("status", _with_code(good[0], 201 if good[0].code != 201 else 200))


def _with_code(status: StatusCode, code: int) -> Edit:
    def edit(draft: Draft) -> None:
        row = next(row for row in rows(draft) if counted_line(row) == status.source.line)
        again = etree.fromstring(etree.tostring(row, with_tail=False))
        row.addnext(again)
        replace(again, str(status.code), str(code))

    return edit


def status_missing(page: Page) -> Iterator[Fault]:
    """A code gone that an example answers with."""
    used = {example.status for example in page.examples if example.role == "response"}
    listed = [status for status in page.statuses if status.row]
    for status in listed if page.method and len(listed) > 1 else ():
        if status.code in used:
            yield Fault("status", without_row(status.source.line))


def status_without_body(page: Page) -> Iterator[Fault]:
    """A success code more than bodies are described."""
    if any(table.role == "response" and table.status for table in page.tables):
        yield from multiple_success_codes(page)


def uri_parameter_mismatch(page: Page) -> Iterator[Fault]:
    """A parameter of the path without its row, or under another name."""
    for table, field in described(page, "path"):
        if f"{{{field.name}}}" in (page.uri or ""):
            yield Fault(f"path.{field.name}", without_row(field.source.line))
            yield Fault(f"path.{field.name}_2", rename(table, field, f"{field.name}_2"))
