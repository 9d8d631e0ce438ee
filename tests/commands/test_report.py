"""`contract-tests report`: the command line over kept runs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contract_tests.cli import root
from contract_tests.errors import InputError
from contract_tests.report import formats, render
from contract_tests.report.store import save
from tests.report.sample_runs import all_known, mixed


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with two runs."""
    reports = tmp_path / "reports"
    save(replace(all_known(), id="earlier"), ["run-json"], reports)
    save(mixed(), ["run-json"], reports)
    return reports


def call(*arguments: object) -> Result:
    """What the command does; errors come out as they are raised."""
    return CliRunner().invoke(root, ["report", *map(str, arguments)], standalone_mode=False)


def test_show_renders_a_kept_run_again(kept: Path) -> None:
    """From the folder or the file, the same bytes as when it ended."""
    for path in (kept / "latest", kept / "latest" / "run.json"):
        result = call("show", path, "--format", "junit")
        assert result.stdout == render(mixed(), "junit").decode()


def test_show_without_a_format_gives_the_summary(kept: Path) -> None:
    """The one of the terminal, plain where none is."""
    assert "FAILED  6 new findings" in call("show", kept / "latest").stdout


def test_show_into_a_file(kept: Path, tmp_path: Path) -> None:
    """Whole or not at all."""
    file = tmp_path / "report.html"
    result = call("show", kept / "latest", "--format", "html", "-o", file)
    assert result.exception is None
    assert file.read_text().endswith("</html>\n")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_show_into_a_folder_that_is_not_there(kept: Path, tmp_path: Path) -> None:
    """One line that names it."""
    result = call("show", kept / "latest", "--format", "html", "-o", tmp_path / "no" / "x.html")
    assert isinstance(result.exception, InputError)
    assert "cannot be written: No such file or directory" in str(result.exception)


def test_show_in_an_unknown_format(kept: Path) -> None:
    """With a near name."""
    result = call("show", kept / "latest", "--format", "htm")
    assert str(result.exception) == "no report format 'htm'; did you mean html?"


def test_show_what_is_no_run(tmp_path: Path) -> None:
    """File, line, remedy."""
    file = tmp_path / "run.json"
    file.write_text("{")
    assert f"{file}:1: not JSON" in str(call("show", file).exception)


def test_diff_of_a_worse_run_exits_1(kept: Path) -> None:
    """New findings are named."""
    result = call("diff", kept / "earlier", kept / "latest")
    assert result.return_value == 1
    assert "new (6)" in result.stdout


def test_diff_of_the_same_run_exits_0(kept: Path) -> None:
    """Everything is still there."""
    result = call("diff", kept / "latest", kept / "latest", "--format", "json")
    assert result.return_value == 0
    assert len(json.loads(result.stdout)["still_there"]) == len(mixed().verdicts)


def test_diff_as_markdown(kept: Path) -> None:
    """For a comment."""
    result = call("diff", kept / "latest", kept / "latest", "--format", "markdown")
    assert "## Still there (9)" in result.stdout


def test_formats_are_listed_with_their_files() -> None:
    """All of them; the first line of each module says what it is."""
    lines = call("formats").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [
        [name, module.FILENAME] for name, module in formats().items()
    ]
    assert all(len(line.split()) > 3 for line in lines)
