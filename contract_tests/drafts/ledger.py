"""Drafts ledger entries for findings that are new; what stands in the file already stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from contract_tests.contract import LedgerEntry, as_yaml, parse_document, read_ledger
from contract_tests.drafts.writing import write_whole
from contract_tests.errors import InputError
from contract_tests.findings import Finding, Place
from contract_tests.verdicts import Verdict

REVIEW_AFTER = timedelta(days=182)
LONGEST = 160
"""Characters of a text in a draft: a reader is to put it in words of their own anyway."""


@dataclass(frozen=True, slots=True)
class _Group:
    """The new findings of one kind at one place: one entry."""

    id: str
    place: Place
    wrong: str
    findings: tuple[Finding, ...]


def add_entries(
    path: Path, verdicts: Iterable[Verdict], known: Iterable[LedgerEntry], today: date
) -> int:
    """Append an entry for each new finding to a ledger file; how many were added.

    Args:
        path: the file; it is made where there is none.
        verdicts: of a run or a page; those that are new count.
        known: the ledger in force, whose ids are taken.
        today: reviews are due half a year from it.

    Raises:
        InputError: the file is no ledger, or cannot be written.
    """
    text = _text(path)
    there = read_ledger(parse_document(text, str(path))) if text.strip() else ()
    taken = {entry.id for entry in (*there, *known)}
    drafts = [
        _draft(group, taken, today)
        for group in _grouped(verdicts)
        if not all(any(entry.covers(f) for entry in there) for f in group.findings)
    ]
    if drafts:
        body = as_yaml({"entries": drafts}).partition("\n")[2]
        write_whole(path, f"{text.rstrip() or 'entries:'}\n\n{body}")
    return len(drafts)


def draft_id(finding: Finding) -> str:
    """The id that a draft for a finding gets: `spec-differs-lease-type`."""
    words = re.findall(r"[a-z0-9]+", f"{finding.id} {finding.place.name}".lower())
    return "-".join(words)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cannot be read", "pass a ledger or a new file", path) from error


def _grouped(verdicts: Iterable[Verdict]) -> Iterator[_Group]:
    groups: dict[tuple[str, Place], list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.state == "new":
            groups.setdefault((verdict.finding.id, verdict.finding.place), []).append(verdict)
    for (id_, place), found in groups.items():
        yield _Group(id_, place, found[0].blame, tuple(verdict.finding for verdict in found))


def _draft(group: _Group, taken: set[str], today: date) -> Mapping[str, Any]:
    first = group.findings[0]
    claims = [claim for finding in group.findings for claim in finding.claims]
    documented = [_line(claim.says) for claim in claims if claim.party == "page"]
    source = f"{first.source}" if first.source else "the run that found it"
    return {
        "id": _unused(draft_id(first), taken),
        "where": group.place.name,
        "what": _line(first.message),
        "documented": list(dict.fromkeys(documented)),
        "observed": list(dict.fromkeys(v for f in group.findings for v in f.values)),
        "matches": [group.id],
        "evidence": [{"sure": "stated" if first.exchange is None else "seen", "source": source}],
        "wrong": group.wrong,
        "review": str(today + REVIEW_AFTER),
    }


def _unused(id_: str, taken: set[str]) -> str:
    candidates = (f"{id_}-{n}" if n > 1 else id_ for n in range(1, len(taken) + 2))
    found = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(found)
    return found


def _line(text: str) -> str:
    """One line that a ledger accepts."""
    line = " ".join(text.split()) or "nothing"
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
