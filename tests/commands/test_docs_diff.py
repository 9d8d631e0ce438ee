"""`docs diff`, and what `docs check` does with the ledger: known, new, stale; drafts; overlays."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from contract_tests.commands.docs import check, diff
from contract_tests.commands.spec.check import known_names
from contract_tests.contract import default_spec_folder, find_files, load_contract
from contract_tests.contract.audit import audit
from contract_tests.differences import format_names
from contract_tests.errors import InputError
from tests.vendor_pages import START_NOTEBOOK, START_NOTEBOOK_RST, needs_vendor_pages

PINNED = default_spec_folder() / "pages" / "StartNotebook.facts.yaml"
SPEC = default_spec_folder() / "modelarts-notebook.openapi.yaml"


def docs_diff(*args: str | Path) -> Result:
    """Run the command as the root group does."""
    return CliRunner().invoke(diff.command, [str(arg) for arg in args], standalone_mode=False)


def docs_check(*args: str | Path) -> Result:
    """Run the command as the root group does."""
    return CliRunner().invoke(check.command, [str(arg) for arg in args], standalone_mode=False)


@pytest.fixture
def altered(tmp_path: Path) -> Path:
    """The pinned facts with a value more, a row less and a reworded cell."""
    page = tmp_path / "StartNotebook.facts.yaml"
    text = PINNED.read_text()
    text = text.replace("enum: [SFS, EVS]", "enum: [SFS, EVS, NFS]")
    text = text.replace(
        "  - {name: tag, type: String, kind: string, description: c4a77afa3d5cd701}\n", ""
    )
    text = text.replace("description: e386b4434bad294b", "description: 0a0b0c0d0e0f0a0b")
    page.write_text(text)
    return page


def test_what_is_known_does_not_fail() -> None:
    """The pinned facts against the spec: three known disagreements, nothing new or stale."""
    result = docs_diff(PINNED)
    assert result.return_value == 0
    assert "spec-differs  VolumeRes.status  docs (volume-status-values)" in result.stdout
    assert result.stdout.endswith("0 new, 3 known, 0 stale\n")


def test_what_is_new_fails_and_is_named_both_ways(altered: Path) -> None:
    """A value that the spec lacks, a field that the page lacks, a cell that changed."""
    result = docs_diff(altered, "--format", "json")
    assert result.return_value == 1
    new = {
        (f["rule"], f["place"], f["severity"], f["blame"])
        for f in json.loads(result.stdout)["findings"]
        if f["state"] == "new"
    }
    assert new == {
        ("spec-differs", "VolumeRes.category", "misleads", "docs"),
        ("spec-differs", "Image.tag", "misleads", "docs"),
        ("cell-changed", "Lease.type", "cosmetic", "docs"),
    }


def test_a_changed_cell_fails_only_whom_it_is_asked_to(tmp_path: Path) -> None:
    """A reworded description is cosmetic."""
    page = tmp_path / "StartNotebook.facts.yaml"
    page.write_text(PINNED.read_text().replace("e386b4434bad294b", "0a0b0c0d0e0f0a0b"))
    assert docs_diff(page).return_value == 0
    assert docs_diff(page, "--fail-on", "cosmetic").return_value == 1


def test_an_entry_that_the_page_does_not_show_is_stale(tmp_path: Path) -> None:
    """The page lists 400 at last: the entry about it has had its day."""
    page = tmp_path / "StartNotebook.facts.yaml"
    page.write_text(PINNED.read_text().replace("statuses: [200,", "statuses: [200, 400,"))
    result = docs_diff(page, "--format", "json")
    assert result.return_value == 0
    assert json.loads(result.stdout)["stale"] == [
        {"id": "status-400-unlisted", "where": "status.400"}
    ]


@pytest.mark.parametrize("name", format_names())
def test_every_format_names_page_place_and_entry(name: str) -> None:
    """Whatever the format: what is about what, and why it is known."""
    output = docs_diff(PINNED, "--format", name).stdout
    for word in ("StartNotebook", "VolumeRes.status", "volume-status-values", "RESIZING"):
        assert word in output


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("absent.html", None, "cannot be read"),
        ("absent", None, "cannot be read"),
        (
            "ListImages.html",
            "<html><h1>A page</h1><h4>URI</h4><p>GET /v1/images</p></html>",
            "no operation ListImages",
        ),
        ("StartNotebook.txt", "text", "not a page by its name"),
        ("StartNotebook.facts.yaml", "tables: 3", "no pinned facts"),
    ],
)
def test_a_page_that_cannot_be_held_against_the_spec(
    tmp_path: Path, name: str, text: str | None, problem: str
) -> None:
    """One line that says what is wrong; the root turns it into exit 2."""
    page = tmp_path / name
    if text is not None:
        page.write_text(text)
    error = docs_diff(page).exception
    assert isinstance(error, InputError)
    assert problem in str(error)
    assert "\n" not in str(error)


def test_a_page_is_that_of_its_method_and_uri(tmp_path: Path) -> None:
    """Whatever it was saved as, and whatever its parameters are called."""
    page = tmp_path / "index.facts.yaml"
    text = PINNED.read_text().replace("page: StartNotebook", "page: index")
    page.write_text(text.replace("uri: /v1/{project_id}/", "uri: /v1/{project}/"))
    output = docs_diff(page, "--fail-on", "breaks-clients").stdout
    assert output.startswith(f"StartNotebook ({page})\n")
    assert "volume-status-values" in output


def test_drafts_make_what_is_new_known(altered: Path, tmp_path: Path) -> None:
    """Drafted once, accepted by the audit, and known from then on; nothing is drafted twice."""
    ledger = tmp_path / "ledger.yaml"
    shutil.copy(default_spec_folder() / "discrepancies.yaml", ledger)
    before = ledger.read_text()
    assert docs_diff(altered, "--ledger", ledger, "--write-ledger", ledger).return_value == 1
    written = ledger.read_text()
    assert written.startswith(before.rstrip())
    assert len(load_contract(ledger=ledger).ledger) == len(load_contract().ledger) + 3
    assert audit(find_files(ledger=ledger), known_names()) == ()
    again = docs_diff(altered, "--ledger", ledger, "--write-ledger", ledger)
    assert again.return_value == 0
    assert "0 new, 6 known" in again.stdout
    assert ledger.read_text() == written


def test_a_ledger_that_is_none_stays_as_it_is(altered: Path, tmp_path: Path) -> None:
    """A file that holds something else is not written to."""
    other = tmp_path / "other.yaml"
    other.write_text("something: else\n")
    assert isinstance(docs_diff(altered, "--write-ledger", other).exception, InputError)
    assert other.read_text() == "something: else\n"


def test_a_draft_is_reviewed_in_half_a_year(altered: Path, tmp_path: Path) -> None:
    """Where, what it covers, on what evidence, who is wrong, until when."""
    ledger = tmp_path / "new.yaml"
    docs_diff(altered, "--write-ledger", ledger)
    entries = {entry["id"]: entry for entry in yaml.safe_load(ledger.read_text())["entries"]}
    entry = entries["spec-differs-volumeres-category"]
    assert entry["where"] == "VolumeRes.category"
    assert entry["matches"] == ["spec-differs"]
    assert entry["observed"] == ["enum: EVS, NFS, SFS / EVS, SFS"]
    assert entry["wrong"] == "docs"
    assert (date.fromisoformat(entry["review"]) - date.today()).days == 182


@needs_vendor_pages
@pytest.mark.parametrize("page", [START_NOTEBOOK, START_NOTEBOOK_RST], ids=["html", "rst"])
def test_the_ledger_knows_everything_about_the_page(page: Path) -> None:
    """Every certain finding of every rule, and every difference, in both markups."""
    assert docs_check(page).return_value == 1
    result = docs_check(page, "--new-only", "--fail-on", "cosmetic")
    assert result.return_value == 0
    assert result.stdout == "no findings\n"
    assert docs_diff(page, "--fail-on", "cosmetic").return_value == 0


@needs_vendor_pages
def test_a_new_fault_of_the_page_fails_with_new_only(tmp_path: Path) -> None:
    """Another value in the example than the ledger knows: that one and no other."""
    page = tmp_path / "StartNotebook.html"
    page.write_text(START_NOTEBOOK.read_text().replace('"EFS"', '"NFS"'))
    result = docs_check(page, "--new-only", "--format", "json")
    assert result.return_value == 1
    assert [finding["rule"] for finding in json.loads(result.stdout)] == ["example-outside-enum"]


@needs_vendor_pages
def test_suggestions_for_the_contract_are_an_overlay_that_applies(tmp_path: Path) -> None:
    """EFS, and both words in upper case; spec, overlay and ledger together stand the audit."""
    overlay, ledger = tmp_path / "suggested.overlay.yaml", tmp_path / "ledger.yaml"
    ledger.write_text("entries: []\n")
    docs_check(
        *(START_NOTEBOOK, "--ledger", ledger),
        *("--suggest-overlay", overlay, "--write-ledger", tmp_path / "drafts.yaml"),
    )
    files = find_files(SPEC, overlay, tmp_path / "drafts.yaml")
    assert audit(replace(files, sdk_ledger=None), known_names()) == ()
    schemas = load_contract(SPEC, overlay).view("observed").document["components"]["schemas"]
    assert schemas["VolumeRes"]["properties"]["category"]["enum"][:3] == ["SFS", "EVS", "EFS"]
    types = schemas["Lease"]["properties"]["type"]["enum"]
    assert types == ["timing", "idle", "TIMING", "IDLE"]


@needs_vendor_pages
def test_an_overlay_is_never_overwritten(tmp_path: Path) -> None:
    """A file that exists stays."""
    overlay = tmp_path / "mine.yaml"
    overlay.write_text("mine")
    error = docs_check(START_NOTEBOOK, "--suggest-overlay", overlay).exception
    assert isinstance(error, InputError)
    assert "exists already" in str(error)
    assert overlay.read_text() == "mine"
