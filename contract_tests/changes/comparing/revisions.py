"""Reads a version of a contract: from files, or from what git has of them at a revision."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from contract_tests.contract import (
    Contract,
    ContractFiles,
    Document,
    load_contract,
    parse_document,
    read_ledger,
    read_overlay,
)
from contract_tests.contract.audit.spec import audit_document
from contract_tests.contract.files import LEDGER, OVERLAY, SPEC
from contract_tests.errors import InputError

USUAL = f"spec/{SPEC}"
"""Where the spec of a revision is looked for, from the root of the repository."""

_DOCUMENTS = (".yaml", ".yml", ".json")


def read_version(text: str, folder: Path | None = None) -> Contract:
    """The contract that a file or a git revision holds, with overlay and ledger beside the spec.

    Args:
        text: a file; or a revision (`HEAD~3`, `v1.2`), or one with a path (`v1.2:api/spec.yaml`).
        folder: inside the repository; here if None.

    Raises:
        InputError: it is neither, git has no spec there, or the documents are wrong.
    """
    if (text and Path(text).exists()) or (":" not in text and text.endswith(_DOCUMENTS)):
        return audited(load_contract(Path(text)))
    name, _, path = text.partition(":")
    root = repository(folder or Path())
    commit = commit_of(root, name)
    if commit is None:
        problem = f"{text or 'an empty text'} is neither a file nor a revision that git knows"
        raise InputError(problem, "name a file, a tag, a branch or a commit")
    return audited(Revision(root, commit, name).contract(PurePosixPath(path or USUAL)))


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of a repository, under the name that its reader gave it."""

    root: Path
    commit: str
    name: str

    def contract(self, spec: PurePosixPath) -> Contract:
        """The contract of a spec at this revision; raises InputError where there is none."""
        document = self.document(spec)
        if document is None:
            problem = f"there is no {spec} at {self.name}"
            raise InputError(problem, "name its path: REVISION:PATH")
        overlay = self.document(spec.with_name(OVERLAY))
        ledger = self.document(spec.with_name(LEDGER))
        return Contract(
            files=ContractFiles(Path(document.file)),
            spec=document,
            overlay=read_overlay(overlay) if overlay else None,
            ledger=read_ledger(ledger) if ledger else (),
        )

    def document(self, path: PurePosixPath) -> Document | None:
        """One file of the revision, under a name that tells the revision too."""
        content = run_git(self.root, "show", f"{self.commit}:{path}")
        name = f"{self.name}:{path}"
        if content is None:
            return None
        try:
            return parse_document(content.decode("utf-8-sig"), name)
        except UnicodeDecodeError as error:
            raise InputError("not UTF-8", "name another revision", name) from error


def repository(folder: Path) -> Path:
    """The root of the git repository that a folder is in.

    Raises:
        InputError: it is in none, or git cannot be run.
    """
    root = run_git(folder, "rev-parse", "--show-toplevel")
    if root is None:
        problem = f"{folder.absolute()} is in no git repository"
        raise InputError(problem, "compare files, or go where the repository is")
    return Path(root.decode("utf-8", "surrogateescape").strip())


def commit_of(root: Path, revision: str) -> str | None:
    """The commit that a revision names; None where git knows none."""
    wanted = f"{revision}^{{commit}}"
    found = run_git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    return found.decode().strip() if found else None


def run_git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints; None where it fails.

    Raises:
        InputError: git cannot be run.
    """
    try:
        done = subprocess.run(  # noqa: S603 (no shell; what users give is no option to git)
            ["git", *arguments],  # noqa: S607 (which git is the user's choice)
            cwd=folder,
            capture_output=True,
            check=False,
        )
    except (OSError, ValueError) as error:
        raise InputError("git cannot be run there", "install it, or compare files") from error
    return done.stdout if done.returncode == 0 else None


def audited(contract: Contract) -> Contract:
    """The contract itself, if its documents are right: the rules rely on that.

    Raises:
        InputError: the first thing that is wrong.
    """
    problems = audit_document(contract.spec)
    problems = problems or audit_document(contract.view("observed").source)
    if problems:
        raise problems[0]
    return contract
