"""The ledger: what an entry covers, and which entries are none."""

from __future__ import annotations

from datetime import date

import pytest

from contract_tests.contract import LedgerEntry, parse_document, read_ledger
from contract_tests.errors import InputError
from contract_tests.findings import Finding, Place, Severity
from tests.contract.sample_contract import LEDGER


def entry(**changes: str) -> LedgerEntry:
    """The sample entry, with some of its lines written otherwise."""
    text = LEDGER
    for key, value in changes.items():
        lines = [
            f"    {key}: {value}" if s.startswith(f"    {key}:") else s for s in text.split("\n")
        ]
        text = "\n".join(lines)
    return read_ledger(parse_document(text, "ledger.yaml"))[0]


def finding(
    id_: str = "response-schema",
    place: Place = Place("ShowThing", "Part", "kind"),  # noqa: B008 (frozen)
    values: tuple[str, ...] = ("wheel",),
) -> Finding:
    """A finding at the sample entry's place."""
    return Finding(id=id_, place=place, severity=Severity.MISLEADS, message="m", values=values)


def test_an_entry_is_read_whole() -> None:
    """Every key, with its type."""
    read = entry()
    assert (read.id, read.where, read.what) == (
        "part-kind-lower-case",
        "Part.kind",
        "Answers say wheel.",
    )
    assert (read.documented, read.observed) == (("WHEEL", "DOOR"), ("wheel",))
    assert read.evidence[0].sure == "seen"
    assert (read.wrong, read.review) == ("docs", date(2027, 5, 31))
    assert str(read.source) == "ledger.yaml:2"


@pytest.mark.parametrize(
    ("found", "covered"),
    [
        (finding(), True),
        (finding(values=("WHEEL",)), False),
        (finding(values=("wheel", "tyre")), False),
        (finding(values=()), True),
        (finding(id_="undocumented-field"), False),
        (finding(place=Place("ShowThing", "Part", "size")), False),
        (finding(place=Place("ListThings", "Part", "kind")), True),
    ],
)
def test_an_entry_covers_by_place_id_and_every_value(found: Finding, *, covered: bool) -> None:
    """Accepting `wheel` accepts `wheel`, here, and nothing else."""
    assert entry().covers(found) is covered


def test_an_entry_may_speak_of_one_operation_only() -> None:
    """`Operation:structure.field` leaves the same place of other operations alone."""
    narrow = entry(where="ShowThing:Part.kind")
    assert narrow.covers(finding())
    assert not narrow.covers(finding(place=Place("ListThings", "Part", "kind")))


def test_ids_may_be_named_by_pattern() -> None:
    """`example-*` names all rules about examples."""
    wide = entry(matches="['example-*']")
    assert wide.covers(finding(id_="example-outside-enum"))
    assert not wide.covers(finding(id_="response-schema"))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("entries:", "entry:", "ledger.yaml:1: a ledger holds `entries` and nothing else"),
        ("wrong: docs", "wrong: nobody", "ledger.yaml:10: 'nobody' is none of docs, spec"),
        ("sure: seen", "sure: perhaps", "ledger.yaml:9: 'perhaps' is none of seen, client"),
        ("review: 2027-05-31", "review: soon", "ledger.yaml:11: 'review' is no date"),
        ("review: 2027-05-31", "review: 2027-02-31", "ledger.yaml:11: 'review' is no date"),
        ("observed: [wheel]", "observed: wheel", "ledger.yaml:6: 'observed' is no list"),
        ("observed: [wheel]", "observed: [5]", "ledger.yaml:6: 0 is no line of text"),
        ("    wrong: docs\n", "", "ledger.yaml:2: an entry without 'wrong'"),
        (
            "    wrong: docs",
            "    wrong: docs\n    wong: 1",
            "ledger.yaml:11: an entry has no 'wong'",
        ),
        ("what: Answers say wheel.", "what: ''", "ledger.yaml:4: 'what' is no line of text"),
        ("source: a recorded answer", "from: x", "ledger.yaml:9: evidence is {sure, source}"),
        (
            "    evidence:\n      - {sure: seen, source: a recorded answer}",
            "    evidence: []",
            "ledger.yaml:8: no evidence",
        ),
    ],
)
def test_what_is_wrong_in_an_entry_is_named_with_its_line(
    before: str, after: str, words: str
) -> None:
    """File, line, problem and remedy."""
    with pytest.raises(InputError) as raised:
        read_ledger(parse_document(LEDGER.replace(before, after), "ledger.yaml"))
    assert words in str(raised.value)


def test_two_entries_of_one_id_are_refused() -> None:
    """The second is named, with the line of the first."""
    twice = LEDGER + LEDGER.removeprefix("entries:\n")
    with pytest.raises(InputError, match="stands already at line 2"):
        read_ledger(parse_document(twice, "ledger.yaml"))
