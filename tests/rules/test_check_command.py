"""`contract-tests docs check`: files and folders in, findings in four formats out, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contract_tests.commands.docs.check import command
from contract_tests.errors import InputError
from contract_tests.rules.formats import format_names
from tests.rules.sample_pages import html

FAULTY = html(
    """GET /v1/disks
= header
X-Auth-Token | Yes | String | User token.
= response 200
kind | String | Kind of disk. Options: * SSD: fast * HDD: large
size | Integer | Number of blocks.
= example request
GET https://{endpoint}/v1/disks
= example response 200
{"kind": "TAPE", "size": 3}
= statuses
200 | OK
"""
)
CLEAN = FAULTY.replace('"TAPE"', '"SSD"').replace("/v1/disks", "/v1/others")
KEYS = {
    "rule",
    "page",
    "table",
    "field",
    "file",
    "line",
    "severity",
    "certain",
    "facts",
    "message",
    "fingerprint",
    "suggestion",
}


def check(*args: str | Path) -> Result:
    """Run the command as the root group does."""
    return CliRunner().invoke(command, [str(arg) for arg in args], standalone_mode=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout with one faulty and one clean page, and a page in a hidden folder."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "Hidden.html").write_text(FAULTY)
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "ListDisks.html").write_text(FAULTY)
    (tmp_path / "api" / "ListOthers.html").write_text(CLEAN)
    return tmp_path


def test_json_finding_has_the_agreed_keys(folder: Path) -> None:
    """Rule, page, place, line, severity, the facts that contradict each other, a suggestion."""
    [finding] = json.loads(check(folder / "api" / "ListDisks.html", "--format", "json").stdout)
    assert finding.keys() == KEYS
    assert finding["rule"] == "example-outside-enum"
    assert (finding["page"], finding["table"], finding["field"]) == (
        "ListDisks",
        "response",
        "kind",
    )
    assert finding["severity"] == "breaks-clients"
    assert finding["file"] == str(folder / "api" / "ListDisks.html")
    assert [fact["says"] for fact in finding["facts"]] == ["TAPE", "SSD, HDD"]
    assert "TAPE" in FAULTY.splitlines()[finding["line"] - 1]
    assert len(finding["fingerprint"]) == 16


def test_a_fact_of_another_page_names_its_file(folder: Path) -> None:
    """Across pages a line by itself would be looked up on the wrong page."""
    (folder / "api" / "ListDisks2.html").write_text(FAULTY)
    args = (folder, "--select", "same-uri-two-pages", "--format", "json")
    [finding] = json.loads(check(*args).stdout)
    named = {Path(fact["file"]).stem for fact in finding["facts"]}
    assert named == {"ListDisks", "ListDisks2"}


def test_folder_is_read_without_hidden_folders(folder: Path) -> None:
    """A folder or checkout: every page below it, nothing of `.git`."""
    found = json.loads(check(folder, "--format", "json").stdout)
    assert [finding["page"] for finding in found] == ["ListDisks"]


@pytest.mark.parametrize(
    ("args", "code"),
    [((), 1), (("--ignore", "example-outside-enum"), 0), (("--select", "name-style"), 0)],
)
def test_exit_code_follows_the_findings(folder: Path, args: tuple[str, ...], code: int) -> None:
    """1 where something at or above the limit is found, 0 otherwise."""
    assert check(folder, *args).return_value == code


def test_fail_on_sets_the_limit(tmp_path: Path) -> None:
    """A cosmetic finding fails only a run that asks for it."""
    page = tmp_path / "ListDisks.html"
    page.write_text(CLEAN.replace("GET https://{endpoint}/v1/others", "{ }"))
    only = ("--select", "example-without-request-line")
    assert check(page, *only).return_value == 0
    assert check(page, *only, "--fail-on", "cosmetic").return_value == 1


def test_uncertain_findings_are_shown_on_request_and_never_fail(tmp_path: Path) -> None:
    """What a reader has to judge is left out, unless asked for."""
    page = tmp_path / "ListDisks.html"
    page.write_text(CLEAN.replace('"size": 3', '"size": 3, "token": "abc"'))
    only = (page, "--select", "secret-in-example", "--format", "json")
    assert json.loads(check(*only).stdout) == []
    shown = check(*only, "--uncertain")
    assert [finding["certain"] for finding in json.loads(shown.stdout)] == [False]
    assert shown.return_value == 0


def test_unknown_rule_is_named_with_a_near_one(folder: Path) -> None:
    """A mistyped rule is an error with the name that was meant."""
    error = check(folder, "--select", "example-outside-enums").exception
    assert isinstance(error, InputError)
    assert str(error) == ("no rule 'example-outside-enums'; did you mean example-outside-enum?")


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    """No page at all: an error, which the root turns into exit 2, and no output."""
    result = check(tmp_path / "absent.html", "--format", "json")
    assert isinstance(result.exception, InputError)
    assert result.stdout == ""


def test_text_names_page_line_rule_and_place(folder: Path) -> None:
    """The text format: page by page, what and where, and a count at the end."""
    output = check(folder).stdout
    assert f"ListDisks ({folder / 'api' / 'ListDisks.html'})\n" in output
    assert "breaks-clients" in output
    assert "example-outside-enum  response.kind" in output
    assert output.endswith("1 finding: 1 breaks-clients\n")


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_two_pages_of_one_name_are_two(folder: Path, form: str) -> None:
    """One page in two editions: each under its own file, not two faults of one page."""
    (folder / "old").mkdir()
    (folder / "old" / "ListDisks.html").write_text(FAULTY)
    output = check(folder, "--format", form, "--select", "example-outside-enum").stdout
    files = [folder / name / "ListDisks.html" for name in ("api", "old")]
    assert [f"ListDisks ({file})" in output for file in files] == [True, True]


def test_markdown_is_a_table_that_text_cannot_break(folder: Path) -> None:
    """One row a finding; bars and tags of the page mean nothing in it."""
    page = folder / "api" / "ListDisks.html"
    page.write_text(FAULTY.replace("TAPE", "A|B &lt; C"))
    rows = [row for row in check(page, "--format", "markdown").stdout.splitlines() if "kind" in row]
    assert len(rows) == 1
    assert r"A\|B &lt; C" in rows[0]


def test_sarif_has_rule_level_line_and_fingerprint(folder: Path) -> None:
    """The SARIF format: one result, at its line, with a stable fingerprint."""
    log = json.loads(check(folder, "--format", "sarif").stdout)
    [run] = log["runs"]
    [result] = run["results"]
    assert log["version"] == "2.1.0"
    assert result["ruleId"] == "example-outside-enum"
    assert result["level"] == "error"
    assert run["tool"]["driver"]["rules"][0]["shortDescription"]["text"].endswith(".")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("api/ListDisks.html")
    assert place["region"]["startLine"] > 1
    assert result["partialFingerprints"]


@pytest.mark.parametrize("operation", ["", "<h4>URI</h4><p>GET /v1/disks</p>"])
def test_a_page_of_something_else_is_told(tmp_path: Path, operation: str) -> None:
    """That nothing is found on it says nothing of an API."""
    page = tmp_path / "blog.html"
    page.write_text(f"<h1>My disks</h1><p>They are full.</p>{operation}")
    warned = check(page, "--select", "name-style").stderr
    told = "" if operation else "warning: no page read documents an operation: a method and a URI\n"
    assert warned == told


@pytest.mark.parametrize("name", format_names())
def test_every_format_prints_nothing_found(folder: Path, name: str) -> None:
    """A clean page is said to be clean in every format."""
    result = check(folder / "api" / "ListOthers.html", "--format", name)
    assert result.return_value == 0
    assert result.stdout.strip()
