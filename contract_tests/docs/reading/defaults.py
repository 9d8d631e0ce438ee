"""The defaults that a description states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contract_tests.docs.reading.conditions import condition_of
from contract_tests.docs.reading.sentences import Sentence
from contract_tests.docs.reading.values import value_at
from contract_tests.docs.wording.defaults import (
    DEFAULT,
    DEFAULT_AND,
    DEFAULT_FOR,
    DEFAULT_THAT_IS,
    NO_DEFAULT,
)
from contract_tests.facts import Default

_NEAR = 60
"""Characters that may stand between "an empty string" and what it "is"."""


def read_defaults(sentences: Iterable[Sentence]) -> Iterator[Default]:
    """The defaults that sentences state, each with what it hangs on."""
    for sentence in sentences:
        if "efault" not in sentence.text:
            continue
        condition = condition_of(sentence.text)
        for found in DEFAULT.finditer(sentence.text):
            if found.start() == 0 and sentence.bold and sentence.bold[0][0] == 0:
                continue  # a value called "Default"
            yield from _defaults_at(sentence, found.end(), condition)


def _defaults_at(sentence: Sentence, place: int, condition: str) -> Iterator[Default]:
    text = sentence.text
    going_on = True
    while going_on:
        value, end = value_at(sentence, place)
        if (value is None or NO_DEFAULT.match(value)) and (
            that_is := DEFAULT_THAT_IS.search(text, place, place + _NEAR)
        ):
            value, end = value_at(sentence, that_is.end())
        if value is None or NO_DEFAULT.match(value):
            return
        hangs_on = DEFAULT_FOR.match(text, end)
        yield Default(value, hangs_on[2] if hangs_on else condition)
        following = DEFAULT_AND.match(text, hangs_on.end()) if hangs_on else None
        going_on = following is not None
        place = following.end() if following else end


def the_default(defaults: Iterable[Default], marked: str | None) -> str | None:
    """The one default: None where several are stated; `marked` is marked so in the enumeration."""
    values = {default.value for default in defaults}
    if marked is not None:
        values.add(marked)
    return values.pop() if len(values) == 1 else None
