"""Step 4: what changed in the contract since the last release, and whom it breaks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from contract_tests.changes import Change, Effect, diff
from contract_tests.changes.comparing.revisions import read_version, repository, run_git
from contract_tests.changes.formats.text import summary
from contract_tests.contract import Contract
from contract_tests.errors import InputError
from contract_tests.gate.step import Outcome, Step

NAME = "spec diff"


@dataclass(frozen=True, slots=True)
class Base:
    """The revision that the contract is compared with, and how it came to be that one."""

    revision: str
    path: str
    why: str


def check_changes(contract: Contract, since: str | None) -> Step:
    """Failed with each breaking change that the overlay does not account for.

    What the overlay accepts is in the ledger and happened before anybody wrote it down: such a
    change is a known discrepancy, not a decision of this release. Only what is accepted besides
    can be one; what is no longer accepted breaks the clients that are made now.

    Raises:
        InputError: there is no repository, or no such revision, or no spec at it.
    """
    base = find_base(contract.files.spec, since)
    old = read_version(f"{base.revision}:{base.path}", contract.files.spec.absolute().parent)
    changes = diff(old.view("observed"), contract.view("observed"))
    documented = diff(old.view("documented"), contract.view("documented"))
    in_spec = {change.fingerprint for change in documented}
    breaking = [change for change in changes if change.breaking]
    known = [c for c in breaking if _accounted_for(c, contract) and c.fingerprint not in in_spec]
    new = [change for change in breaking if change not in known]
    outcome: Outcome = "failed" if new else "known" if known else "passed"
    told = f"since {base.revision} ({base.why}): {summary(changes)}, {len(known)} by the overlay"
    return Step(NAME, outcome, (told, *(_line(change) for change in new)))


def find_base(spec: Path, since: str | None) -> Base:
    """The revision given, else the last tag, else the first commit that has the spec.

    Raises:
        InputError: the spec is in no repository, or nothing of it is committed.
    """
    folder = spec.absolute().parent
    root = repository(folder)
    path = (folder.resolve() / spec.name).relative_to(root.resolve()).as_posix()
    if since is not None:
        return Base(since, path, "as --since says")
    tag = _asked(root, "describe", "--tags", "--abbrev=0")
    if tag is not None:
        return Base(tag, path, "the latest tag")
    history = _asked(root, "log", "--diff-filter=A", "--format=%h", "--", path)
    if history is None:
        raise InputError("no commit has the spec", "commit it, or give --since", spec)
    return Base(history.splitlines()[-1], path, "no tag; the first commit that has the spec")


def _asked(root: Path, *arguments: str) -> str | None:
    printed = run_git(root, *arguments)
    return printed.decode("utf-8", "replace").strip() or None if printed is not None else None


def _accounted_for(change: Change, contract: Contract) -> bool:
    overlay = contract.overlay
    if overlay is None or change.new is None or change.effect is not Effect.BREAKS_OLD:
        return False
    return change.new.file == overlay.document.file


def _line(change: Change) -> str:
    side = "" if change.side == "both" else f" ({change.side})"
    broken = f"breaks {change.effect.value}"
    where = change.new or change.old
    return f"{where}: {change.place.name}{side}: {change.message}; {broken} ({change.rule})"
