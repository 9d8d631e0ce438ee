"""`contract-tests explain`, and the catalogue that is made from the same docstrings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from contract_tests import catalogue, changes
from contract_tests.catalogue import entries
from contract_tests.checks import all_checks
from contract_tests.cli import root
from contract_tests.clients.roundtrip import MEANINGS
from contract_tests.contract import load_contract
from contract_tests.errors import InputError
from contract_tests.rules import all_rules
from contract_tests.threeway import DRIFT_IDS

CATALOGUE = Path(__file__).parents[2] / "CATALOGUE.md"
INVARIANTS = catalogue.invariants(load_contract())


def explain(*arguments: str) -> Result:
    """What the command does; errors come out as they are raised."""
    return CliRunner().invoke(root, ["explain", *arguments], standalone_mode=False)


@pytest.mark.parametrize("entry", [*entries(), *INVARIANTS], ids=lambda entry: entry.id)
def test_everything_is_explained(entry: catalogue.Entry) -> None:
    """What it means, in full, and how to acknowledge a finding of it."""
    text = explain(entry.id).stdout
    assert text.startswith(f"{entry.id} ({entry.kind}, {entry.area}, {entry.severity})\n")
    assert entry.title in text
    if entry.kind != "change":
        assert f"matches: [{entry.id}]" in text
    assert len(entry.doc.splitlines()) > 2, "more than its title"


def test_ids_are_told_apart() -> None:
    """Nothing shares its id with another."""
    ids = [entry.id for entry in (*entries(), *INVARIANTS)]
    assert len(set(ids)) == len(ids)


def test_the_list_has_a_line_for_each() -> None:
    """Kind, severity, id and title."""
    lines = explain("--list").stdout.splitlines()
    assert [line.split()[2] for line in lines] == [entry.id for entry in entries()]


@pytest.mark.parametrize(
    ("name", "near"),
    [("response-shema", "response-schema"), ("serverror", "server-error")],
)
def test_a_misspelled_name_gets_near_ones(name: str, near: str) -> None:
    """Among them the one that was meant."""
    error = explain(name).exception
    assert isinstance(error, InputError)
    assert re.search(rf"nothing is called '{name}'; did you mean .*{near}", str(error))


def test_a_name_near_to_nothing() -> None:
    """Then the way to the list is named."""
    assert "see contract-tests explain --list" in str(explain("xyzzyxyzzy").exception)


@pytest.mark.parametrize("arguments", [(), ("--list", "--all"), ("response-schema", "--list")])
def test_one_thing_at_a_time(arguments: tuple[str, ...]) -> None:
    """Neither nothing nor two."""
    assert "give one name, --list or --all" in str(explain(*arguments).exception)


def test_the_catalogue_is_current() -> None:
    """The file at the top of the repository is what the modules say."""
    made = explain("--all", "--format", "markdown").stdout
    command = "contract-tests explain --all --format markdown > CATALOGUE.md"
    assert CATALOGUE.read_text("utf-8") == made, f"run: {command}"


def test_the_catalogue_is_complete() -> None:
    """Every rule, check, change and loss has its row and its chapter, and nothing else has."""
    text = CATALOGUE.read_text("utf-8")
    rules = [*[r.id for r in all_rules()], *DRIFT_IDS]
    checks, changed = [c.id for c in all_checks()], [c.id for c in changes.all_rules()]
    wanted = rules + checks + changed + [loss.id for loss in MEANINGS]
    assert re.findall(r"^\| \[([\w-]+)\]\(#\1\)", text, re.MULTILINE) == wanted
    assert re.findall(r"^### (.+)$", text, re.MULTILINE) == wanted


def test_samples_of_the_catalogue_are_blocks() -> None:
    """A sample page of a docstring becomes a fenced block, whole."""
    fences = [t for t in MarkdownIt().parse(CATALOGUE.read_text("utf-8")) if t.type == "fence"]
    samples = sum(len(re.findall(r"::\n\n    ", entry.doc)) for entry in entries())
    assert len(fences) == samples
