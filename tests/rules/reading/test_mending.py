"""What a mended row means for the contract, as an Overlay action."""

from __future__ import annotations

import json

import pytest

from contract_tests.contract import default_spec_folder
from contract_tests.docs import read_page
from contract_tests.facts import Field, Page, Table
from contract_tests.rules.reading.mending import defaulting, listing

PAGE = read_page(default_spec_folder() / "pages" / "StartNotebook.facts.yaml")


def row(table: str, name: str) -> tuple[Page, Table, Field]:
    """The page, and one row of it with its table."""
    found = next(t for t in PAGE.tables if t.name == table)
    return PAGE, found, next(f for f in found.fields if f.name == name)


@pytest.mark.parametrize(
    ("table", "name", "value", "target", "update"),
    [
        (
            *("VolumeRes", "category", "EFS"),
            "$.components.schemas.VolumeRes.properties.category",
            {"enum": ["EFS"]},
        ),
        (
            *("JobProgress", "step", "5"),
            "$.components.schemas.JobProgress.properties.step",
            {"enum": [5]},
        ),
        (
            *("Image", "dev_services", "IDE"),
            "$.components.schemas.Image.properties.dev_services",
            {"items": {"enum": ["IDE"]}},
        ),
        (
            *("query", "type", "now"),
            "$.paths['/v1/{project_id}/notebooks/{id}/start'].post.parameters[?@.name == 'type']",
            {"schema": {"enum": ["now"]}},
        ),
    ],
)
def test_a_value_more(table: str, name: str, value: str, target: str, update: object) -> None:
    """Of a property, of an array's items, of a parameter; a number stays a number."""
    action = listing(*row(table, name), [value])
    assert action is not None
    assert json.loads(action) == {"target": target, "update": update}


def test_no_value_more_is_no_action() -> None:
    """Nothing to add, nothing to do."""
    assert listing(*row("VolumeRes", "category"), []) is None


def test_another_default() -> None:
    """The schema of a parameter gets it."""
    action = defaulting(*row("query", "type"), "idle")
    assert action is not None
    assert json.loads(action)["update"] == {"schema": {"default": "idle"}}
