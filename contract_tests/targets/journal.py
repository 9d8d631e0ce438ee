"""The journal of starts: what a run has to put back, even if it is killed.

One file a run, one line of JSON a start, on the disk before the start is sent. The run holds a
lock on its file; whoever can take that lock knows that the run is over, however it ended. A file
that is left is a promise still open; `cleanup` keeps it and removes the file.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from contract_tests.errors import InputError

SUFFIX = ".ndjson"
SUCCESS = 2
"""The hundreds of a status that says yes."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A start that is about to be sent; holds no secret."""

    number: int
    """Counts the starts of the run."""
    at: float
    """Unix time in seconds."""
    base_url: str
    project_id: str
    notebook_id: str
    before: str | None
    """The state of the notebook before the run's first start of it, None where unknown."""
    status: int | None = None
    """Of the answer; the intent is written again, with it, once there is one."""

    @property
    def took_effect(self) -> bool:
        """Whether the service said that it starts."""
        return self.status is not None and self.status // 100 == SUCCESS

    @property
    def may_take_effect(self) -> bool:
        """Whether it may start yet, for all that is known."""
        return self.status is None or self.took_effect


class Journal:
    """A journal whose lock this process holds: of its own run, or of one that is over."""

    def __init__(self, path: Path, file: IO[str]) -> None:
        self.path = path
        self._file = file
        self._writing = threading.Lock()

    @classmethod
    def create(cls, folder: Path) -> Journal:
        """A new one; raises InputError where the folder cannot be written to."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            journal = None
            while journal is None:  # somebody cleaning up may have taken it for an old one
                name = f"{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
                path = folder / f"{name}{SUFFIX}"
                path.touch(exist_ok=False)
                journal = _lock(path, wait=True)
            _sync_folder(folder)
        except OSError as error:
            problem = f"no journal of starts can be kept: {error.strerror}"
            raise InputError(problem, "name another with --journal-folder", folder) from None
        return journal

    def write(self, intent: Intent) -> None:
        """Append it; when this returns it is on the disk. Usable from several threads."""
        with self._writing:
            self._file.write(json.dumps(asdict(intent)) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())

    def intents(self) -> tuple[Intent, ...]:
        """What it holds; a last line that was cut short stands for a start that was never sent.

        Raises:
            InputError: another line is not one of a journal.
        """
        lines = self.path.read_text(encoding="utf-8").split("\n")[:-1]
        return tuple(_intent(line, self.path, number) for number, line in enumerate(lines, 1))

    def remove(self) -> None:
        """Its promises are kept: delete the file, then let go of the lock."""
        self.path.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Let go of the lock; the file stays."""
        self._file.close()


def left_behind(folder: Path) -> Iterator[Journal]:
    """The journals of runs that are over; whoever takes one closes or removes it."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        journal = _lock(path, wait=False)
        if journal is not None:
            yield journal


def _lock(path: Path, *, wait: bool) -> Journal | None:
    """Take the lock; None where its run still goes on, or somebody has just removed the file."""
    try:
        file = path.open("r+", encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        if path.stat().st_ino == os.fstat(file.fileno()).st_ino:
            file.seek(0, os.SEEK_END)
            return Journal(path, file)
    except (BlockingIOError, FileNotFoundError):
        pass
    file.close()
    return None


def _intent(line: str, path: Path, number: int) -> Intent:
    try:
        return Intent(**json.loads(line))
    except (ValueError, TypeError):
        remedy = "see by hand whether a notebook of it runs, then delete the file"
        raise InputError("not a line of a journal", remedy, path, number) from None


def _sync_folder(folder: Path) -> None:
    """Make the new file's name durable too; without it a crash could lose the whole journal."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
