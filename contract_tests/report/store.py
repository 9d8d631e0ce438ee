"""Where runs are kept: `reports/<run-id>/`, and `reports/latest`, a link to the last one.

A run's folder appears whole or not at all, and the link moves in one step; two runs that end
at once each keep their own folder. `history.jsonl` has one line per run and outlives the
folders that `keep` removes: it is what the trend is drawn from.
"""

from __future__ import annotations

import errno
import json
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory

from contract_tests.errors import InputError
from contract_tests.report import wording, write
from contract_tests.report.codec import decode, encode
from contract_tests.verdicts import Earlier, Run

LATEST = "latest"
HISTORY = "history.jsonl"
_FOLDER = re.compile(r"\w[\w.-]*")
TREND = 60
"""How many earlier runs a report can show."""


def save(
    run: Run,
    formats: Iterable[str],
    reports: Path,
    keep: int | None = None,
    beside: Mapping[str, str] | None = None,
) -> Path:
    """Keep the run below `reports` in these formats; returns its folder.

    Args:
        run: the run; its `earlier` is filled in from the history.
        formats: the ids of the report formats to write.
        reports: the folder of all runs, made where it is missing.
        keep: how many runs to keep, this one among them; None keeps all.
        beside: further texts by the names of their files.

    Raises:
        InputError: `reports` cannot be written, or its `latest` is not a link.
    """
    if keep is not None and keep < 1:
        raise InputError(f"cannot keep {keep} runs", "give --keep a number from 1")
    latest = reports / LATEST
    if latest.exists() and not latest.is_symlink():
        raise InputError("is not a link to a run", "move it away or give another folder", latest)
    try:
        return _save(run, formats, reports, keep, beside or {})
    except OSError as error:
        problem = f"cannot be written: {error.strerror}"
        raise InputError(problem, "give a folder that can be written", reports) from error


def _save(
    run: Run,
    formats: Iterable[str],
    reports: Path,
    keep: int | None,
    beside: Mapping[str, str],
) -> Path:
    reports.mkdir(parents=True, exist_ok=True)
    run = replace(run, earlier=history(reports)[-TREND:])
    with TemporaryDirectory(prefix=".unfinished-", dir=reports) as workshop:
        unfinished = Path(workshop, "run")
        unfinished.mkdir()
        write(run, formats, unfinished)
        for name, text in beside.items():
            (unfinished / name).write_text(text, encoding="utf-8", errors="replace")
        folder = _rename_to_free(unfinished, reports / run.id)
        _remember(run, folder.name, reports)
        link = Path(workshop, LATEST)
        link.symlink_to(folder.name, target_is_directory=True)
        link.replace(reports / LATEST)
    if keep is not None:
        _forget_but(keep, reports)
    return folder


def history(reports: Path) -> tuple[Earlier, ...]:
    """The runs that ended in this folder, in that order, as far as they can be read."""
    try:
        lines = (reports / HISTORY).read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(run for run in map(_earlier, lines) if run is not None)


def _earlier(line: str) -> Earlier | None:
    # A line that a full disk cut off must not take the result of a later run with it.
    try:
        run: Earlier = decode(Earlier, json.loads(line))
    except (ValueError, TypeError, AttributeError):
        return None
    return run


def _rename_to_free(folder: Path, wanted: Path) -> Path:
    further = (wanted.with_name(f"{wanted.name}-{number}") for number in count(2))
    for free in chain([wanted], further):
        try:
            return folder.rename(free)
        except OSError as error:  # a folder with something in it cannot be renamed over
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
    raise AssertionError("the numbers have no end")


def _remember(run: Run, name: str, reports: Path) -> None:
    line = Earlier(
        id=name,
        started=run.started,
        outcome=run.outcome,
        new=len(run.new),
        known=len(run.known),
        exercised=wording.exercised(run.matrix),
        facts=len(run.matrix),
        duration=run.duration,
    )
    # One short write at the end of the file: lines of two runs do not mix.
    with (reports / HISTORY).open("ab", buffering=0) as file:
        file.write(json.dumps(encode(line)).encode() + b"\n")


def _forget_but(keep: int, reports: Path) -> None:
    """Remove the oldest runs; only folders that the history names are ever removed."""
    latest = (reports / LATEST).readlink().name
    names = [run.id for run in history(reports) if _FOLDER.fullmatch(run.id)]
    kept = [name for name in names if (reports / name).is_dir()]
    for name in kept[:-keep]:
        if name != latest:
            shutil.rmtree(reports / name, ignore_errors=True)  # another run may be at it too
