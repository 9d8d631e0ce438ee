"""The main job: the suite against the mock, as it is and with one fault at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from contract_tests import suite
from contract_tests.targets.mock.credentials import Credentials
from tests.suite.runs import Done, contract_tests

QUICK = ("run", "--budget", "quick")
CTRL_C = """
import pytest

@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report):
    if report.when == "call":
        raise KeyboardInterrupt
"""
"""A plugin of pytest that interrupts a run when a test has ended."""
OTHER_CASE = ("--fault", "start-volume.category-other-case")


def test_the_main_job_passes_and_names_what_is_known(tmp_path: Path) -> None:
    """Against the embedded mock nothing is new; EFS and TIMING are among what was seen."""
    done = contract_tests(tmp_path, *QUICK)
    assert done.code == 0, done.out + done.err
    assert "VolumeRes.category EFS" in done.out
    assert "Lease.type TIMING" in done.out
    assert "PASSED" in done.out
    assert len(done.out.splitlines()) <= 25


def test_a_documented_service_passes_the_strict_view(tmp_path: Path) -> None:
    """A service that does what the page says has nothing to fear from it."""
    done = contract_tests(tmp_path, *QUICK, "--play", "documented", "--view", "documented")
    assert done.code == 0, done.out + done.err


def test_the_strict_view_fails_what_the_ledger_knows(tmp_path: Path) -> None:
    """Without the ledger, what the real service does is a disagreement."""
    done = contract_tests(tmp_path, *QUICK, "--view", "documented")
    assert done.code == 1
    assert "VolumeRes.category" in done.new


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        ("start-volume.category-other-case", "VolumeRes.category"),
        ("start-status-other-case", "NotebookResp.status"),
        ("start-volume.capacity-string", "VolumeRes.capacity"),
        ("start-contradicts-id", "NotebookResp.id"),
    ],
)
def test_one_fault_is_one_finding(tmp_path: Path, fault: str, place: str) -> None:
    """A wrong answer fails the run and is named once, not hundreds of times."""
    done = contract_tests(tmp_path, *QUICK, "--fault", fault)
    assert done.code == 1, done.out + done.err
    assert done.new == [place]


@pytest.fixture(scope="module")
def trespass(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """A run on a service that starts another project's notebook."""
    fault = ("--fault", "start-reaches-foreign-notebooks", "--report", "har")
    return contract_tests(tmp_path_factory.mktemp("trespass"), *QUICK, *fault)


def test_an_exchange_is_judged_once(trespass: Done) -> None:
    """The traffic holds each request once, in order; a start of a foreign notebook counts once."""
    har = json.loads((trespass.folder / "reports" / "latest" / "traffic.har").read_text())
    judged = [(e["startedDateTime"], e["request"]["url"]) for e in har["log"]["entries"]]
    assert judged == sorted(set(judged))
    new = [v for v in trespass.run["verdicts"] if v["state"] == "new"]
    assert {v["finding"]["id"]: (v["count"], v["nature"]) for v in new} == {
        "authentication-bypassed": (1, "violation"),
        "secret-in-answer": (1, "violation"),
        "start-leaves-neighbours-their-status": (1, "violation"),
    }


def test_what_is_masked_is_not_replayed(trespass: Done) -> None:
    """A report keeps no id of another project; without it a fault would look mended."""
    new = next(v for v in trespass.run["verdicts"] if v["state"] == "new")
    done = contract_tests(trespass.folder, "replay", new["finding"]["fingerprint"])
    assert (done.code, done.out) == (2, "")
    assert "names what is another's" in done.err


@pytest.fixture(scope="module")
def other_case(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """A run on a service that answers `efs`, where the ledger accepts `EFS`."""
    return contract_tests(tmp_path_factory.mktemp("case"), *QUICK, *OTHER_CASE)


@pytest.mark.parametrize(
    ("fault", "code", "words"), [(OTHER_CASE, 1, "breaks-clients"), ((), 0, "not seen again")]
)
def test_a_value_that_the_ledger_accepts_is_not_the_fault_again(
    other_case: Done, fault: tuple[str, ...], code: int, words: str
) -> None:
    """Replayed where the service answers EFS, a finding of `efs` is not seen again."""
    (finding,) = [v["finding"] for v in other_case.run["verdicts"] if v["state"] == "new"]
    done = contract_tests(other_case.folder, "replay", finding["fingerprint"], *fault)
    assert done.code == code, done.err
    assert done.out.startswith(words)
    assert len(done.out.splitlines()) == 1


def test_a_finding_has_what_each_of_the_three_says(other_case: Done) -> None:
    """Page, spec and service, each in words of its own; page and spec with file and line."""
    (finding,) = [v["finding"] for v in other_case.run["verdicts"] if v["state"] == "new"]
    page, spec, service = finding["claims"]
    assert [claim["party"] for claim in (page, spec, service)] == ["page", "spec", "service"]
    assert (page["says"], spec["says"]) == ("EVS, SFS", "SFS, EVS")
    assert service["says"] in ('"efs"', '"evs"')
    assert page["source"]["file"] == "spec/pages/StartNotebook.facts.yaml"
    assert page["source"]["line"] > 0


def test_one_seed_makes_one_request_sequence(tmp_path: Path) -> None:
    """The hash over the requests is one, whatever is printed and written; another for another."""
    hashes: list[str] = []
    for seed, *options in (("7",), ("7", "--quiet"), ("7", "--report", "html"), ("8",)):
        folder = tmp_path / str(len(hashes))
        folder.mkdir()
        done = contract_tests(folder, *QUICK, "--seed", seed, *options)
        hashes.append(done.run["request_hash"])
    assert hashes[0] == hashes[1] == hashes[2] != hashes[3]


def test_no_report_holds_a_token(tmp_path: Path) -> None:
    """Neither the request's token nor the `token` field of an answer is left anywhere."""
    done = contract_tests(tmp_path, *QUICK, "--view", "documented", "--report", "har")
    secrets = Credentials.from_seed(0)
    texts = [f.read_text() for f in (tmp_path / "reports" / "latest").iterdir()]
    for token in (secrets.token, secrets.other_token, secrets.expired_token):
        assert all(token not in text for text in [*texts, done.out, done.err])


def pytest_door(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one test of the suite through pytest, with what stands in the folder to import."""
    only = (str(Path(suite.__file__).parent), "--contract-target", "mock", "-k", "documented_start")
    return subprocess.run(
        [sys.executable, "-m", "pytest", *only, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_run_that_was_cut_short_proves_nothing(tmp_path: Path) -> None:
    """Ctrl-C, or the end that a pipeline sets: what was not asked is not said to hold."""
    (tmp_path / "ctrl_c.py").write_text(CTRL_C)
    done = pytest_door(tmp_path, "-p", "ctrl_c")
    assert done.returncode == 2, done.stdout + done.stderr
    assert "UNPROVEN  Nothing is proven: the run was cut short after 1 test; " in done.stdout
    run = json.loads((tmp_path / "reports" / "latest" / "run.json").read_text())
    assert (run["outcome"], len(run["tests"])) == ("unproven", 1)


def test_pytest_is_a_second_door_to_the_same_suite(tmp_path: Path) -> None:
    """`pytest contract_tests/suite --contract-target …` runs, judges and reports likewise."""
    done = pytest_door(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "PASSED  The contract holds" in done.stdout
    assert (tmp_path / "reports" / "latest" / "run.json").exists()
