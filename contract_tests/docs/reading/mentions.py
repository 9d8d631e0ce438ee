"""The values that a description names in its prose."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from contract_tests.docs.reading.sentences import Sentence
from contract_tests.docs.wording.mentions import ABBREVIATIONS, CAPITALS, FILE, FILE_HINT, QUOTED

_NUMBER = re.compile(r"-?[\d,.]+")


class Named(NamedTuple):
    """A value that a sentence names; `place` is the index of its paragraph."""

    value: str
    context: str
    place: int
    notation: str


def read_named_values(sentences: Iterable[Sentence], enumerated: Container[str]) -> Iterator[Named]:
    """The values named outside of the enumeration, once in each sentence."""
    for sentence in sentences:
        seen: set[str] = set()
        for value, notation in _named(sentence):
            if value not in seen and value not in enumerated:
                seen.add(value)
                yield Named(value, sentence.text, sentence.place, notation)


def _named(sentence: Sentence) -> Iterator[tuple[str, str]]:
    text = sentence.text
    for start, end in sentence.bold:
        value = text[start:end].strip(' .,:;"')
        if value and not _NUMBER.fullmatch(value):
            yield value, "bold"
    if FILE_HINT.search(text):
        yield from ((found[0], "file") for found in FILE.finditer(text))
    if '"' in text or "\u201c" in text:
        yield from ((found[1], "quoted") for found in QUOTED.finditer(text))
    for found in CAPITALS.finditer(text):
        if found[0] not in ABBREVIATIONS:
            yield found[0], "uppercase"
