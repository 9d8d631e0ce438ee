"""The values that a description names in its prose."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from contract_tests.docs.reading.blocks import Paragraph
from contract_tests.docs.reading.sentences import Sentence
from contract_tests.docs.wording import ABBREVIATIONS, CAPITALS, FILE, FILE_HINT, NAMED_HINT, QUOTED
from contract_tests.facts import NamedValue
from contract_tests.findings import Source

_NUMBER = re.compile(r"-?[\d,.]+")


def read_named_values(
    sentences: Iterable[Sentence],
    paragraphs: Sequence[Paragraph],
    enumerated: Container[str],
    file: str,
) -> Iterator[NamedValue]:
    """The values named outside of the enumeration, once in each sentence."""
    for sentence in sentences:
        seen: set[str] = set()
        for value, notation in _named(sentence):
            if value not in seen and value not in enumerated:
                seen.add(value)
                source = Source(file, paragraphs[sentence.place].line)
                yield NamedValue(value, sentence.text, source, notation)


def _named(sentence: Sentence) -> Iterator[tuple[str, str]]:
    text = sentence.text
    for start, end in sentence.bold:
        value = text[start:end].strip(' .,:;"')
        if value and not _NUMBER.fullmatch(value):
            yield value, "bold"
    if FILE_HINT.search(text):
        yield from ((found[0], "file") for found in FILE.finditer(text))
    if NAMED_HINT.search(text):
        yield from ((found[1], "quoted") for found in QUOTED.finditer(text))
        for found in CAPITALS.finditer(text):
            if found[0] not in ABBREVIATIONS:
                yield found[0], "uppercase"
