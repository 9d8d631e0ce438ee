"""Files and git revisions as the two sides of `contract-tests spec diff`."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from contract_tests.cli import main
from tests.contract.sample_contract import OVERLAY, SPEC, line_of, write_contract

NARROWED = SPEC.replace("enum: [WHEEL, DOOR]", "enum: [WHEEL]")
PATH = "api/spec.yaml"


def spec_diff(*arguments: str, folder: Path) -> tuple[int, str, str]:
    """Exit code, output and errors of `contract-tests spec diff …` in a folder."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        contextlib.chdir(folder),
        mock.patch.object(sys, "argv", ["contract-tests", "spec", "diff", *arguments]),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return int(ended.value.code or 0), out.getvalue(), err.getvalue()


def commit(folder: Path, *texts: str) -> Path:
    """A repository whose history has these specs at `api/spec.yaml`, the last one checked out."""
    git(folder, "init", "-q", "-b", "main")
    (folder / "api").mkdir()
    for number, text in enumerate(texts):
        write_contract(folder / "api", text)
        (folder / "NUMBER").write_text(str(number))
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", f"version {number}")
    return folder


def git(folder: Path, *arguments: str) -> None:
    """Run git there, with nobody's own settings."""
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_two_revisions(tmp_path: Path) -> None:
    """Each is named in front of the file that it was read from."""
    commit(tmp_path, SPEC, NARROWED)
    code, out, err = spec_diff(f"HEAD~1:{PATH}", f"HEAD:{PATH}", folder=tmp_path)
    assert (code, err) == (1, "")
    line = line_of(SPEC, "enum: [WHEEL, DOOR]")
    assert f"HEAD~1:{PATH}:{line} -> HEAD:{PATH}:{line}" in out.replace("\n", " ") or (
        f"HEAD~1:{PATH}:{line} -> HEAD:api/observed.overlay.yaml:5" in out
    )
    assert "breaking     Part.kind: response: no longer DOOR  [enum-narrowed]" in out
    assert out.endswith("1 change: 1 breaking, 0 non-breaking\n")


def test_a_revision_and_a_file(tmp_path: Path) -> None:
    """The file as it stands in the folder, committed or not; what git has is not touched."""
    commit(tmp_path, SPEC)
    write_contract(tmp_path / "api", NARROWED)
    code, out, _ = spec_diff(f"HEAD:{PATH}", PATH, folder=tmp_path)
    assert code == 1
    assert "enum-narrowed" in out
    assert (tmp_path / PATH).read_text() == NARROWED


def test_each_side_has_the_overlay_of_its_own_time(tmp_path: Path) -> None:
    """The views are made of what stands beside each spec; without the overlay nothing changed."""
    commit(tmp_path, SPEC)
    write_contract(tmp_path / "api", SPEC, OVERLAY.replace("[wheel]", "[wheel, door]"))
    git(tmp_path, "commit", "-q", "-a", "-m", "more")
    sides = (f"HEAD~1:{PATH}", f"HEAD:{PATH}")
    code, out, _ = spec_diff(*sides, folder=tmp_path)
    assert code == 1
    assert "also door now  [enum-widened]" in out
    assert spec_diff(*sides, "--view", "documented", folder=tmp_path)[0] == 0


def test_nothing_breaking_is_exit_0_unless_any_change_counts(tmp_path: Path) -> None:
    """`--fail-on any` makes every change count."""
    more = SPEC.replace("        free:\n", "        colour: {type: string}\n        free:\n")
    commit(tmp_path, SPEC, more)
    sides = (f"HEAD~1:{PATH}", f"HEAD:{PATH}")
    code, out, _ = spec_diff(*sides, folder=tmp_path)
    assert code == 0
    assert "non-breaking Thing.colour: response: is new  [field-added]" in out
    assert spec_diff(*sides, "--fail-on", "any", folder=tmp_path)[0] == 1
    assert spec_diff(sides[1], sides[1], "--fail-on", "any", folder=tmp_path)[:2] == (
        0,
        "no changes\n",
    )


