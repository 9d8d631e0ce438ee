"""The gate on a repository with a history; the contract run has tests of its own, slow ones."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from contract_tests.cli import main
from contract_tests.contract import default_spec_folder
from contract_tests.contract.files import OVERLAY, SPEC

QUICK = ("--skip", "run", "--skip", "sdk")
DIFF = (*QUICK, "--skip", "spec", "--skip", "docs")
EVS = "enum: [SFS, EVS]"


def gate(*arguments: str, folder: Path) -> tuple[int, str, str]:
    """Exit code, output and errors of `contract-tests gate …` on the spec of a folder."""
    out, err = io.StringIO(), io.StringIO()
    given = ["contract-tests", "gate", "--spec", f"spec/{SPEC}", *arguments]
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        contextlib.chdir(folder),
        mock.patch.object(sys, "argv", given),
        mock.patch.dict("os.environ", {"GIT_CEILING_DIRECTORIES": str(folder.parent)}),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return int(ended.value.code or 0), out.getvalue(), err.getvalue()


def git(folder: Path, *arguments: str) -> None:
    """Run git there, with nobody's own settings."""
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The shipped contract, first without its overlay, then with it."""
    shutil.copytree(default_spec_folder(), tmp_path / "spec")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "rm", "-q", "--cached", f"spec/{OVERLAY}")
    git(tmp_path, "commit", "-q", "-m", "The spec")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "The overlay")
    return tmp_path


def edit(folder: Path, old: str, new: str, file: str = SPEC) -> None:
    """Replace a text of the contract, which has to be there."""
    path = folder / "spec" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def steps(folder: Path) -> dict[str, tuple[str, list[str]]]:
    """Outcome and reasons of each step, as the gate's JSON has them."""
    document = json.loads((folder / "reports" / "release-gate.json").read_text("utf-8"))
    return {step["name"]: (step["outcome"], step["reasons"]) for step in document["steps"]}


def test_what_the_overlay_accepts_since_is_known(repository: Path) -> None:
    """The history itself: a go, and the report says what was left out."""
    code, out, err = gate(*QUICK, "--skip", "spec", folder=repository)
    assert (code, err) == (0, "")
    assert out.startswith("Release gate: go with known discrepancies\n")
    outcome, reasons = steps(repository)["spec diff"]
    assert outcome == "known"
    assert "no tag; the first commit that has the spec" in reasons[0]
    assert steps(repository)["contract run"] == ("skipped", ["left out by --skip"])
    assert out.rstrip().endswith("reports/release-gate.md")


@pytest.mark.parametrize("since", [None, "HEAD", "HEAD~1"])
def test_a_removed_enum_value_is_a_no_go(repository: Path, since: str | None) -> None:
    """Whatever revision it is compared with; place and line are named."""
    edit(repository, EVS, "enum: [SFS]")
    options = ("--since", since) if since else ()
    code, out, _ = gate(*DIFF, *options, folder=repository)
    assert code == 1
    assert out.startswith("Release gate: no-go\n")
    _, reasons = steps(repository)["spec diff"]
    (told,) = [reason for reason in reasons if "enum-narrowed" in reason]
    assert "VolumeRes.category (response): no longer EVS" in told
    assert "breaks clients made from NEW" in told


def test_a_value_removed_from_the_overlay_is_a_no_go(repository: Path) -> None:
    """It was accepted, and is answered still."""
    edit(repository, "update: {enum: [EFS]}", "update: {x-note: none}", OVERLAY)
    code, _, _ = gate(*DIFF, "--since", "HEAD", folder=repository)
    assert code == 1
    assert "no longer EFS" in " ".join(steps(repository)["spec diff"][1])


def test_the_latest_tag_is_the_last_release(repository: Path) -> None:
    """Nothing changed since: a go by this step, and the tag is named."""
    git(repository, "tag", "v1")
    code, _, _ = gate(*DIFF, folder=repository)
    assert code == 0
    outcome, reasons = steps(repository)["spec diff"]
    assert outcome == "passed"
    assert reasons == ["since v1 (the latest tag): no changes, 0 by the overlay"]


def test_without_a_repository_it_is_undecided(tmp_path: Path) -> None:
    """Exit 2, and the report says which part could not be done."""
    shutil.copytree(default_spec_folder(), tmp_path / "spec")
    code, out, _ = gate(*DIFF, folder=tmp_path)
    assert code == 2
    assert out.startswith("Release gate: undecided\n")
    outcome, reasons = steps(tmp_path)["spec diff"]
    assert outcome == "undecided"
    assert "is in no git repository" in reasons[0]


@pytest.mark.parametrize(
    ("since", "words"),
    [("v9", "is neither a file nor a revision that git knows"), ("HEAD~9", "is neither a file")],
)
def test_a_revision_that_is_none_is_undecided(repository: Path, since: str, words: str) -> None:
    """Not taken for one without changes."""
    code, _, _ = gate(*DIFF, "--since", since, folder=repository)
    assert code == 2
    assert words in steps(repository)["spec diff"][1][0]


def test_a_broken_spec_is_a_no_go(repository: Path) -> None:
    """Every problem is a reason; what cannot be done with it is undecided."""
    edit(repository, "type: object", "type: objekt")
    code, _, err = gate(*QUICK, "--skip", "docs", folder=repository)
    assert (code, err) == (1, "")
    outcome, reasons = steps(repository)["spec check"]
    assert outcome == "failed"
    assert any("objekt" in reason for reason in reasons)


def test_a_page_that_is_not_there_is_undecided(repository: Path) -> None:
    """One line with its name."""
    options = ("--skip", "spec", "--skip", "diff", "--page", "none.html")
    assert gate(*QUICK, *options, folder=repository)[0] == 2
    outcome, reasons = steps(repository)["docs findings"]
    assert outcome == "undecided"
    assert "none.html" in reasons[0]


def test_without_pinned_facts_docs_are_undecided(repository: Path) -> None:
    """No facts are no proof of a good page."""
    shutil.rmtree(repository / "spec" / "pages")
    assert gate(*QUICK, "--skip", "spec", "--skip", "diff", folder=repository)[0] == 2
    assert "there are no pinned facts; give --page" in steps(repository)["docs findings"][1][0]


def test_a_run_that_cannot_be_made_is_undecided_with_its_own_words(repository: Path) -> None:
    """What follows is that of `contract-tests run`; an option that it lacks, too."""
    only_run = ("--skip", "spec", "--skip", "docs", "--skip", "diff", "--skip", "sdk")
    assert gate(*only_run, "--budget", "boundless", folder=repository)[0] == 2
    outcome, reasons = steps(repository)["contract run"]
    assert outcome == "undecided"
    assert "boundless" in reasons[0]


@pytest.mark.slow
def test_the_whole_gate(repository: Path) -> None:
    """Into the folder of the run; without a removed value a go, with it a no-go."""
    options = ("--budget", "quick", "--skip", "sdk", "--skip", "spec")
    code, out, err = gate(*options, folder=repository)
    assert (code, err) == (0, ""), out
    latest = repository / "reports" / "latest"
    assert (latest / "run.json").is_file()
    assert (latest / "release-gate.md").read_text("utf-8").startswith("# Release gate: go with")
    edit(repository, EVS, "enum: [SFS]")
    assert gate(*options, folder=repository)[0] == 1
    assert (latest / "release-gate.md").read_text("utf-8").startswith("# Release gate: no-go")
