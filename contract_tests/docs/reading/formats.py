"""Units, formats and character sets that a description states."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contract_tests.docs.reading.conditions import is_conditional
from contract_tests.docs.reading.sentences import Sentence
from contract_tests.docs.reading.signs import shows
from contract_tests.docs.wording.formats import (
    CHARACTERS,
    CHARSET,
    CHARSET_END,
    CHARSET_SEPARATOR,
    FORMAT_SIGNS,
    FORMATS,
)
from contract_tests.docs.wording.units import NUMBER_UNIT, UNIT, UNIT_SIGNS, UNITS


def read_unit(text: str) -> str | None:
    """The unit of the value: `ms`, `GB`."""
    if not shows(text, UNIT_SIGNS):
        return None
    if found := UNIT.search(text):
        return UNITS[(found[1] or found[2] or found[3]).lower()]
    if found := NUMBER_UNIT.search(text):
        return UNITS[found[2].lower()]
    return None


def read_format(text: str) -> str | None:
    """The format of the value: `uuid`, `utc-ms`."""
    if not shows(text, FORMAT_SIGNS):
        return None
    return next((name for pattern, name in FORMATS if pattern.search(text)), None)


def read_pattern(sentences: Iterable[Sentence]) -> str | None:
    """A regular expression of the characters that a value may consist of.

    None unless every name for characters is understood: a wrong pattern is worse than none.
    """
    for sentence in sentences:
        text = sentence.text
        found = CHARSET.search(text)
        if found and not is_conditional(text) and (pattern := _pattern(found[1])):
            return pattern
    return None


def _pattern(names: str) -> str | None:
    classes = []
    for name in CHARSET_SEPARATOR.split(CHARSET_END.sub("", names, count=1)):
        characters = _characters(name.strip())
        if characters is None:
            return None
        classes.append(characters)
    last = [name for name in classes if name == "-"]
    return f"^[{''.join(name for name in classes if name != '-')}{''.join(last[:1])}]*$"


def _characters(name: str) -> str | None:
    for pattern, characters in CHARACTERS:
        if found := pattern.fullmatch(name):
            if characters:
                return characters
            return found[1] if found[1] == "-" else re.escape(found[1])
    return None
