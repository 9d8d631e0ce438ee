"""The values that a description names in its prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from contract_tests.docs.reading.blocks import Paragraph
from contract_tests.docs.reading.sentences import Sentence
from contract_tests.docs.wording import ABBREVIATIONS, NAMED_VALUE
from contract_tests.facts import NamedValue
from contract_tests.findings import Source

_NOTATIONS = ("quoted", "file", "uppercase")
_NUMBER = re.compile(r"-?[\d,.]+")


def read_named_values(
    sentences: Iterable[Sentence],
    paragraphs: Sequence[Paragraph],
    enumerated: frozenset[str],
    file: str,
) -> Iterator[NamedValue]:
    """The values named outside of the enumeration, once in each sentence."""
    for sentence in sentences:
        seen = set(enumerated)
        for value, notation in _named(sentence):
            if value not in seen:
                seen.add(value)
                source = Source(file, paragraphs[sentence.place].line)
                yield NamedValue(value, sentence.text, source, notation)


def _named(sentence: Sentence) -> Iterator[tuple[str, str]]:
    text = sentence.text
    for start, end in sentence.bold:
        value = text[start:end].strip(' .,:;"')
        if value and not _NUMBER.fullmatch(value):
            yield value, "bold"
    for found in NAMED_VALUE.finditer(text):
        value = found[found.lastindex or 0]
        if value not in ABBREVIATIONS:
            yield value, _NOTATIONS[(found.lastindex or 1) - 1]
