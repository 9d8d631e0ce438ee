"""Loading a contract: which documents it is made of, and its views."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from contract_tests.contract import default_spec_folder, find_files, load_contract
from contract_tests.contract.files import shown_name
from contract_tests.errors import InputError
from contract_tests.findings import Place
from tests.contract.sample_contract import LEDGER_NAME, OVERLAY, SPEC, write_contract


def test_what_stands_beside_a_spec_belongs_to_it(tmp_path: Path) -> None:
    """Overlay and ledger by their names."""
    contract = load_contract(write_contract(tmp_path))
    assert [entry.id for entry in contract.ledger] == ["part-kind-lower-case"]
    body = {"parts": [{"kind": "wheel"}]}
    assert len(contract.view("documented").response_violations("ShowThing", 200, None, body)) == 1
    assert contract.view("observed").response_violations("ShowThing", 200, None, body) == []


def test_a_spec_may_stand_alone(tmp_path: Path) -> None:
    """Then *observed* is *documented*, and nothing is known."""
    contract = load_contract(write_contract(tmp_path, overlay=None, ledger=None))
    assert (contract.overlay, contract.ledger) == (None, ())
    assert contract.view("observed").document == contract.view("documented").document
    assert contract.view("observed").name == "observed"


def test_documents_given_by_name_count(tmp_path: Path) -> None:
    """Wherever they stand."""
    other = tmp_path / "other"
    other.mkdir()
    spec = write_contract(tmp_path, overlay=None)
    overlay = other / "mine.yaml"
    overlay.write_text(OVERLAY.replace("[wheel]", "[tyre]"))
    files = find_files(spec, overlay)
    assert (files.overlay, files.ledger) == (overlay, tmp_path / LEDGER_NAME)
    observed = load_contract(spec, overlay).view("observed").document
    assert observed["components"]["schemas"]["Part"]["properties"]["kind"]["enum"][-1] == "tyre"


def test_a_view_is_made_once(tmp_path: Path) -> None:
    """Compiling schemas and rules again would be waste."""
    contract = load_contract(write_contract(tmp_path))
    assert contract.view("observed") is contract.view("observed")


def test_a_violation_names_the_overlay_where_the_overlay_said_it(tmp_path: Path) -> None:
    """File and line of the words that refused the value."""
    overlay = OVERLAY.replace("update: {enum: [wheel]}", "update: {maxLength: 3}")
    view = load_contract(write_contract(tmp_path, overlay=overlay)).view("observed")
    found = view.response_violations("ShowThing", 200, None, {"parts": [{"kind": "DOOR"}]})
    assert [v.place for v in found] == [Place("ShowThing", "Part", "kind")]
    assert (Path(found[0].source.file).name, found[0].source.line) == ("observed.overlay.yaml", 5)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("", ":1: no OpenAPI 3.1 document; begin it with openapi: 3.1.0"),
        ("[]", ":1: no OpenAPI 3.1 document"),
        (SPEC.replace("3.1.0", "3.0.3"), ":1: no OpenAPI 3.1 document"),
        (SPEC.replace("3.1.0", "3.1.0\nopenapi: 3.1.0"), ":2: the key 'openapi' stands here twice"),
    ],
)
def test_a_spec_that_is_none_is_refused(tmp_path: Path, spec: str, words: str) -> None:
    """With its line."""
    with pytest.raises(InputError) as raised:
        load_contract(write_contract(tmp_path, spec))
    assert words in str(raised.value)


def test_a_missing_spec_is_an_input_error(tmp_path: Path) -> None:
    """The path as it was given."""
    with pytest.raises(InputError, match="cannot be read: No such file"):
        load_contract(tmp_path / "none.yaml")


def test_a_spec_folder_where_one_stands_is_the_contract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that is mended there counts, however the package was installed."""
    monkeypatch.chdir(tmp_path)
    assert load_contract().files.spec.parent == default_spec_folder()
    shutil.copytree(default_spec_folder(), "spec")
    (tmp_path / "spec" / "discrepancies.yaml").write_text("entries: []\n")
    contract = load_contract()
    assert contract.ledger == ()
    assert contract.spec.file == "spec/modelarts-notebook.openapi.yaml"


def test_names_of_files_are_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative below the working folder; the shipped documents by their folder's name."""
    monkeypatch.chdir(tmp_path)
    assert shown_name(tmp_path / "a" / "b.yaml") == "a/b.yaml"
    assert shown_name(Path("b.yaml")) == "b.yaml"
    folder = default_spec_folder()
    assert shown_name(folder / "discrepancies.yaml") == "spec/discrepancies.yaml"
    assert shown_name(Path("/elsewhere/b.yaml")) == "/elsewhere/b.yaml"
