"""`contract-tests spec show` and `spec check`, as a user calls them."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from contract_tests.cli import main
from contract_tests.contract import default_spec_folder, load_contract, parse_document
from contract_tests.contract.files import SDK_LEDGER
from contract_tests.contract.files import SPEC as SPEC_NAME
from tests.contract.sample_contract import OVERLAY, SPEC, write_contract


@dataclass(frozen=True)
class Done:
    """What a call left."""

    returncode: int
    stdout: str
    stderr: str


def spec(*arguments: str, folder: Path | None = None) -> Done:
    """Call `contract-tests spec …` as the entry point does, in a folder."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        contextlib.chdir(folder or Path.cwd()),
        mock.patch.object(sys, "argv", ["contract-tests", "spec", *arguments]),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return Done(int(ended.value.code or 0), out.getvalue(), err.getvalue())


def test_the_program_itself_runs_it() -> None:
    """In a process of its own, by the name that `--help` gives."""
    program = [sys.executable, "-c", "from contract_tests.cli import main; main()", "spec", "check"]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("view", ["documented", "observed", "client"])
@pytest.mark.parametrize("form", ["yaml", "json"])
def test_show_prints_the_whole_document(view: str, form: str) -> None:
    """In either format the document is the view's."""
    done = spec("show", "--view", view, "--format", form)
    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout) if form == "json" else parse_document(done.stdout, "-").data
    assert printed == load_contract().view(view).document  # type: ignore[arg-type]


def test_show_prints_the_observed_view_unless_told() -> None:
    """What is accepted from the service is what most readers want."""
    assert "TIMING" in spec("show").stdout


def test_show_takes_another_contract(tmp_path: Path) -> None:
    """With the overlay that stands beside it."""
    done = spec("show", "--spec", str(write_contract(tmp_path)))
    assert "title: Things" in done.stdout
    assert "- wheel" in done.stdout


def test_check_is_content_with_the_shipped_documents(tmp_path: Path) -> None:
    """From any folder."""
    done = spec("check", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("spec/modelarts-notebook.openapi.yaml: 4 operations, ")
    assert done.stdout.endswith("nothing wrong\n")


def test_check_names_every_problem_and_exits_2(tmp_path: Path) -> None:
    """One line each: file, line, problem, remedy."""
    broken = SPEC.replace("rule: size(", "rule: sze(")
    write_contract(tmp_path, broken, OVERLAY.replace("$.comp", "$.nowhere.comp"), ledger=None)
    done = spec("check", "--spec", "spec.yaml", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    first, second, third = done.stderr.splitlines()
    assert first.startswith("observed.overlay.yaml:4: the target $.nowhere.components")
    assert second.startswith("observed.overlay.yaml:4: the ledger has no entry 'part-kind-lower-")
    assert third.startswith("spec.yaml:")
    assert "no function 'sze'" in third


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("NotebookResp.create_at", "NotebookResp.made_at", "there is no NotebookResp.made_at in"),
        ("'huaweicloud: dropped'", "'hwcloud: dropped'", "there is no SDK 'hwcloud'; write SDK: "),
        ("wrong: docs", "wrong: nobody", "'nobody' is none of docs, spec, service"),
    ],
)
def test_check_names_what_the_ledger_of_sdks_gets_wrong(
    tmp_path: Path, before: str, after: str, problem: str
) -> None:
    """An SDK or a place that there is no more, and what is no entry: one line, exit 2."""
    folder = shutil.copytree(default_spec_folder(), tmp_path / "spec")
    ledger = folder / SDK_LEDGER
    ledger.write_text(ledger.read_text("utf-8").replace(before, after, 1), "utf-8")
    done = spec("check", "--spec", f"spec/{SPEC_NAME}", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.match(rf"spec/{SDK_LEDGER}:\d+: .*{re.escape(problem)}", done.stderr)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["show", "check"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read: No such file or directory; check the path"),
        (b"", "no OpenAPI 3.1 document; begin it with openapi: 3.1.0"),
        (b"\xff\xfe\x00", "not UTF-8; save it as UTF-8"),
        (b"openapi: [", "not YAML: "),
        (b'{"openapi": "3.0.0"}', "no OpenAPI 3.1 document"),
        (b"a: 1\na: 2", "the key 'a' stands here twice; remove one"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(
    tmp_path: Path, command: str, content: bytes | None, words: str
) -> None:
    """No traceback, nothing on stdout."""
    path = tmp_path / "mine.yaml"
    if content is not None:
        path.write_bytes(content)
    done = spec(command, "--spec", "mine.yaml", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "mine.yaml:" in done.stderr
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_overlay_that_matches_nothing_stops_show(tmp_path: Path) -> None:
    """With the file and the line of the action."""
    write_contract(tmp_path, overlay=OVERLAY.replace("$.comp", "$.nowhere.comp"))
    done = spec("show", "--spec", "spec.yaml", folder=tmp_path)
    assert done.returncode == 2
    assert "observed.overlay.yaml:4: the target " in done.stderr
    assert "Traceback" not in done.stderr


def test_the_group_lists_its_commands() -> None:
    """Each is one module of the package."""
    done = spec("--help")
    assert done.returncode == 0
    assert "show" in done.stdout
    assert "check" in done.stdout
