"""Puts notebooks back: what was stopped before a run started it is stopped again after.

Idempotent: it looks first, and asks for a stop only where something runs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from contract_tests.errors import TargetError
from contract_tests.targets.journal import Intent, Journal, left_behind
from contract_tests.targets.notebooks import Look, Notebooks
from contract_tests.targets.resource import GONE, RESTS

Say = Callable[[str], object]
"""Takes one line for the person who waits."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long it waits for a notebook, in seconds."""

    rest: float = 180.0
    """Until it has to be at rest."""
    unknown: float = 10.0
    """Until its state has to be known."""
    settling: float = 3.0
    """After a start was sent: at rest until then, it may just not have begun to start."""
    first_pause: float = 0.1
    longest_pause: float = 3.0


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Promise:
    """A notebook that has to be at rest again."""

    project_id: str
    notebook_id: str
    settled_at: float
    """Unix time from which on a notebook at rest stays so."""


def keep(journal: Journal, notebooks: Notebooks, limits: Limits, say: Say) -> None:
    """Put back all that a journal speaks of, then remove it.

    Raises:
        TargetError: a notebook may still run; the journal then stays for the next time.
    """
    try:
        problems = [
            f"notebook {promise.notebook_id} may still run: {problem}"
            for promise in promises(journal.intents(), limits, say)
            if (problem := _stop_again(notebooks, promise, limits, say)) is not None
        ]
        if problems:
            remedy = "stop it by hand, or run `contract-tests cleanup` again"
            raise TargetError(f"{'; '.join(problems)}; {remedy} ({journal.path})")
        journal.remove()
    finally:
        journal.close()


def keep_left_behind(
    folder: Path, base_url: str, notebooks: Notebooks, limits: Limits, say: Say
) -> int:
    """Keep the journals that ended runs on one base URL have left; returns how many those were."""
    kept = 0
    for journal in left_behind(folder):
        urls = {intent.base_url for intent in journal.intents()}
        if not urls:
            journal.remove()
        elif base_url in urls:
            keep(journal, notebooks, limits, say)
            kept += 1
        else:
            journal.close()
    return kept


def promises(intents: Iterable[Intent], limits: Limits, say: Say) -> list[Promise]:
    """What has to be put back: one promise for each notebook that was at rest.

    A notebook whose state before is unknown was at rest if a start of it was accepted: a service
    starts no other. If none was, it may be somebody's work, and is left alone.
    """
    starts: dict[tuple[str, str], dict[int, Intent]] = {}
    for intent in intents:
        starts.setdefault((intent.project_id, intent.notebook_id), {})[intent.number] = intent
    found = []
    for (project_id, notebook_id), of_notebook in starts.items():
        before = next(iter(of_notebook.values())).before
        if before in RESTS or (before is None and any(s.took_effect for s in of_notebook.values())):
            open_since = max((s.at for s in of_notebook.values() if s.may_take_effect), default=0.0)
            found.append(Promise(project_id, notebook_id, open_since + limits.settling))
        elif before is None:
            say(f"notebook {notebook_id} is left as it is: its state before the run is not known")
    return found


def _stop_again(notebooks: Notebooks, promise: Promise, limits: Limits, say: Say) -> str | None:
    """Stop it where it runs and wait for it; returns why it may still run, None where at rest."""
    began = known_at = time.monotonic()
    pause = limits.first_pause
    while True:
        look = notebooks.look(promise.project_id, promise.notebook_id)
        if look.state in RESTS | GONE and time.time() >= promise.settled_at:
            return None
        now = time.monotonic()
        known_at = now if look.state else known_at
        if now - known_at > limits.unknown:
            return look.problem
        if now - began > limits.rest:
            return f"{look.state} after {limits.rest:g} s"
        _ask(notebooks, promise, look, say)
        time.sleep(pause)
        pause = min(pause * 1.5, limits.longest_pause)


def _ask(notebooks: Notebooks, promise: Promise, look: Look, say: Say) -> None:
    """Ask for a stop where one is due: not of what is at rest, or of what we know nothing of."""
    if look.state is not None and look.state not in RESTS | GONE | {"STOPPING"}:
        say(f"stopping notebook {promise.notebook_id}, which was stopped before the run")
        notebooks.stop(promise.project_id, promise.notebook_id)
