"""A folder is written whole or not at all, and only what was written so before is replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.clients._output import whole_folder
from contract_tests.errors import InputError


def write(out: Path, text: str, *, force: bool = False) -> None:
    """Write a folder of one file."""
    with whole_folder(out, force=force) as folder:
        (folder / "file").write_text(text)


def test_the_folder_appears_with_all_that_was_written(tmp_path: Path) -> None:
    """Its parents are made, and nothing else stays behind."""
    write(tmp_path / "a" / "b", "x")
    assert (tmp_path / "a" / "b" / "file").read_text() == "x"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_nothing_appears_where_writing_breaks_off(tmp_path: Path) -> None:
    """Not even the room that it was written in."""
    with pytest.raises(TypeError), whole_folder(tmp_path / "out", force=False) as folder:
        (folder / "file").write_text(1)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_what_was_there_survives_where_writing_breaks_off(tmp_path: Path) -> None:
    """A forced writing that fails leaves the earlier folder."""
    write(tmp_path / "out", "old")
    with pytest.raises(ZeroDivisionError), whole_folder(tmp_path / "out", force=True):
        raise ZeroDivisionError
    assert (tmp_path / "out" / "file").read_text() == "old"


def test_an_earlier_folder_is_replaced_by_force_alone(tmp_path: Path) -> None:
    """Without, one line says what to do."""
    write(tmp_path / "out", "old")
    with pytest.raises(InputError, match="exists already; choose another folder, or give --force"):
        write(tmp_path / "out", "new")
    write(tmp_path / "out", "new", force=True)
    assert (tmp_path / "out" / "file").read_text() == "new"


def test_what_others_wrote_is_never_replaced(tmp_path: Path) -> None:
    """`--out . --force` must not cost anybody a home folder."""
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(InputError, match="holds what this command did not write"):
        write(tmp_path, "new", force=True)
    assert (tmp_path / "thesis.tex").read_text() == "x"


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """Here its parent is a file."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError) as caught:
        write(tmp_path / "file" / "out", "new")
    assert str(caught.value).endswith("choose another folder, or make room")
    assert "\n" not in str(caught.value)


def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    """As the operating system reports it while the folder is filled."""
    with (
        pytest.raises(InputError, match="No space left on device"),
        whole_folder(tmp_path / "out", force=False),
    ):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []
