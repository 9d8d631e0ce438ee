"""What an SDK loses, coerces, rejects and sends becomes findings; what hangs ends in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from contract_tests.cli import root
from contract_tests.clients.roundtrip import SdkReport, check_sdk, read_sdk_ledger
from contract_tests.clients.roundtrip.check import Settings
from contract_tests.clients.roundtrip.show import as_json, as_markdown, as_text
from contract_tests.clients.sdk import sdk_names
from contract_tests.contract import LedgerEntry, load_contract
from contract_tests.errors import ContractTestsError, InputError
from tests.clients import sample_sdks

SPEC = """\
openapi: 3.1.0
info: {title: Notebooks, version: '1'}
paths:
  /v1/{project_id}/notebooks/{id}/start:
    parameters:
      - {name: project_id, in: path, required: true, schema: {type: string}}
      - {name: id, in: path, required: true, schema: {type: string}}
    post:
      operationId: StartNotebook
      security: [{Token: []}]
      parameters:
        - {name: duration, in: query, schema: {type: integer}}
        - {name: type, in: query, schema: {type: string, enum: [timing, idle]}}
      responses:
        '200':
          description: Starting.
          content: {application/json: {schema: {$ref: '#/components/schemas/Notebook'}}}
        '400':
          description: Refused.
          content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}
components:
  securitySchemes:
    Token: {type: apiKey, in: header, name: X-Auth-Token}
  schemas:
    Notebook:
      type: object
      properties:
        id: {type: string}
        name: {type: string}
        size: {type: integer, format: int64}
        enabled: {type: boolean}
        status: {type: string}
        volume: {$ref: '#/components/schemas/Volume'}
    Volume:
      type: object
      properties:
        category: {type: string, enum: [SFS, EVS]}
    Error:
      type: object
      required: [error_code]
      properties:
        error_code: {type: string}
        error_msg: {type: string}
"""
OVERLAY = """\
overlay: 1.0.0
info: {title: What is answered, version: '1'}
actions:
  - target: $.components.schemas.Volume.properties.category
    update: {enum: [EFS]}
    x-ledger: category-efs
"""
LEDGER = """\
entries:
  - id: category-efs
    where: Volume.category
    what: EFS is answered.
    documented: [SFS, EVS]
    observed: [EFS]
    matches: [response-schema]
    evidence: [{sure: seen, source: a session}]
    wrong: docs
    review: 2099-01-01
"""
SDK_LEDGER = """\
entries:
  - id: name-dropped
    where: Notebook.name
    what: It drops the name.
    documented: [kept]
    observed: ['forgetful: dropped']
    matches: [sdk-*]
    evidence: [{sure: client, source: its source}]
    wrong: undetermined
    review: 2099-01-01
  - id: size-dropped
    where: Notebook.size
    what: It drops the size.
    documented: [kept]
    observed: ['forgetful: dropped']
    matches: [sdk-*]
    evidence: [{sure: client, source: an older version}]
    wrong: undetermined
    review: 2099-01-01
"""


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small contract, and the sample SDKs as packages name theirs."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "observed.overlay.yaml").write_text(OVERLAY)
    (tmp_path / "discrepancies.yaml").write_text(LEDGER)
    (tmp_path / "sdks.yaml").write_text(SDK_LEDGER)
    info = tmp_path / "path" / "samples-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: samples\nVersion: 1\n")
    names = [name for name in vars(sample_sdks) if name.istitle() and name not in ("Any", "Start")]
    points = [f"{name.lower()} = tests.clients.sample_sdks:{name}" for name in names]
    points.append("broken = tests.clients.sample_sdks:broken")
    (info / "entry_points.txt").write_text("\n".join(["[contract_tests.sdks]", *points]))
    monkeypatch.syspath_prepend(str(tmp_path / "path"))
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    return tmp_path / "spec.yaml"


def check(
    spec: Path, name: str, ledger: tuple[LedgerEntry, ...] = (), time_out: float = 10.0
) -> SdkReport:
    """The report on a sample SDK."""
    settings = Settings(examples=3, time_out=time_out)
    return check_sdk(load_contract(spec), name, ledger=ledger, settings=settings)


def found(report: SdkReport) -> set[tuple[str, str, tuple[str, ...]]]:
    """Id, place and values of all findings."""
    return {(v.finding.id, v.finding.place.name, v.finding.values) for v in report.verdicts}


def test_an_sdk_that_keeps_everything_has_no_findings(spec: Path) -> None:
    """And breaks on nothing that the ledger knows."""
    report = check(spec, "faithful")
    assert found(report) == set()
    assert not report.fails()
    assert report.answers == report.whole > 20
    assert report.requests == 2
    assert [(i.entry, i.state) for i in report.impact] == [("category-efs", "holds")]


def test_a_dropped_field_is_found_and_unknown_ones_are_one_finding(spec: Path) -> None:
    """The field at its place; that unknown fields go is no fault of fifty places."""
    report = check(spec, "forgetful")
    assert found(report) == {
        ("sdk-field-dropped", "Notebook.name", ("forgetful: dropped",)),
        ("sdk-field-dropped", "Notebook.status", ("forgetful: dropped",)),
        ("sdk-field-dropped", "body", ("forgetful: an unknown field dropped",)),
        ("sdk-field-dropped", "type.object", ("forgetful: an unknown field dropped",)),
    }
    assert report.fails()


def test_a_coercion_is_found_with_what_is_made_of_what(spec: Path) -> None:
    """Of answers that are wrong: the SDK makes right ones of them, and nobody hears of it."""
    found_by_place = {place: values for _, place, values in found(check(spec, "coercing"))}
    assert set(found_by_place["type.integer"]) == {
        'coercing: "50" -> 50',
        "coercing: 1.9 -> 1",
    }
    assert set(found_by_place["type.boolean"]) == {
        'coercing: "false" -> true',
        "coercing: 0 -> false",
        "coercing: 1 -> true",
    }


def test_a_rejected_value_is_told_from_an_answer_that_raises(spec: Path) -> None:
    """The ledger's entry says that the SDK breaks on it."""
    report = check(spec, "strict")
    assert found(report) == {
        ("sdk-enum-rejected", "Volume.category", ("strict: rejects EFS",)),
        ("sdk-decode-error", "Notebook.name", ("strict: raises KeyError",)),
    }
    (impact,) = report.impact
    assert (impact.state, impact.how) == ("breaks", ("raises ValueError",))
    messages = {v.finding.message for v in report.verdicts}
    assert "strict rejects the value EFS, which answers hold" in messages


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "wilful",
            {
                ("header.Content-Type", "wilful: sends text/plain"),
                ("body", "wilful: sends a body"),
                ("security", "wilful: sends no authentication"),
            },
        ),
        (
            "elsewhere",
            {("path", "elsewhere: sends GET where POST /v1/{project_id}/notebooks/{id}/start")},
        ),
    ],
)
def test_requests_are_held_against_the_documented_view(
    spec: Path, name: str, wanted: set[tuple[str, str]]
) -> None:
    """As the mock recorded them."""
    seen = {(p, v.removesuffix(" belongs")) for i, p, vs in found(check(spec, name)) for v in vs}
    assert seen == wanted


