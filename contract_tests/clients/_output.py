"""Writes a folder whole or not at all, and replaces only what was written so before."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contract_tests.errors import InputError

MARK = ".contract-tests-client"
"""The file by which a folder is known as written by this module."""

_MARKED = "Written by contract-tests client generate; --force replaces this folder whole.\n"


@contextmanager
def whole_folder(out: Path, *, force: bool) -> Iterator[Path]:
    """A new folder to fill beside `out`; it becomes `out` when all of it is written.

    Its parent is free for what is needed meanwhile, and vanishes at the end.

    Raises:
        InputError: `out` is taken, or cannot be written.
    """
    _refuse_taken(out, force=force)
    try:
        out.absolute().parent.mkdir(parents=True, exist_ok=True)
        prefix = f".{out.absolute().name}-"
        room = Path(tempfile.mkdtemp(prefix=prefix, dir=out.absolute().parent))
    except OSError as error:
        raise _unwritable(out, error) from error
    try:
        folder = room / "new"
        folder.mkdir()
        yield folder
        (folder / MARK).write_text(_MARKED, "utf-8")
        _swap(folder, out, room / "old")
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _refuse_taken(out: Path, *, force: bool) -> None:
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not (out.is_dir() and (out / MARK).is_file()):
        problem = f"{out} holds what this command did not write"
        raise InputError(problem, "choose another folder, or remove it yourself")
    if not force:
        raise InputError(f"{out} exists already", "choose another folder, or give --force")


def _swap(new: Path, out: Path, old: Path) -> None:
    """Put the new folder in the place of the old one; the old one comes back if that fails."""
    if not out.exists():
        new.rename(out)
        return
    out.rename(old)
    try:
        new.rename(out)
    except OSError:
        old.rename(out)
        raise


def _unwritable(out: Path, error: OSError) -> InputError:
    reason = error.strerror or str(error)
    return InputError(f"{out} cannot be written ({reason})", "choose another folder, or make room")
