"""The ledger: every known discrepancy, what it covers, its evidence, and who is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Any, Literal, get_args

from contract_tests.contract.documents import Document, Location
from contract_tests.contract.pointers import part
from contract_tests.errors import InputError
from contract_tests.findings import Finding, Place, Source

Sure = Literal["seen", "client", "stated", "inferred"]
Wrong = Literal["docs", "spec", "service", "undetermined"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: how sure it makes us, and where it comes from."""

    sure: Sure
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One known discrepancy.

    It covers what stands at `where`, is found by a rule or check that `matches` names, and
    has no value but those in `observed`.
    """

    id: str
    where: str
    """`VolumeRes.category`, or for one operation only `StartNotebook:VolumeRes.category`."""
    what: str
    documented: tuple[str, ...]
    observed: tuple[str, ...]
    matches: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    wrong: Wrong
    review: date
    source: Source

    def is_at(self, place: Place) -> bool:
        """Whether the entry speaks of this place."""
        return self.where in (place.name, str(place))

    def names(self, id_: str) -> bool:
        """Whether one of the patterns names this rule, check or invariant."""
        return any(fnmatchcase(id_, pattern) for pattern in self.matches)

    def covers(self, finding: Finding) -> bool:
        """Whether it accepts this very finding: place, id and each of its values."""
        return (
            self.is_at(finding.place)
            and self.names(finding.id)
            and set(finding.values) <= set(self.observed)
        )


def read_ledger(document: Document) -> tuple[LedgerEntry, ...]:
    """Take a ledger document apart.

    Raises:
        InputError: it is no list of entries, or an entry is not one, naming its line.
    """
    entries = tuple(read_entry(document, index) for index in range(count_entries(document)))
    _refuse_twins(entries)
    return entries


def count_entries(document: Document) -> int:
    """How many entries a ledger document has; raises InputError where it is none."""
    root = document.data
    if not isinstance(root, dict) or set(root) != {"entries"}:
        problem = "a ledger holds `entries` and nothing else"
        raise InputError(problem, "begin it with entries:", document.file, 1)
    if not isinstance(root["entries"], list):
        where = document.source(("entries",))
        raise InputError("entries is no list", "list them with -", where.file, where.line)
    return len(root["entries"])


def read_entry(document: Document, index: int) -> LedgerEntry:
    """One entry of a ledger document; raises InputError as `read_ledger` does."""
    return _Entry(document, ("entries", index)).read()


def _refuse_twins(entries: tuple[LedgerEntry, ...]) -> None:
    seen: dict[str, Source] = {}
    for entry in entries:
        if entry.id in seen:
            problem = f"the entry {entry.id} stands already at line {seen[entry.id].line}"
            raise InputError(problem, "give it an id of its own", *_where(entry.source))
        seen[entry.id] = entry.source


def _where(source: Source) -> tuple[str, int]:
    return source.file, source.line


@dataclass(frozen=True, slots=True)
class _Entry:
    """Reads one entry of the document, and names the line of what is wrong with it."""

    document: Document
    at: Location

    def read(self) -> LedgerEntry:
        value = part(self.document.data, self.at)
        if not isinstance(value, dict):
            raise self._error((), "an entry is no object", "give it id, where, what, …")
        self._check_keys(value)
        return LedgerEntry(
            id=self._text("id"),
            where=self._text("where"),
            what=self._text("what"),
            documented=self._texts("documented"),
            observed=self._texts("observed"),
            matches=self._texts("matches"),
            evidence=self._evidence(),
            wrong=self._one_of(("wrong",), get_args(Wrong)),
            review=self._date("review"),
            source=self.document.source(self.at),
        )

    def _check_keys(self, value: dict[str, Any]) -> None:
        known = LedgerEntry.__dataclass_fields__.keys() - {"source"}
        for key in value.keys() - known:
            raise self._error((key,), f"an entry has no {key!r}", f"use {', '.join(sorted(known))}")
        for key in sorted(known - value.keys()):
            raise self._error((), f"an entry without {key!r}", "add it")

    def _text(self, *at: str | int) -> str:
        value = part(self.document.data, (*self.at, *at))
        if not isinstance(value, str) or not value.strip() or "\n" in value.strip():
            raise self._error(at, f"{at[-1]!r} is no line of text", "write one line")
        return value.strip()

    def _texts(self, key: str) -> tuple[str, ...]:
        values = part(self.document.data, (*self.at, key))
        if not isinstance(values, list):
            raise self._error((key,), f"{key!r} is no list", "write [a, b]")
        return tuple(self._text(key, i) for i in range(len(values)))

    def _one_of(self, at: Location, choices: tuple[str, ...]) -> Any:
        value = part(self.document.data, (*self.at, *at))
        if value not in choices:
            problem = f"{value!r} is none of {', '.join(choices)}"
            raise self._error(at, problem, "choose one of them")
        return value

    def _date(self, key: str) -> date:
        try:
            return date.fromisoformat(self._text(key))
        except ValueError:
            problem = f"{key!r} is no date"
            raise self._error((key,), problem, "write it as 2027-05-31") from None

    def _evidence(self) -> tuple[Evidence, ...]:
        values = part(self.document.data, (*self.at, "evidence"))
        if not isinstance(values, list) or not values:
            raise self._error(("evidence",), "no evidence", "list at least one {sure, source}")
        return tuple(self._piece(("evidence", i), value) for i, value in enumerate(values))

    def _piece(self, at: Location, value: Any) -> Evidence:
        if not isinstance(value, dict) or set(value) != {"sure", "source"}:
            raise self._error(at, "evidence is {sure, source}", "give it both and no more")
        return Evidence(self._one_of((*at, "sure"), get_args(Sure)), self._text(*at, "source"))

    def _error(self, at: Location, problem: str, remedy: str) -> InputError:
        return InputError(problem, remedy, *_where(self.document.source((*self.at, *at))))