def test_wrong_answers_that_pass_are_listed_by_kind(spec: Path) -> None:
    """For information: they fail nothing."""
    report = check(spec, "faithful")
    kinds = {each.kind: dict(each.fates) for each in report.accepted}
    assert kinds["string where an integer belongs"] == {"handed on": 2}
    assert kinds["a value that no enumeration has"] == {"handed on": 1}
    assert kinds["a required field missing"] == {"handed on": 1}
    assert kinds["no JSON"] == {"raised": 2}
    assert not report.fails()


def test_the_ledger_makes_a_finding_known_and_names_what_it_no_longer_sees(spec: Path) -> None:
    """For this SDK's entries alone."""
    ledger = read_sdk_ledger(spec.with_name("sdks.yaml"))
    report = check(spec, "forgetful", ledger)
    assert [(v.finding.place.name, v.ledger_id) for v in report.known] == [
        ("Notebook.name", "name-dropped")
    ]
    assert [entry.id for entry in report.unseen] == ["size-dropped"]
    assert check(spec, "faithful", ledger).unseen == ()


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("hanging", "the SDK hanging at an answer 200 of StartNotebook hung for 0.3 seconds"),
        ("dying", "the SDK dying at an answer 200 of StartNotebook ended its process"),
        ("babbling", "the SDK babbling encodes what is no JSON"),
        ("silent", "the SDK silent sends no start request: RuntimeError: no network here"),
        ("foreign", "the SDK foreign knows no operation of the contract; let its adapter"),
        (
            "broken",
            "the SDK broken cannot be used: ImportError: libssl.so.1.0: cannot open shared object",
        ),
    ],
)
def test_an_sdk_that_cannot_be_checked_is_one_line(spec: Path, name: str, line: str) -> None:
    """Neither a traceback nor a run that never ends."""
    with pytest.raises(ContractTestsError) as caught:
        check(spec, name, time_out=0.3 if name == "hanging" else 10.0)
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)


def test_names_are_those_of_modules_and_entry_points(spec: Path) -> None:
    """A name that is none is answered with all there are."""
    assert {"generated", "huaweicloud", "faithful"} <= set(sdk_names())
    with pytest.raises(InputError, match=r"no SDK 'nobody'; choose of .*huaweicloud"):
        check(spec, "nobody")


def run(spec: Path, *options: str) -> Result:
    """The command, as a shell calls it."""
    asked = ["sdk", "check", "--spec", str(spec), "--examples", "0", *options]
    return CliRunner().invoke(root, asked, standalone_mode=False)


def test_the_command_fails_on_what_is_new(spec: Path) -> None:
    """--strict leaves the ledger aside."""
    ledger = ["--ledger", str(spec.with_name("sdks.yaml"))]
    assert run(spec, "--sdk", "faithful", *ledger).return_value == 0
    done = run(spec, "--sdk", "forgetful", *ledger)
    assert done.return_value == 1
    assert "1 known findings" in done.output
    strict = run(spec, "--sdk", "forgetful", *ledger, "--strict")
    assert "0 known findings" in strict.output


def test_every_format_tells_the_same(spec: Path) -> None:
    """Findings, what was accepted, and the impact of each entry."""
    report = check(spec, "forgetful")
    text, markdown = as_text(report), as_markdown(report)
    data: Any = json.loads(as_json(report))
    for shown in (text, markdown):
        assert "Notebook.name" in shown
        assert "SDK impact per discrepancy" in shown
        assert "a value that no enumeration has" in shown
    assert "| new | sdk-field-dropped | Notebook.name | dropped | every operation |" in markdown
    assert {f["where"] for f in data["findings"]} == {place for _, place, _ in found(report)}
    assert data["impact"][0]["entry"] == "category-efs"