def test_json_has_all_of_a_change(tmp_path: Path) -> None:
    """For programs."""
    commit(tmp_path, SPEC, NARROWED)
    _, out, _ = spec_diff(f"HEAD~1:{PATH}", PATH, "--format", "json", folder=tmp_path)
    found = json.loads(out)
    assert (found["schema_version"], found["breaking"], found["non_breaking"]) == (1, 1, 0)
    (change,) = found["changes"]
    assert change["rule"] == "enum-narrowed"
    assert (change["severity"], change["breaks"], change["side"]) == ("breaking", "new", "response")
    assert (change["place"], change["values"]) == ("Part.kind", ["DOOR"])
    assert change["operations"] == ["ListThings", "ShowThing", "StartThing"]
    assert change["old"]["file"] == f"HEAD~1:{PATH}"
    assert change["new"]["line"] > 0
    assert len(change["fingerprint"]) == 16


def test_markdown_is_a_table(tmp_path: Path) -> None:
    """And what a document says cannot break out of it."""
    hostile = SPEC.replace("enum: [WHEEL, DOOR]", "enum: [WHEEL, DOOR, '<b>|`x`|</b>']")
    commit(tmp_path, SPEC, hostile)
    _, out, _ = spec_diff(f"HEAD~1:{PATH}", PATH, "--format", "markdown", folder=tmp_path)
    row = next(line for line in out.splitlines() if "Part.kind" in line)
    assert "&lt;b&gt;\\|\\`x\\`\\|&lt;/b&gt;" in row
    assert "<b>" not in out


@pytest.mark.parametrize(
    ("old", "words"),
    [
        ("nowhere", "nowhere is neither a file nor a revision that git knows; name a file"),
        ("--output=x", "no such option"),
        ("HEAD:no/spec.yaml", "there is no no/spec.yaml at HEAD; name its path: REVISION:PATH"),
        ("HEAD", "there is no spec/modelarts-notebook.openapi.yaml at HEAD"),
        ("nowhere.yaml", "nowhere.yaml: cannot be read: No such file or directory"),
        ("api", "api: cannot be read: Is a directory"),
        ("HEAD:NUMBER", "HEAD:NUMBER:1: not OpenAPI 3.1"),
        ("", "is neither a file nor a revision"),
    ],
)
def test_what_cannot_be_compared_is_one_line_and_exit_2(
    tmp_path: Path, old: str, words: str
) -> None:
    """No traceback, nothing on standard output."""
    commit(tmp_path, SPEC)
    code, out, err = spec_diff(old, PATH, folder=tmp_path)
    assert (code, out) == (2, "")
    assert words.lower() in err.lower()
    assert len(err.splitlines()) == 1


def test_outside_of_a_repository_files_can_be_compared(tmp_path: Path) -> None:
    """A revision cannot, and the message says what can."""
    write_contract(tmp_path)
    outside = {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    with mock.patch.dict("os.environ", outside):
        code, _, err = spec_diff("HEAD", "spec.yaml", folder=tmp_path)
        assert code == 2
        assert "is in no git repository; compare files, or go where the repository is" in err
        assert spec_diff("spec.yaml", "spec.yaml", folder=tmp_path)[0] == 0


def test_a_broken_document_of_a_revision_is_named_with_it(tmp_path: Path) -> None:
    """So that nobody looks for the fault in the file as it is now."""
    commit(tmp_path, SPEC.replace("openapi: 3.1.0", "openapi: ["), SPEC)
    code, _, err = spec_diff(f"HEAD~1:{PATH}", PATH, folder=tmp_path)
    assert code == 2
    assert f"HEAD~1:{PATH}:" in err
    assert "not YAML" in err


def test_control_characters_of_a_document_do_not_reach_the_terminal(tmp_path: Path) -> None:
    """A value of an enumeration cannot recolour or rewrite what is printed."""
    hostile = SPEC.replace("enum: [WHEEL, DOOR]", 'enum: [WHEEL, DOOR, "\\e[2Jgone\\n"]')
    commit(tmp_path, SPEC, hostile)
    code, out, _ = spec_diff(f"HEAD~1:{PATH}", PATH, folder=tmp_path)
    assert code == 1
    assert "\\x1b[2Jgone\\x0a" in out
    assert "\x1b" not in out
