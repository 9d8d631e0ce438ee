"""Pinned facts: everything but sentences, there and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from contract_tests.docs import pin, pinned, read_page
from contract_tests.facts import Page, digest
from tests.vendor_pages import START_NOTEBOOK, needs_vendor_pages

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "tests" / "pages"
SHIPPED = ROOT / "spec" / "pages" / "StartNotebook.facts.yaml"


@pytest.fixture(scope="module")
def page() -> Page:
    """A page as it is read."""
    return read_page(PAGES / "FireKiln.html")


@pytest.fixture(scope="module")
def again(page: Page) -> Page:
    """The same page, pinned and read back."""
    return pinned.read(pin(page).encode(), "FireKiln.facts.yaml")


def sentences(page: Page) -> Iterator[str]:
    """What a page says in so many words: descriptions, meanings, messages."""
    for table in page.tables:
        for field in table.fields:
            yield field.description
            yield from (value.meaning for value in field.enum)
            yield from (value.context for value in field.named_values)
            yield from (note.text for note in field.notes)
            yield from (default.condition for default in field.defaults)
    yield from (error.message for error in page.error_codes)
    yield from (note.text for note in page.notes)
    yield from (example.title for example in page.examples)


def assert_no_sentences(text: str, page: Page) -> None:
    """Nothing of more than two words that the page says stands in the text."""
    folded = " ".join(text.split())
    for sentence in sentences(page):
        if sentence.count(" ") > 1:
            assert sentence not in folded
            assert " ".join(sentence.split()[:4]) not in folded


def test_facts_come_back(page: Page, again: Page) -> None:
    """Names, types, values, limits and figures are as they were."""
    assert again.dialect == "pinned"
    assert (again.operation, again.method, again.uri) == (page.operation, page.method, page.uri)
    for table, pinned_table in zip(page.tables, again.tables, strict=True):
        assert (pinned_table.name, pinned_table.role) == (table.name, table.role)
        assert (pinned_table.status, pinned_table.columns) == (table.status, table.columns)
        for field, kept in zip(table.fields, pinned_table.fields, strict=True):
            assert kept.name == field.name
            assert kept.mandatory == field.mandatory
            assert (kept.type.written, kept.type.kind) == (field.type.written, field.type.kind)
            assert [v.value for v in kept.enum] == [v.value for v in field.enum]
            assert (kept.default, kept.limits) == (field.default, field.limits)
            assert kept.digest == field.digest
    assert [status.code for status in again.statuses] == [200, 400]


def test_structures_are_found_by_name(again: Page) -> None:
    """A field refers to the pinned table by the id that it has there."""
    cones = again.tables[1].fields[2]
    assert cones.type.structure == "Cone"
    assert [table.id for table in again.tables if table.name == "Cone"] == ["Cone"]


def test_sources_are_lines_of_the_pinned_file(page: Page, again: Page) -> None:
    """What is found in pinned facts can be looked up there."""
    lines = pin(page).split("\n")
    for table in again.tables:
        assert table.name in lines[table.source.line - 1]
        for field in table.fields:
            assert f"name: {field.name}" in lines[field.source.line - 1]


def test_example_values(page: Page, again: Page) -> None:
    """Each value of a body under its path; that of a secret as a digest."""
    request, response = again.examples
    assert dict(request.values) == {
        "$.atmosphere": '"REDUCING"',
        "$.hold": "60000",
        "$.cones[0].number": '"10"',
        "$.cones[0].shelf": "0",
    }
    assert dict(response.values)["$.labels.token"] == f'"digest:{digest("shown-once")}"'
    assert "shown-once" not in pin(page)


def test_a_changed_sentence_changes_its_digest(page: Page) -> None:
    """One word, and the cell is seen to have changed."""
    field = page.tables[0].fields[0]
    assert replace(field, description=field.description + "!").digest != field.digest
    assert len(field.digest) == 16


def test_no_sentences(page: Page) -> None:
    """Of what the page says in words, nothing is in the text."""
    assert_no_sentences(pin(page), page)


def test_tables_of_one_name_are_told_apart() -> None:
    """Two tables that bear one name get two ids."""
    page = read_page(PAGES / "kilns_by_hand.html")
    table = page.tables[2]
    twice = replace(page, tables=(*page.tables, replace(table, id="other", fields=())))
    ids = [entry.get("id", entry["name"]) for entry in yaml.safe_load(pin(twice))["tables"]]
    assert len(set(ids)) == len(ids)


@needs_vendor_pages
def test_shipped_facts_are_those_of_the_page() -> None:
    """The pinned facts in the repository are what the page states today, and no more."""
    page = read_page(START_NOTEBOOK)
    assert SHIPPED.read_text() == pin(page)
    assert_no_sentences(SHIPPED.read_text(), page)


def test_shipped_facts_can_be_read() -> None:
    """Without the page: the operation, its structures and its enumerations."""
    page = read_page(SHIPPED)
    assert (page.operation, page.method) == ("StartNotebook", "POST")
    assert len(page.tables) == 11
    volume = next(table for table in page.tables if table.name == "VolumeRes")
    category = next(field for field in volume.fields if field.name == "category")
    assert [value.value for value in category.enum] == ["SFS", "EVS"]
