"""A description speaks of a field that no table of the page has.

The reader cannot find out what the condition is; the field was renamed, or the text comes from
another operation. Fields that the sentence places elsewhere (`of the listener`, `in the token`)
are not meant.

Fails::

    POST /v1/disks
    = request
    weight | No | Integer | Weight. It is valid only when disk_type is set to **fast**.

Passes::

    POST /v1/disks
    = request
    weight | No | Integer | Weight. It is valid only when disk_type is set to **fast**.
    disk_type | No | String | Kind of disk.
    token_id | No | String | Token. It must be the same as the value of user_id in the token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.calls import target
from contract_tests.rules.reading.spelling import slip_of

SEVERITY = Severity.MISLEADS
AREA = "prose"

IDENTIFIER = re.compile(r"(?<![\w/{$.@-])@?(?:[a-z][a-z0-9]*_\w+|[a-z]+(?:[A-Z][a-z]+)+)(?![\w/])")
WORD = re.compile(r"\w+")
HUMP = re.compile(r"[a-z][A-Z]")
USES = ("set", "configured", "specified", "passed", "updated", "with ", "value of ", "parameter")
"""One of these stands in every description that uses a name as a field's: quick to see."""
SET = re.compile(
    r"(?: parameter| field)? (?:is|are|must be|was)(?: not)?"
    r" (?:set|configured|specified|passed|updated)\b"
)
WITH = re.compile(r"\b(?:together|along) with (?:parameters? )?$")
VALUE_OF = re.compile(r"\b(?:value of|parameters?|field) $")
ARTICLE = re.compile(r"\b(?:the|if|when) $")
ELSEWHERE = re.compile(
    r"\W*(?:\([^)]*\) ?)?(?:to \S+ )?(?:of|for|in|during) (?:the|a|an|each|real-time|batch)\b"
)
"""What follows a name that the sentence places in another structure or operation."""


def check(reading: Reading) -> Iterator[Problem]:
    """Names in the position of a field that are none of the page's, each once a row."""
    known = _known(reading)
    for table, field in reading.saying(*USES):
        for name, use in dict(_references(field, known)).items():
            yield Problem.at(
                table,
                field,
                f"the description names {name}, which no table of the page has",
                values=(name,),
                claims=(says(name, field.source), says("no such field")),
                suggestion=slip_of(name, (other.name for other in table.fields)),
                certain=not name.islower() or "_" in name or use != "called",
            )


def _known(reading: Reading) -> frozenset[str]:
    """Every name and value that a reader finds on the page; names also without their prefix."""
    names = set(reading.by_field) | set(reading.by_name)
    names |= {name.rpartition(":")[2] for name in names}
    names |= {item.value for _, field in reading.rows for item in field.enum}
    if reading.page.uri:
        uri = target(reading.page.uri)
        names |= {segment.strip("{}") for segment in uri.segments} | dict(uri.query).keys()
    return frozenset(names)


def _references(field: Field, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The unknown names that a description uses as a field's, and how it uses them."""
    text = field.description
    yield from ((name, use) for name, use in _used(text) if name not in known)
    bold = {named.value for named in field.named_values if named.notation == "bold"}
    names = {name for name in bold - known if name[:1].islower() and name.isidentifier()}
    for match in WORD.finditer(text) if names else ():
        if match.group() in names and (use := _use(text, *match.span())):
            yield match.group(), use


@lru_cache(maxsize=4096)
def _used(text: str) -> tuple[tuple[str, str], ...]:
    """The names with `_` or a hump in them that a text uses as a field's; many a text repeats."""
    if "_" not in text and not HUMP.search(text):
        return ()
    found = ((match.group(), _use(text, *match.span())) for match in IDENTIFIER.finditer(text))
    return tuple((name, use) for name, use in found if use)


def _use(text: str, start: int, end: int) -> str | None:
    """How the sentence uses a name as that of a field; None where it does not."""
    before = text[max(0, start - 40) : start]
    after = SET.match(text, end)
    if ELSEWHERE.match(text, after.end() if after else end):
        return None
    if after:
        return "set"
    if WITH.search(before):
        return "with"
    if VALUE_OF.search(before) and text.startswith(" is ", end):
        return "value"
    return "called" if ARTICLE.search(before) and text.startswith(" parameter", end) else None
