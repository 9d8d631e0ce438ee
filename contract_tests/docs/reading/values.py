"""Single values: `VALUE: meaning`, and lists of values inside of a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from contract_tests.docs.reading.sentences import Sentence
from contract_tests.docs.wording.enums import (
    ENTRY,
    INDICATES,
    LIST_END,
    LIST_SEPARATOR,
    NO_VALUES,
    PLAIN_VALUE,
)

_WORD = re.compile(r"[^\s,;]*[^\s,;.)]")
_QUOTES = {'"': '"', "\u201c": "\u201d", "'": "'", "`": "`"}
_LITERALS = frozenset({"true", "false", "null"})


class Entry(NamedTuple):
    """One value with its meaning."""

    value: str
    meaning: str
    marked: bool
    """Set in bold or quotes."""
    explained: bool
    """Followed by a colon or "indicates"."""


def read_entries(text: str, bold: int | None) -> list[Entry]:
    """The value that a text begins with; two for `0 or false: meaning`, none if it is none.

    `bold` is where the bold ends that the text begins with, None if it begins otherwise.
    """
    if bold and (said := INDICATES.match(text, bold)):
        return [Entry(text[:bold], text[said.end() :], marked=True, explained=True)]
    found = ENTRY.match(text)
    if not found or (found[1] in NO_VALUES and not bold):
        return []
    values = [_unquoted(value) for value in (found[1], found[2]) if value]
    marked = bool(bold) or values[0] != found[1]
    meaning = " ".join(part for part in (found[3], found[4]) if part)
    explained = found[4] is not None
    return [Entry(value, meaning, marked, explained) for value in values]


def _unquoted(value: str) -> str:
    if len(value) >= 2 and _QUOTES.get(value[0]) == value[-1]:
        return value[1:-1]
    return value.rstrip(".") or value


def read_list(sentence: Sentence, begin: int) -> list[Entry]:
    """The values that a sentence lists from `begin` to its end; none if it says more."""
    text = sentence.text
    entries: list[Entry] = []
    place = begin
    while place < len(text):
        entry, place = _list_value(sentence, place)
        if entry is None:
            return []
        entries.append(entry)
        separator = LIST_SEPARATOR.match(text, place)
        if LIST_END.match(text, place):
            break
        if not separator:
            return []
        place = separator.end()
    return entries if all(entry.marked for entry in entries) or _plausible(entries) else []


def _list_value(sentence: Sentence, place: int) -> tuple[Entry | None, int]:
    text = sentence.text
    stop = _marked_until(sentence, place)
    marked = stop is not None
    if stop is None and (plain := PLAIN_VALUE.match(text, place)):
        stop = plain.end()
    if stop is None:
        return None, place
    value = text[place:stop].strip(" .,")
    value = _unquoted(value) if marked else value
    meaning = ""
    if text.startswith(" (", stop) and (end := text.find(")", stop)) > 0:
        meaning, stop = text[stop + 2 : end], end + 1
    return Entry(value, meaning, marked, explained=False) if value else None, stop


def value_at(sentence: Sentence, place: int) -> tuple[str | None, int]:
    """The value at a place of a sentence, in bold, in quotes or a word; and where it ends."""
    text = sentence.text
    stop = _marked_until(sentence, place)
    if stop is None and (word := _WORD.match(text, place)):
        stop = word.end()
    if stop is None:
        return None, place
    return _unquoted(text[place:stop].strip(" ,")), stop


def _marked_until(sentence: Sentence, place: int) -> int | None:
    stop = next((stop for start, stop in sentence.bold if start == place), None)
    if stop is None and (closing := _QUOTES.get(sentence.text[place : place + 1])):
        stop = sentence.text.find(closing, place + 1) + 1 or None
    return stop


def _plausible(entries: list[Entry]) -> bool:
    """Whether unmarked words are values: by their case, or as a bare list of single words."""
    return all(
        entry.marked or entry.value in _LITERALS or is_constant(entry.value) for entry in entries
    ) or (len(entries) > 1 and all(entry.value.islower() for entry in entries))


def is_constant(value: str) -> bool:
    """Whether a word looks like a value by itself: `EVS`, `tls-1-0` does not, `5_bgp` does."""
    return value.isupper() or "_" in value or value[0].isdigit()
