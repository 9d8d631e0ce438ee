"""The enumerations of a description, in all the ways that pages write them.

A list of values under a lead-in; values after dashes in one paragraph; a paragraph or line for
each value; values in a sentence. What is a list but enumerates no values is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from contract_tests.docs.reading.blocks import Paragraph
from contract_tests.docs.reading.conditions import is_conditional
from contract_tests.docs.reading.sentences import Sentence
from contract_tests.docs.reading.values import Entry, is_constant, read_entries, read_list
from contract_tests.docs.wording import (
    DASH,
    ENUM_CLAUSE,
    ENUM_LEAD_IN,
    ENUM_LEAD_IN_ENDS,
    ENUM_SENTENCE,
    INDICATES,
    OPEN_ENUM,
    PLACEHOLDER_VALUE,
)
from contract_tests.facts import EnumValue, Kind
from contract_tests.findings import Source

_NOTATIONS = ("list", "dashes", "lines", "prose")
"""Where a field uses several, the first of them names it and the others add to it."""


_LONGEST_LEAD_IN = 80


class Found(NamedTuple):
    """A value where it was found."""

    entry: Entry
    place: int
    """The index of its paragraph in the description."""
    notation: str
    lead_in: str


@dataclass(frozen=True, slots=True)
class Enum:
    """The values of a field; see `facts.Field` for the parts."""

    values: tuple[EnumValue, ...] = ()
    notation: str = ""
    lead_in: str = ""
    open: bool = False
    default: str | None = None
    items: frozenset[int] = frozenset()
    """The indexes of the list items that became values."""


NO_ENUM = Enum()


def read_enum(
    paragraphs: Sequence[Paragraph], sentences: Sequence[Sentence], kind: Kind, file: str
) -> Enum:
    """The enumeration that a description makes up, for a field of that kind.

    `sentences` are those of the paragraphs.
    """
    found = [
        *_in_lists(paragraphs),
        *_in_lines(paragraphs),
        *_in_dashes(paragraphs),
        *_in_prose(sentences, kind),
    ]
    return _merge(found, paragraphs, file) if found else NO_ENUM


def _merge(found: Sequence[Found], paragraphs: Sequence[Paragraph], file: str) -> Enum:
    first = min(found, key=lambda value: _NOTATIONS.index(value.notation))
    merged: dict[str, EnumValue] = {}
    items: set[int] = set()
    default: str | None = None
    for entry, place, notation, _ in found:
        if entry.is_default:
            default = entry.value
        item = notation == "list" and place not in items
        known = merged.get(entry.value)
        if known is not None:
            if entry.meaning and not known.meaning:
                merged[entry.value] = replace(known, meaning=entry.meaning)
        else:
            source = Source(file, paragraphs[place].line)
            merged[entry.value] = EnumValue(entry.value, entry.meaning, source, item, entry.marked)
            if item:
                items.add(place)
    texts = " ".join(paragraph.text for paragraph in paragraphs)
    is_open = bool(OPEN_ENUM.search(texts)) or any(map(PLACEHOLDER_VALUE.search, merged))
    return Enum(
        tuple(merged.values()), first.notation, first.lead_in, is_open, default, frozenset(items)
    )


def _in_lists(paragraphs: Sequence[Paragraph]) -> Iterator[Found]:
    for places in _lists(paragraphs):
        lead_in, introduced = _lead(paragraphs, places[0])
        entries = {place: _entries(paragraphs[place]) for place in places}
        values = [place for place in places if entries[place]]
        if lead_in:
            good = 2 * len(values) >= len(places) and places[0] in values
        else:
            good = len(values) == len(places) > 1 and all(
                entry.explained and (not introduced or is_constant(entry.value))
                for place in values
                for entry in entries[place]
            )
        if good:
            for place in values:
                yield from (Found(entry, place, "list", lead_in) for entry in entries[place])


def _lists(paragraphs: Sequence[Paragraph]) -> list[list[int]]:
    """The lists in a description, each as the places of its items."""
    lists: list[list[int]] = []
    under_way: list[list[int]] = []
    for place, paragraph in enumerate(paragraphs):
        while under_way and paragraphs[under_way[-1][0]].depth > paragraph.depth:
            under_way.pop()
        if paragraph.start != "item":
            continue
        if under_way and paragraphs[under_way[-1][0]].depth == paragraph.depth:
            under_way[-1].append(place)
        else:
            lists.append([place])
            under_way.append(lists[-1])
    return lists


def _in_lines(paragraphs: Sequence[Paragraph]) -> Iterator[Found]:
    for places in _runs(paragraphs):
        lead_in, introduced = _lead(paragraphs, places[0])
        entries = {place: _entries(paragraphs[place]) for place in places}
        flat = [entry for place in places for entry in entries[place]]
        if lead_in:
            good = all(entry.explained or entry.marked for entry in flat)
        else:
            explained = all(entry.explained and entry.marked for entry in flat)
            good = not introduced and explained and len(places) > 1
        if good:
            for place in places:
                yield from (Found(entry, place, "lines", lead_in) for entry in entries[place])


def _runs(paragraphs: Sequence[Paragraph]) -> list[list[int]]:
    """Paragraphs one after the other that each begin with a value."""
    runs: list[list[int]] = []
    if len(paragraphs) < 2:
        return runs
    for place, paragraph in enumerate(paragraphs):
        if paragraph.start != "item" and _entries(paragraph):
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
    return runs


def _in_dashes(paragraphs: Sequence[Paragraph]) -> Iterator[Found]:
    going_on = False
    for place, paragraph in enumerate(paragraphs):
        text = paragraph.text
        dashes = list(DASH.finditer(text)) if "- " in text else []
        if not dashes:
            continue
        before = text[: dashes[0].start()].rstrip()
        known = _lead_in(before)
        bold = dict(paragraph.bold)
        entries: list[Entry] = []
        ends = [*(dash.start() for dash in dashes[1:]), len(text)]
        for begin, end in zip((dash.end() for dash in dashes), ends, strict=True):
            stop = bold[begin] - begin if begin in bold else None
            entries += read_entries(text[begin:end].rstrip(), stop)
        complete = len(entries) == len(dashes) and all(entry.explained for entry in entries)
        going_on = bool(known or (going_on and not before)) and complete
        if going_on or (complete and len(entries) > 1 and not before.endswith(":")):
            yield from (Found(e, place, "dashes", known[1] if known else "") for e in entries)


def _in_prose(sentences: Sequence[Sentence], kind: Kind) -> Iterator[Found]:
    for sentence in sentences:
        if is_conditional(sentence.text):
            continue
        explained = list(_indicated(sentence)) if sentence.bold else []
        if len(explained) > 1 and kind not in ("object", "map", "array"):
            yield from (Found(entry, sentence.place, "prose", "") for entry in explained)
        lead_in, entries = _in_sentence(sentence)
        yield from (Found(entry, sentence.place, "prose", lead_in) for entry in entries)


def _in_sentence(sentence: Sentence) -> tuple[str, list[Entry]]:
    text = sentence.text
    lead = ENUM_SENTENCE.match(text)
    if lead and (entries := read_list(sentence, lead.end())):
        return lead[0].strip(), entries
    clause = ENUM_CLAUSE.search(text) if " can " in text else None
    if clause and (entries := read_list(sentence, clause.end())):
        return clause[0].strip(" ,;"), entries
    return "", []


def _indicated(sentence: Sentence) -> Iterator[Entry]:
    """Values in bold, each with "indicates" after it; the first begins the sentence."""
    text = sentence.text
    if sentence.bold[0][0] > 0:
        return
    following = [*(start for start, _ in sentence.bold[1:]), len(text)]
    for (start, stop), end in zip(sentence.bold, following, strict=False):
        if said := INDICATES.match(text, stop):
            meaning = text[said.end() : end].removesuffix("and ").rstrip(" ,;.")
            yield Entry(text[start:stop], meaning, marked=True, explained=True)


def _lead(paragraphs: Sequence[Paragraph], place: int) -> tuple[str, bool]:
    """The lead-in before a paragraph, and whether anything else introduces what follows."""
    before = paragraphs[place - 1].text if place else ""
    known = _lead_in(before)
    return known[1] if known else "", before.endswith(":") and not known


def _lead_in(before: str) -> re.Match[str] | None:
    end = before[-_LONGEST_LEAD_IN:]
    if not end.rstrip(" :.").lower().endswith(ENUM_LEAD_IN_ENDS):
        return None
    return ENUM_LEAD_IN.search(end)


def _entries(paragraph: Paragraph) -> list[Entry]:
    bold = paragraph.bold
    return read_entries(paragraph.text, bold[0][1] if bold and bold[0][0] == 0 else None)
