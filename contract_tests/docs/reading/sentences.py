"""The sentences of a paragraph, with what is set in bold in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from contract_tests.docs.reading.blocks import Span, Words

_END = re.compile(
    r"[.!?](?:\s+(?=\S)"
    r"|(?<=[a-z)]\.)(?=(?:The|This|Value) ))"  # where the space was forgotten
)
_FORGOTTEN = re.compile(
    rf"{_END.pattern}|(?<=[a-z)])\s+(?=The (?:value|option|default)s? (?:can|must|may|is|are)\b)"
)
"""The same, or where a sentence on the value begins without a full stop before it."""
_BEGIN = re.compile(r"[\"'(<\[]?[A-Z0-9*]")


class Sentence(NamedTuple):
    """A sentence; `bold` are offsets into its text."""

    text: str
    bold: tuple[Span, ...]
    place: int
    """The index of its paragraph in the description."""


def sentences(paragraphs: Sequence[Words]) -> Iterator[Sentence]:
    """The sentences of paragraphs; one begins with a capital, a digit or something in bold."""
    for place, (text, _, _, bold) in enumerate(paragraphs):
        begin = 0
        ends = _FORGOTTEN if " The " in text else _END
        for end in ends.finditer(text):
            following = end.end()
            if _BEGIN.match(text, following) or any(start == following for start, _ in bold):
                stop = end.start() + (not end[0][0].isspace())
                yield _sentence(text, bold, begin, stop, place)
                begin = following
        if begin == 0:
            yield Sentence(text, bold, place)
        elif begin < len(text):
            yield _sentence(text, bold, begin, len(text), place)


def _sentence(text: str, bold: tuple[Span, ...], begin: int, end: int, place: int) -> Sentence:
    if bold:
        bold = tuple(
            (start - begin, stop - begin) for start, stop in bold if begin <= start and stop <= end
        )
    return Sentence(text[begin:end], bold, place)
