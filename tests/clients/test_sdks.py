"""The SDKs that there are: the vendor's, the generated one, one of one's own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from contract_tests.cli import root
from contract_tests.clients import sdk
from contract_tests.clients.roundtrip import SdkReport, check_sdk, read_sdk_ledger
from contract_tests.clients.roundtrip.check import Settings
from contract_tests.contract import find_files, load_contract
from contract_tests.errors import ContractTestsError, MissingExtraError
from contract_tests.findings import Finding

REPOSITORY = Path(__file__).parents[2]
CHECK = [sys.executable, "-m", "contract_tests", "sdk", "check", "--sdk"]


@pytest.fixture(scope="module")
def vendor() -> SdkReport:
    """The vendor's SDK, with nothing known of it."""
    pytest.importorskip("huaweicloudsdkmodelarts", reason="needs the extra clients")
    return check_sdk(load_contract(), "huaweicloud", settings=Settings(examples=0))


@pytest.fixture(scope="module")
def found(vendor: SdkReport) -> dict[tuple[str, str], set[str]]:
    """Its values by id and place."""
    values: dict[tuple[str, str], set[str]] = defaultdict(set)
    for verdict in vendor.verdicts:
        finding = verdict.finding
        values[finding.id, finding.place.name] |= set(finding.values)
    return values


@pytest.mark.parametrize("field", ["create_at", "update_at"])
def test_the_vendors_sdk_drops_what_it_does_not_know_at_the_root(
    found: dict[tuple[str, str], set[str]], field: str
) -> None:
    """Though the service answers it."""
    assert found["sdk-field-dropped", f"NotebookResp.{field}"] == {"huaweicloud: dropped"}
    unknown = found["sdk-field-dropped", "type.object"]
    assert unknown == {"huaweicloud: an unknown field dropped"}


@pytest.mark.parametrize(
    ("kind", "effect"),
    [
        ("integer", '"50" -> 50'),
        ("integer", "1.9 -> 1"),
        ("boolean", '"false" -> true'),
        ("array", "a lone value -> array"),
    ],
)
def test_the_vendors_sdk_coerces(
    found: dict[tuple[str, str], set[str]], kind: str, effect: str
) -> None:
    """Wherever such a type stands."""
    assert f"huaweicloud: {effect}" in found["sdk-type-coerced", f"type.{kind}"]


def test_the_vendors_sdk_checks_no_enumeration(vendor: SdkReport) -> None:
    """EFS and TIMING pass, and so does everything else; only text in an integer fails."""
    kinds = {each.kind: each for each in vendor.accepted}
    assert kinds["a value that no enumeration has"].fates["raised"] == 0
    assert kinds["string where an integer belongs"].fates["raised"] > 0
    impact = {each.entry: each.state for each in vendor.impact}
    assert impact["volume-category-efs"] == impact["lease-type-timing-upper-case"] == "holds"
    assert impact["notebook-create-at"] == impact["notebook-update-at"] == "breaks"


def test_the_vendors_sdk_signs_what_it_sends(found: dict[tuple[str, str], set[str]]) -> None:
    """Method, path, parameters and content are as documented; the header is another."""
    sent = {place: values for (id_, place), values in found.items() if id_ == "sdk-request-invalid"}
    assert sent == {"security": {"huaweicloud: sends Authorization"}}


def test_the_shipped_ledger_knows_all_of_it_and_nothing_more(vendor: SdkReport) -> None:
    """New without it: every entry is needed, and every finding has one."""
    ledger = read_sdk_ledger(find_files().sdk_ledger)
    assert vendor.fails()

    def entries(finding: Finding, value: str) -> list[str]:
        one = Finding(
            id=finding.id,
            place=finding.place,
            severity=finding.severity,
            message="",
            values=(value,),
        )
        return [entry.id for entry in ledger if entry.covers(one)]

    findings = [(v.finding, value) for v in vendor.verdicts for value in v.finding.values]
    covered = [entries(finding, value) for finding, value in findings]
    assert all(covered), [pair for pair, ids in zip(findings, covered, strict=True) if not ids]
    assert {entry.id for entry in ledger} == {id_ for ids in covered for id_ in ids}


@pytest.mark.slow
def test_the_command_passes_with_the_shipped_ledger_and_fails_without() -> None:
    """0 and 1, with answers by chance as well."""
    pytest.importorskip("huaweicloudsdkmodelarts", reason="needs the extra clients")
    for options, code in (((), 0), (("--strict",), 1)):
        asked = ["sdk", "check", "--sdk", "huaweicloud", *options]
        done = CliRunner().invoke(root, asked, standalone_mode=False)
        assert done.return_value == code, done.output


@pytest.mark.slow
def test_the_generated_client_has_no_findings(client_folder: Path, client_package: str) -> None:
    """Nor breaks on any entry of the ledger."""
    done = subprocess.run(
        [*CHECK, "generated", "--module", client_package, "--strict", "--examples", "10"],
        env={**os.environ, "PYTHONPATH": str(client_folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 new and 0 known findings" in done.stdout
    assert "breaks" not in done.stdout


def test_an_sdk_of_ones_own_plugs_in_by_its_metadata(tmp_path: Path) -> None:
    """The example, as a package would install it."""
    info = tmp_path / "own_sdk-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: own-sdk\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[contract_tests.sdks]\nown = own_sdk:OwnSdk\n")
    paths = os.pathsep.join([str(tmp_path), str(REPOSITORY / "examples")])
    done = subprocess.run(
        [*CHECK, "own", "--examples", "0"],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "own: " in done.stdout
    assert "2 start requests seen; 0 new and 0 known findings" in done.stdout


def test_a_missing_sdk_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of a traceback."""
    monkeypatch.delitem(sys.modules, f"{sdk.__name__}.generated", raising=False)
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(MissingExtraError, match=r"needs httpx.*pip install 'contract-tests\[cl"):
        sdk.open_sdk("generated", "any")
    with pytest.raises(MissingExtraError, match=r"not installed \(nowhere is missing\); pip"):
        sdk.open_sdk("huaweicloud", "nowhere.v1")


def test_a_module_that_does_not_exist_is_one_line() -> None:
    """As of any SDK that cannot be imported."""
    with pytest.raises(ContractTestsError) as caught:
        check_sdk(load_contract(), "generated", module="no_such_client")
    assert str(caught.value).startswith("the SDK generated cannot be used: ModuleNotFoundError: No")
    assert "\n" not in str(caught.value)
