"""The error-code appendix lists 400 codes for an operation whose page lists no 400.

A client that was written from the page does not expect the answer. A code is of an operation where
its message or description speaks of what the operation does: "Failed to start the notebook" of
StartNotebook, or of "Starting a Notebook Instance" where the page has no such name. The appendix is
the one that the page links to.

Fails::

    page StartDisk
    POST /v1/disks/{id}/start
    = statuses
    200 | OK
    404 | Not Found
    = text Error Codes
    See [Error Codes](ErrorCodes.html).
    page ErrorCodes
    = errors
    400 | Disks.0001 | Failed to start the disk. | The disk could not be started.

Passes::

    page StartDisk
    POST /v1/disks/{id}/start
    = statuses
    200 | OK
    400 | Bad Request
    = text Error Codes
    See [Error Codes](ErrorCodes.html).
    page ErrorCodes
    = errors
    400 | Disks.0001 | Failed to start the disk. | The disk could not be started.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from contract_tests.facts import ErrorCode, Page
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.MISLEADS
AREA = "across"
WORD = re.compile(r"[a-z]+", re.IGNORECASE)
NAME = re.compile(r"(?:[A-Z][a-z]+){2,}")
HUMP = re.compile(r"[A-Z][a-z]+")
ENDING = re.compile(r"(?:e?d|ing|es?|s)$")
DOUBLED = re.compile(r"(.)\1$")
LITTLE = frozenset({"a", "an", "the", "of", "for", "to", "in", "from", "by", "task"})
"""Words of a title that do not tell what it is about: every kind of thing has tasks."""
INSTANCE = "instanc"
"""What messages call an instance of anything, for short."""
SHOWN = 3
"""So many codes stand in the claims as evidence."""


def check_all(readings: Sequence[Reading]) -> Iterator[Problem]:
    """Find the operations that have codes of status 400 and list no 400."""
    appendices = {
        page.operation: _texts(page) for page in _pages(readings) if len(page.error_codes) > 0
    }
    for page in _pages(readings):
        statuses = {status.code for status in page.statuses}
        if page.method and statuses and 400 not in statuses:
            linked = {PurePath(link.target.partition("#")[0]).stem for link in page.links}
            codes = [
                pair for name in sorted(linked & appendices.keys()) for pair in appendices[name]
            ]
            found = list(_of_operation(page, codes))
            if found:
                yield _missing(page, found)


def _pages(readings: Sequence[Reading]) -> Iterator[Page]:
    return (reading.page for reading in readings)


def _texts(page: Page) -> list[tuple[frozenset[str], ErrorCode]]:
    """What each code of status 400 is about, once for its message and once for its description."""
    return [
        (_stems(WORD.findall(text)), code)
        for code in page.error_codes
        if code.status == 400
        for text in (code.message, code.description)
    ]


def _of_operation(page: Page, codes: list[tuple[frozenset[str], ErrorCode]]) -> Iterator[ErrorCode]:
    """The codes that one text of speaks of the operation and of what it works on."""
    subjects = [subject for subject in _subjects(page) if len(subject) > 1]
    found = {code.code: code for words, code in codes if any(s <= words for s in subjects)}
    yield from found.values()


def _missing(page: Page, found: list[ErrorCode]) -> Problem:
    names = ", ".join(code.code for code in found[:SHOWN])
    return Problem(
        stem=page.stem,
        structure="status",
        message=f"the error codes {names} come with 400, which the page does not list",
        values=("400",),
        source=page.statuses[0].source,
        claims=tuple(says(f"{code.status} {code.code}", code.source) for code in found[:SHOWN]),
        suggestion="400 | Bad Request",
    )


def _subjects(page: Page) -> Iterator[frozenset[str]]:
    """The stems of the words that say what the operation does to what, in both ways of saying."""
    title = WORD.findall(page.title)
    name = page.operation
    yield _stems(HUMP.findall(name) if NAME.fullmatch(name) else title) - LITTLE
    if title and INSTANCE in _stems(title):
        yield _stems(title[:1]) | {INSTANCE}


def _stems(words: Iterable[str]) -> frozenset[str]:
    """The words without their endings: starting, started and start are one."""
    return frozenset(DOUBLED.sub(r"\1", ENDING.sub("", word.lower())) for word in words)
