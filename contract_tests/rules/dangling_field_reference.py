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

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.calls import target
from contract_tests.rules.reading.spelling import slip_of

SEVERITY = Severity.MISLEADS
AREA = "prose"

NAME = r"(?P<{}>@?[a-z][a-z0-9]*(?:[_:]\w+)*(?:[A-Z][a-z]+)*)"
REFERENCE = re.compile(
    rf"(?<![\w/{{$.-]){NAME.format('subject')}(?: parameter| field)?"
    r" (?:is|are|must be|was)(?: not)? (?:set|configured|specified|passed|updated)\b"
    rf"|\b(?:together|along) with (?:parameters? )?{NAME.format('companion')}"
    rf"|\b(?:value of|parameters?|field) {NAME.format('named')}(?= is\b)"
    rf"|\b(?:the|if|when) {NAME.format('called')} parameter\b"
)
TRIGGERS = (" set", "specified", "configured", "passed", "updated", "with ", "param", "value of")
"""One of these is in every description that `REFERENCE` finds something in: quick to see."""
ELSEWHERE = re.compile(
    r"\W*(?:\([^)]*\) ?)?(?:(?:is|are)? ?(?:not )?(?:set|specified)? ?(?:to \S+ )?)?"
    r"(?:of|for|in|during) (?:the|a|an|each|real-time|batch)\b"
)
"""What follows a name that the sentence places in another structure or operation."""


def check(reading: Reading) -> Iterator[Problem]:
    """Names in the position of a field that are none of the page's, each once a row."""
    known = _known(reading)
    for table, field in reading.rows():
        for name, certain in dict(_references(field)).items():
            if name not in known:
                meant = slip_of(name, (other.name for other in table.fields))
                yield Problem.at(
                    table,
                    field,
                    f"the description names {name}, which no table of the page has",
                    values=(name,),
                    claims=(says(name, field.source), says("no such field")),
                    suggestion=meant,
                    certain=certain,
                )


def _known(reading: Reading) -> frozenset[str]:
    """Every name and value that a reader finds on the page; names also without their prefix."""
    names = set(reading.by_field) | set(reading.by_name)
    names |= {name.rpartition(":")[2] for name in names}
    names |= {item.value for _, field in reading.rows() for item in field.enum}
    if reading.page.uri:
        uri = target(reading.page.uri)
        names |= {segment.strip("{}") for segment in uri.segments} | dict(uri.query).keys()
    return frozenset(names)


def _references(field: Field) -> Iterator[tuple[str, bool]]:
    """The names that a description uses as a field's; plain words only where set in bold.

    Whether `the **weight** parameter` is one of this page only a reader can tell.
    """
    text = field.description
    if not any(word in text for word in TRIGGERS):
        return
    bold = {named.value for named in field.named_values if named.notation == "bold"}
    for match in REFERENCE.finditer(text):
        kind = match.lastgroup or ""
        name = match[kind]
        is_name = "_" in name or re.search(r"[a-z][A-Z]", name) is not None
        if (is_name or name in bold) and not ELSEWHERE.match(text, match.end()):
            yield name, is_name or kind != "called"
