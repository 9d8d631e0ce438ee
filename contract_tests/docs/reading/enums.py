"""The enumerations of a description, in all the ways that pages write them.

A list of values under a lead-in; values after dashes in one paragraph; a paragraph or line for
each value; values in a sentence. What is a list but enumerates no values is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from contract_tests.docs.reading.blocks import Words
from contract_tests.docs.reading.conditions import is_conditional
from contract_tests.docs.reading.sentences import Sentence
from contract_tests.docs.reading.signs import shows
from contract_tests.docs.reading.values import Entry, is_constant, read_entries, read_list
from contract_tests.docs.wording.enums import (
    DASH,
    DEFAULT_MARK,
    ENUM_CLAUSE,
    ENUM_LEAD_IN,
    ENUM_LEAD_IN_ENDS,
    ENUM_SENTENCE,
    ENUM_SENTENCE_SIGNS,
    INDICATES,
    OPEN_ENUM,
    PLACEHOLDER_VALUE,
)
from contract_tests.facts import Kind

_NOTATIONS = ("list", "dashes", "lines", "prose")
"""Where a field uses several, the first of them names it and the others add to it."""
_LONGEST_LEAD_IN = 80
_OF_PARTS: frozenset[Kind] = frozenset({"object", "map", "array"})
"""Kinds of which prose explains the parts (`key indicates …`), not the values."""


class Found(NamedTuple):
    """A value where it was found."""

    entry: Entry
    place: int
    """The index of its paragraph in the description."""
    notation: str
    lead_in: str


class Value(NamedTuple):
    """A value of the enumeration; `place` as in `Found`, the rest as in `facts.EnumValue`."""

    value: str
    meaning: str
    place: int
    item: bool
    marked: bool


class Enum(NamedTuple):
    """The values of a field; see `facts.Field` for the parts."""

    values: tuple[Value, ...] = ()
    notation: str = ""
    lead_in: str = ""
    open: bool = False
    default: str | None = None


NO_ENUM = Enum()


def read_enum(paragraphs: Sequence[Words], sentences: Sequence[Sentence], kind: Kind) -> Enum:
    """The enumeration that a description makes up, for a field of that kind.

    `sentences` are those of the paragraphs.
    """
    found: list[Found] = []
    if len(paragraphs) > 1:
        found += _in_lists(paragraphs)
        found += _in_lines(paragraphs)
    found += _in_dashes(paragraphs)
    found += _in_prose(sentences, kind)
    return _merge(found, paragraphs) if found else NO_ENUM


def _merge(found: Sequence[Found], paragraphs: Sequence[Words]) -> Enum:
    first = min(found, key=lambda value: _NOTATIONS.index(value.notation))
    merged: dict[str, Value] = {}
    items: set[int] = set()
    default: str | None = None
    for (value, meaning, marked, _), place, notation, _ in found:
        if meaning and DEFAULT_MARK.search(meaning):
            default = value
        known = merged.get(value)
        if known is None:
            item = notation == "list" and place not in items
            merged[value] = Value(value, meaning, place, item, marked)
            if item:
                items.add(place)
        elif meaning and not known.meaning:
            merged[value] = known._replace(meaning=meaning)
    is_open = any(map(PLACEHOLDER_VALUE.search, merged)) or any(
        OPEN_ENUM.search(paragraph.text) for paragraph in paragraphs
    )
    return Enum(tuple(merged.values()), first.notation, first.lead_in, is_open, default)


def _in_lists(paragraphs: Sequence[Words]) -> Iterator[Found]:
    for places in _lists(paragraphs):
        lead_in, introduced = _lead(paragraphs, places[0])
        entries = {place: _entries(paragraphs[place]) for place in places}
        values = [place for place in places if entries[place]]
        if lead_in:
            good = 2 * len(values) >= len(places) and places[0] in values
        else:
            flat = [entry for place in values for entry in entries[place]]
            good = len(values) == len(places) > 1 and (
                all(
                    entry.explained and (not introduced or is_constant(entry.value))
                    for entry in flat
                )
                or (not introduced and all(e.marked and is_constant(e.value) for e in flat))
            )
        if good:
            for place in values:
                yield from (Found(entry, place, "list", lead_in) for entry in entries[place])


def _lists(paragraphs: Sequence[Words]) -> list[list[int]]:
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


def _in_lines(paragraphs: Sequence[Words]) -> Iterator[Found]:
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


def _runs(paragraphs: Sequence[Words]) -> list[list[int]]:
    """Paragraphs one after the other that each begin with a value."""
    runs: list[list[int]] = []
    for place, paragraph in enumerate(paragraphs):
        if paragraph.start != "item" and _entries(paragraph):
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
    return runs


def _in_dashes(paragraphs: Sequence[Words]) -> Iterator[Found]:
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
        text = sentence.text
        lead = ENUM_SENTENCE.match(text) if shows(text, ENUM_SENTENCE_SIGNS) else None
        clause = None if lead or " can " not in text else ENUM_CLAUSE.search(text)
        indicated = sentence.bold and kind not in _OF_PARTS and INDICATES.search(text)
        if not (lead or clause or indicated) or is_conditional(text):
            continue
        if indicated and len(explained := list(_indicated(sentence))) > 1:
            yield from (Found(entry, sentence.place, "prose", "") for entry in explained)
        if begins := lead or clause:
            lead_in = begins[0].strip(" ,;")
            for entry in read_list(sentence, begins.end()):
                yield Found(entry, sentence.place, "prose", lead_in)


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


def _lead(paragraphs: Sequence[Words], place: int) -> tuple[str, bool]:
    """The lead-in before a paragraph, and whether anything else introduces what follows."""
    before = paragraphs[place - 1].text if place else ""
    known = _lead_in(before)
    return known[1] if known else "", before.endswith(":") and not known


def _lead_in(before: str) -> re.Match[str] | None:
    end = before[-_LONGEST_LEAD_IN:]
    if not end.rstrip(" :.").lower().endswith(ENUM_LEAD_IN_ENDS):
        return None
    return ENUM_LEAD_IN.search(end)


def _entries(paragraph: Words) -> list[Entry]:
    text, _, _, bold = paragraph
    if " " in text and ":" not in text and "\uff1a" not in text and not bold:
        return []
    return read_entries(paragraph.text, bold[0][1] if bold and bold[0][0] == 0 else None)
