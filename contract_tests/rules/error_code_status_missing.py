"""The error-code appendix lists 400 codes for an operation whose page lists no 400.

A client that was written from the page does not expect the answer. A code is of an operation where
its message or description speaks of what the operation does ("Failed to start the notebook" of
StartNotebook, or of "Starting a Notebook Instance" where the page has no such name), or says that
what a path parameter names does not exist. The appendix is the one that the page links to.

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
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import PurePath

from contract_tests.facts import ErrorCode, Page
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Readings, says

SEVERITY = Severity.MISLEADS
AREA = "across"
WORD = re.compile(r"[a-z][a-z-]*", re.IGNORECASE)
NAME = re.compile(r"(?:[A-Z][a-z]+){2,}")
HUMP = re.compile(r"[A-Z][a-z]+")
ENDING = re.compile(r"(?:e?d|ing|es?|s)$")
DOUBLED = re.compile(r"(.)\1$")
IDENTIFIER = re.compile(r"\{(\w+)_id\}")
ABSENT = re.compile(r"(?:The )?([\w ]+?)(?: ID)? (?:does not exist|not exists?|not found)\.?", re.I)
LITTLE = frozenset({"a", "an", "the", "of", "for", "to", "in", "from", "by", "instanc", "task"})
"""Words of a title that do not tell what it is about: every kind of thing has tasks."""
BARE = "the instance"
INSTANCE = re.compile(r"\b(?:the|an) instance\b", re.IGNORECASE)
"""What messages call an instance of anything, for short; an "edge instance" is another thing."""
SHOWN = 3
"""So many codes stand in the claims as evidence."""


class Appendix:
    """The codes of status 400 of one page, by what they are about."""

    def __init__(self, page: Page) -> None:
        self.speaking: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self.absent: dict[frozenset[str], list[int]] = defaultdict(list)
        self.codes = [code for code in page.error_codes if code.status == 400]
        for number, code in enumerate(self.codes):
            for side, text in enumerate((code.message, code.description)):
                for stem in _words(text):
                    self.speaking[stem].add((number, side))
            if absent := ABSENT.fullmatch(code.message.strip()):
                self.absent[_stems(absent[1].split())].append(number)

    def of(self, page: Page) -> list[ErrorCode]:
        """The codes that speak of the page's operation, or of what its parameters identify."""
        found = {number for thing in _identified(page) for number in self.absent.get(thing, ())}
        for subject in _subjects(page):
            texts = set.intersection(*(self.speaking.get(stem, set()) for stem in subject))
            found.update(number for number, _ in texts)
        return [self.codes[number] for number in sorted(found)]


def check_all(readings: Readings) -> Iterator[Problem]:
    """Find the operations that have codes of status 400 and list no 400."""
    pages = [reading.page for reading in readings]
    appendices = {page.operation: Appendix(page) for page in pages if page.error_codes}
    for page in pages:
        statuses = {status.code for status in page.statuses}
        if page.method and statuses and 400 not in statuses:
            linked = sorted(name for name in appendices if _leads_to(page, name))
            found = [code for name in linked for code in appendices[name].of(page)]
            if found:
                yield _missing(page, found)


def _leads_to(page: Page, name: str) -> bool:
    """Whether the page has a link to the page of that name."""
    targets = (link.target for link in page.links if name in link.target)
    return any(PurePath(target.partition("#")[0]).stem == name for target in targets)


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


def _subjects(page: Page) -> list[frozenset[str]]:
    """The stems of the words that say what the operation does to what, in both ways of saying."""
    title = WORD.findall(page.title)
    name = page.operation
    found = [_stems(HUMP.findall(name) if NAME.fullmatch(name) else title) - LITTLE]
    if "instance" in page.title.lower():
        found.append(_stems(title[:1]) | {BARE})
    return [subject for subject in found if len(subject) > 1]


def _identified(page: Page) -> list[frozenset[str]]:
    """The stems of what the path parameters identify: `{workforce_task_id}`, a workforce task."""
    return [_stems(name.split("_")) for name in IDENTIFIER.findall(page.uri or "")]


def _words(text: str) -> frozenset[str]:
    """The stems of a text's words, and whether it speaks of just an instance."""
    stems = _stems(WORD.findall(text))
    return stems | {BARE} if INSTANCE.search(text) else stems


def _stems(words: Iterable[str]) -> frozenset[str]:
    """The words without their endings: starting, started and start are one."""
    return frozenset(_stem(word) for word in words)


@cache
def _stem(word: str) -> str:
    return DOUBLED.sub(r"\1", ENDING.sub("", word.lower()))
