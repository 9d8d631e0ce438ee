"""One seed, one request sequence; and the parts of a suite find what the whole finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suite.runs import Done, contract_tests

QUICK = ("run", "--budget", "quick")
FAULT = ("--fault", "start-status-other-case")

pytestmark = pytest.mark.slow


def run(folder: Path, *options: str) -> Done:
    """A run in a folder of its own."""
    folder.mkdir()
    return contract_tests(folder, *QUICK, *options)


def found(*parts: Done) -> set[tuple[str, str, str]]:
    """What the parts of a run found, new and known: check, state and place."""
    return {
        (v["finding"]["id"], v["state"], str(v["finding"]["place"]))
        for part in parts
        for v in part.run["verdicts"]
        if v["exchange"] is not None
    }


def names(part: Done) -> list[str]:
    """The tests of a part."""
    return [test["name"] for test in part.run["tests"]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """One process, all tests, one fault."""
    return run(tmp_path_factory.mktemp("suite") / "whole", *FAULT)


def test_twenty_repetitions_have_one_hash(tmp_path: Path) -> None:
    """However long the answers take, and whatever else the machine does."""
    parts = [run(tmp_path / str(n), "--seed", "5", "--shard", "1/40") for n in range(20)]
    assert all(part.run["tests"] for part in parts)
    assert len({part.run["request_hash"] for part in parts}) == 1


def test_two_workers_find_what_one_finds(tmp_path: Path, whole: Done) -> None:
    """Each has a mock of its own; their records are joined."""
    both = run(tmp_path / "two", *FAULT, "-n", "2")
    assert both.code == whole.code == 1
    assert sorted(names(both)) == sorted(names(whole))
    assert both.new == whole.new == ["NotebookResp.status"]
    assert found(both) == found(whole)


def test_three_shards_find_together_what_one_run_finds(tmp_path: Path, whole: Done) -> None:
    """Every test is in exactly one of them."""
    parts = [run(tmp_path / str(k), *FAULT, "--shard", f"{k}/3") for k in (1, 2, 3)]
    assert sorted(name for part in parts for name in names(part)) == sorted(names(whole))
    assert set().union(*(part.new for part in parts)) == set(whole.new)
    assert found(*parts) == found(whole)
