"""The sentences of a paragraph, with what is set in bold in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from contract_tests.docs.reading.blocks import Paragraph, Span

_SENTENCE_END = re.compile(
    r"(?<=[.!?])\s+(?=[\"'(<\[]?[A-Z0-9*])"
    r"|(?<=[a-z)]\.)(?=(?:The|This|Value) )"  # where the space was forgotten
)


class Sentence(NamedTuple):
    """A sentence; `bold` are offsets into its text."""

    text: str
    bold: tuple[Span, ...]


def sentences(paragraph: Paragraph) -> Iterator[Sentence]:
    """The sentences of a paragraph."""
    text, bold = paragraph.text, paragraph.bold
    begin = 0
    for end in _SENTENCE_END.finditer(text):
        yield _sentence(text, bold, begin, end.start())
        begin = end.end()
    if begin < len(text):
        yield _sentence(text, bold, begin, len(text))


def _sentence(text: str, bold: tuple[Span, ...], begin: int, end: int) -> Sentence:
    spans = tuple(
        (start - begin, stop - begin) for start, stop in bold if begin <= start and stop <= end
    )
    return Sentence(text[begin:end], spans)
