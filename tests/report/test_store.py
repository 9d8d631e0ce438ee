"""Where runs are kept: whole folders, a link that moves in one step, a bounded number."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from contract_tests.errors import InputError
from contract_tests.report import junit
from contract_tests.report.run_json import read_run
from contract_tests.report.store import history, save
from tests.report.sample_runs import all_known, base_run, mixed

BASIC = ("run-json", "summary", "junit")


def names(reports: Path) -> list[str]:
    """The folders of runs; nothing hidden may be left behind."""
    return sorted(p.name for p in reports.iterdir() if p.is_dir() and not p.is_symlink())


def test_a_run_gets_its_folder_and_latest_leads_there(tmp_path: Path) -> None:
    """The folder is named after the run and holds the files of the formats."""
    folder = save(mixed(), BASIC, tmp_path / "reports")
    latest = tmp_path / "reports" / "latest"
    assert folder == tmp_path / "reports" / mixed().id
    assert {p.name for p in latest.iterdir()} == {"run.json", "summary.md", "junit.xml"}
    assert latest.readlink() == Path(mixed().id)  # relative: the folder can be moved as a whole


def test_what_a_command_says_besides_comes_with_the_folder(tmp_path: Path) -> None:
    """Whole or not at all; what UTF-8 cannot say becomes a question mark."""
    folder = save(mixed(), BASIC, tmp_path, beside={"more.json": '"\u00e9\ud800"'})
    assert (folder / "more.json").read_text("utf-8") == '"\u00e9?"'
    with pytest.raises(InputError, match="cannot be written"):
        save(base_run(id="b"), BASIC, tmp_path, beside={"no/such.json": ""})
    assert names(tmp_path) == [mixed().id]


def test_latest_moves_on_to_the_next_run(tmp_path: Path) -> None:
    """And the earlier run stays where it was."""
    save(base_run(id="a"), BASIC, tmp_path)
    save(base_run(id="b"), BASIC, tmp_path)
    assert (tmp_path / "latest").readlink() == Path("b")
    assert names(tmp_path) == ["a", "b"]


def test_the_same_id_twice_overwrites_nothing(tmp_path: Path) -> None:
    """The second gets a number."""
    first = save(base_run(id="a", seed=1), BASIC, tmp_path)
    second = save(base_run(id="a", seed=2), BASIC, tmp_path)
    assert [read_run(folder / "run.json").seed for folder in (first, second)] == [1, 2]
    assert names(tmp_path) == ["a", "a-2"]


def test_runs_at_once_do_not_mix(tmp_path: Path) -> None:
    """Eight at a time, half of them with the same id: each is whole, latest is one of them."""
    runs = [base_run(id=f"run-{n // 2}", seed=n) for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        folders = list(pool.map(lambda run: save(run, BASIC, tmp_path), runs))
    assert len(set(folders)) == len(runs)
    assert [read_run(folder / "run.json").seed for folder in folders] == list(range(8))
    assert (tmp_path / "latest").resolve() in [folder.resolve() for folder in folders]
    assert len(history(tmp_path)) == len(runs)
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_keep_removes_the_oldest(tmp_path: Path) -> None:
    """The last N stay; what is no run is never touched."""
    (tmp_path / "mine").mkdir()
    for name in "abcde":
        save(base_run(id=name), BASIC, tmp_path, keep=3)
    assert names(tmp_path) == ["c", "d", "e", "mine"]
    assert [run.id for run in history(tmp_path)] == list("abcde")


@pytest.mark.parametrize("name", ["../precious", "..", ".", "", "/", "latest", "b/../../precious"])
def test_keep_never_leaves_the_folder(name: str, tmp_path: Path) -> None:
    """A history that was tampered with cannot make it remove something else."""
    reports = tmp_path / "reports"
    (tmp_path / "precious").mkdir()
    save(base_run(id="a"), BASIC, reports)
    history_file = reports / "history.jsonl"
    history_file.write_text(history_file.read_text().replace('"a"', f'"{name}"'))
    save(base_run(id="b"), BASIC, reports, keep=1)
    assert (tmp_path / "precious").is_dir()
    assert names(reports) == ["a", "b"]
    assert (reports / "latest" / "run.json").exists()


def test_keep_needs_a_number_from_one(tmp_path: Path) -> None:
    """Nothing is written for zero."""
    with pytest.raises(InputError, match="cannot keep 0 runs; give --keep a number from 1"):
        save(mixed(), BASIC, tmp_path, keep=0)
    assert names(tmp_path) == []


def test_a_run_knows_the_runs_before_it(tmp_path: Path) -> None:
    """The trend: what each found, the oldest first."""
    save(replace(mixed(), id="a"), BASIC, tmp_path)
    folder = save(replace(all_known(), id="b"), BASIC, tmp_path)
    (before,) = read_run(folder / "run.json").earlier
    assert (before.id, before.outcome, before.new, before.known) == ("a", "failed", 6, 3)
    assert (before.exercised, before.facts) == (45, 55)


def test_a_damaged_line_of_the_history_is_passed_over(tmp_path: Path) -> None:
    """A disk that was full once must not stop later runs."""
    save(base_run(id="a"), BASIC, tmp_path)
    with (tmp_path / "history.jsonl").open("ab") as file:
        file.write(b'{"id": "cut of\n[]\n{}\n\xff\n')
    save(base_run(id="b"), BASIC, tmp_path)
    assert [run.id for run in history(tmp_path)] == ["a", "b"]
    assert json.loads((tmp_path / "history.jsonl").read_text(errors="replace").splitlines()[0])


def test_a_format_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half-written folder, and latest still leads to the run before."""
    save(base_run(id="a"), BASIC, tmp_path)

    def broken(run: object) -> str:
        raise RuntimeError("cannot render")

    monkeypatch.setattr(junit, "render", broken)
    with pytest.raises(RuntimeError, match="cannot render"):
        save(base_run(id="b"), BASIC, tmp_path)
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "latest").readlink() == Path("a")


def test_a_folder_in_the_place_of_latest_is_not_overwritten(tmp_path: Path) -> None:
    """It may be somebody's unpacked reports."""
    (tmp_path / "latest").mkdir()
    with pytest.raises(InputError, match="latest: is not a link to a run; move it away"):
        save(mixed(), BASIC, tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """One line that names it."""
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="cannot be written: Permission denied"):
        save(mixed(), BASIC, tmp_path / "reports")


def test_a_file_in_the_way(tmp_path: Path) -> None:
    """One line that names it, for root too."""
    (tmp_path / "reports").write_text("mine")
    with pytest.raises(InputError, match="reports: cannot be written: File exists"):
        save(mixed(), BASIC, tmp_path / "reports")
