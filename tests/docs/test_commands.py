"""`contract-tests docs facts` and `docs pin`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from contract_tests.commands.docs import command
from contract_tests.errors import InputError

PAGES = Path(__file__).parents[1] / "pages"
PAGE = str(PAGES / "FireKiln.html")


def run(*arguments: str) -> str:
    """What the command prints."""
    result = CliRunner().invoke(command, arguments, catch_exceptions=False, standalone_mode=False)
    return result.output


def test_subcommands() -> None:
    """One module, one subcommand."""
    assert {"check", "facts", "pin"} <= set(command.commands)


def test_facts_as_yaml() -> None:
    """A document for each page, with lines."""
    first, second = yaml.safe_load_all(run("facts", PAGE, str(PAGES / "kiln_errors.html")))
    assert first["page"] == "FireKiln"
    assert first["uri"] == "/v1/{studio_id}/kilns/{id}/fire"
    assert first["tables"][0]["fields"][0]["line"] == 12
    assert [code["code"] for code in second["error_codes"]] == ["Kiln.0001", "Kiln.0002"]


def test_facts_as_json() -> None:
    """One list of all pages; what is empty is left out."""
    (page,) = json.loads(run("facts", "--format", "json", PAGE))
    names = [table["name"] for table in page["tables"]]
    assert names == ["path", "FiringReq", "Cone", "Firing", "Fault"]
    assert "diagnostics" not in page


def test_pin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written where the spec keeps them, or where --out says; nothing half-written is left."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec" / "pages").mkdir(parents=True)
    target = Path("spec", "pages", "FireKiln.facts.yaml")
    assert run("pin", PAGE) == f"{target}: pinned 10 fields\n"
    assert yaml.safe_load(target.read_text())["page"] == "FireKiln"
    run("pin", PAGE, "--out", "other.yaml")
    assert Path("other.yaml").read_text() == target.read_text() == run("pin", PAGE, "--out", "-")
    assert sorted(path.name for path in tmp_path.rglob("*.yaml")) == [target.name, "other.yaml"]


def test_pin_keeps_a_page_under_the_name_that_the_spec_has(tmp_path: Path) -> None:
    """Under whatever name it was saved: a run looks for the facts of an operation."""
    page = tmp_path / "index.html"
    page.write_text("<h1>Starting</h1><h4>URI</h4><p>POST /v1/{project}/notebooks/{n}/start</p>")
    assert yaml.safe_load(run("pin", str(page), "--out", "-"))["page"] == "StartNotebook"


def test_pin_takes_no_page_without_an_operation(tmp_path: Path) -> None:
    """Nothing would ever ask for its facts."""
    with pytest.raises(InputError, match="the page documents no operation; pass a page that"):
        run("pin", str(PAGES / "kiln_errors.html"), "--out", str(tmp_path / "x.yaml"))
    assert list(tmp_path.iterdir()) == []


def test_pin_where_there_is_no_folder(tmp_path: Path) -> None:
    """One line with the remedy."""
    with pytest.raises(InputError, match=r"cannot be written \(.*\); name a file in a folder"):
        run("pin", PAGE, "--out", str(tmp_path / "no" / "x.yaml"))


def test_no_page() -> None:
    """Exit 2 is the root's business; the command raises what it prints."""
    with pytest.raises(InputError, match="cannot be read"):
        run("facts", "no.html")
