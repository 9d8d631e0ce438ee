"""A field's description is that of another field, or of another document.

The field itself is then not described at all, and the copy says something false of it.

Fails::

    GET /v1/disks
    = response 200
    create_time | String | Time when the disk was created.
    update_time | String | Time when the disk was created.

Fails::

    GET /v1/disks
    = response 200
    address | String | This section describes how to mount a disk on a server.

Passes::

    GET /v1/disks
    = response 200
    create_time | String | Time when the disk was created.
    update_time | String | Time when the disk was updated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.twins import is_duplicate, words

SEVERITY = Severity.MISLEADS
AREA = "prose"

OTHER_DOCUMENT = re.compile(
    r"^this (?:section|topic|chapter|document|page|api|interface) (?:describes|is used|explains)",
    re.IGNORECASE,
)

ARTICLE = r"(?:the |an? )?(?:associated |bound )?"
END = r"(?= (?:associated|added|bound|of|for|in|to|that|which|where|with|on|used|from)\b|[.,;]|$)"
IDS_OF = re.compile(rf"^(?:lists|specifies) the ids of {ARTICLE}([a-z ]+?){END}", re.IGNORECASE)
ID_OF = re.compile(rf"^specifies the id of {ARTICLE}([a-z ]+?){END}", re.IGNORECASE)

OPERATION = re.compile(r"\bto be (created|added|deleted|updated|queried)\b", re.IGNORECASE)


def check(reading: Reading) -> Iterator[Problem]:
    """Rows with the text of a chapter, of another operation, and of another row."""
    for table, field in reading.saying("describes", "is used", "explains"):
        if OTHER_DOCUMENT.search(field.description):
            yield Problem.at(
                table,
                field,
                f"the description of {field.name} introduces a chapter, not a field",
                values=("chapter",),
                claims=(says("text of another document", field.source),),
            )
    yield from _of_other_operations(reading)
    yield from _of_other_things(reading)
    for table, first, second in reading.twins:
        if not is_duplicate(first, second):
            copy, origin = _copy_and_origin(first, second)
            yield Problem.at(
                table,
                copy,
                f"{copy.name} has the description of {origin.name}",
                values=(origin.name,),
                claims=(says(origin.name, origin.source), says(copy.name, copy.source)),
                certain=_betrays(copy, origin),
            )


def _of_other_operations(reading: Reading) -> Iterator[Problem]:
    """Answered fields of what is yet "to be created", on a page about something else."""
    title = reading.page.title.casefold()
    for table, field in reading.saying("to be "):
        match = OPERATION.search(field.description) if table.id in reading.answered else None
        if match and match[1].casefold()[:4] not in title:
            words = match.group().lower()
            yield Problem.at(
                table,
                field,
                f'{field.name} is answered, but its description is of something "{words}"',
                values=(words,),
                claims=(says(words, field.source), says(f"in {table.name}", table.source)),
            )


def _of_other_things(reading: Reading) -> Iterator[Problem]:
    """IDs in a list of listeners that are called IDs of pools."""
    for _, holder in reading.saying("the ids of "):
        listed = IDS_OF.search(holder.description)
        for table in reading.structures(holder) if listed else ():
            for field in table.fields:
                named = ID_OF.search(field.description) if field.name == "id" else None
                if listed and named and _noun(listed) != _noun(named):
                    yield Problem.at(
                        table,
                        field,
                        f"{holder.name} lists {_noun(listed)}s, but id is called that of a"
                        f" {_noun(named)}",
                        values=(_noun(named),),
                        claims=(
                            says(_noun(listed), holder.source),
                            says(_noun(named), field.source),
                        ),
                    )


def _noun(match: re.Match[str]) -> str:
    return match[1].casefold().rstrip("s")


def _copy_and_origin(first: Field, second: Field) -> tuple[Field, Field]:
    """The copy is the one whose name the description fits less."""
    return (first, second) if len(_named(first)) < len(_named(second)) else (second, first)


def _betrays(copy: Field, origin: Field) -> bool:
    """Whether the names are a pair (`update_time`, `create_time`) of which the text names one."""
    a, b = words(copy.name), words(origin.name)
    return bool(a & b and b - a) and b - a <= _named(origin) and not (a - b) & _named(copy)


def _named(field: Field) -> frozenset[str]:
    """The words of the name that the description has, in any form."""
    text = field.description.casefold()
    stems = {word: word[: max(4, len(word) - 2)] for word in words(field.name)}
    return frozenset(word for word, stem in stems.items() if stem in text)
