"""The proof of blame: alter one of three parties, and the judgement names that one.

`pytest tests/threeway/test_blame.py -s` prints the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from contract_tests.contract import Contract, load_contract
from contract_tests.docs.html import read
from contract_tests.suite.recorder import Record
from contract_tests.targets.faults import pick_faults
from tests.threeway.seeds import OF_THE_HTML, OF_THE_PAGE, OF_THE_SERVICE, OF_THE_SPEC
from tests.threeway.trials import (
    Judged,
    answers,
    edited_contract,
    judged,
    observed,
    pinned,
    replaced,
)
from tests.vendor_pages import START_NOTEBOOK, needs_vendor_pages

LEAST = 0.95
"""The share of disagreements whose party has to be named."""


@dataclass(frozen=True)
class Trial:
    """Who was altered, how, and what came of it."""

    altered: str
    what: str
    judged: Judged

    @property
    def is_named(self) -> bool:
        """Whether all that is new blames whoever was altered, and nobody else."""
        return self.judged.blamed == {self.altered}

    def __str__(self) -> str:
        """A line of the table."""
        blamed = ", ".join(sorted(self.judged.blamed)) or "nobody"
        return f"{'' if self.is_named else 'NOT ':<4}{self.altered:<8} {blamed:<16} {self.what}"


@pytest.fixture(scope="module")
def contract() -> Contract:
    """The contract as shipped."""
    return load_contract()


@pytest.fixture(scope="module")
def record(contract: Contract) -> Record:
    """What the service answers that nobody altered."""
    return answers(contract)


def test_the_unaltered_triple_raises_nothing_new(contract: Contract, record: Record) -> None:
    """Page, spec and service as they are: all that differs is known."""
    found = judged(contract, pinned(), record)
    assert found.new == ()
    assert {"VolumeRes.category", "Lease.type"} <= {v.finding.place.name for v in found.verdicts}


def test_the_altered_party_is_named(
    contract: Contract, record: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In at least 95 of 100 seeded disagreements every new finding blames who was altered."""
    trials = [
        *_of_the_page(contract, record),
        *_of_the_spec(tmp_path_factory.mktemp("specs")),
        *_of_the_service(contract),
    ]
    assert len(trials) >= 60
    _assert_named(trials)


@needs_vendor_pages
def test_an_altered_cell_of_the_vendors_page_is_named(contract: Contract, record: Record) -> None:
    """The same with the text of the page itself: pinned facts, spec and service contradict it."""
    text = START_NOTEBOOK.read_text()
    pages = {what: replaced(text, *edit) for what, edit in OF_THE_HTML.items()}
    _assert_named(
        [
            Trial("docs", what, judged(contract, read(page.encode(), "StartNotebook.html"), record))
            for what, page in pages.items()
        ]
    )
    unaltered = read(text.encode(), "StartNotebook.html")
    assert judged(contract, unaltered, record).new == ()


def _assert_named(trials: list[Trial]) -> None:
    named = sum(trial.is_named for trial in trials)
    table = "\n".join(["altered     blamed           what", *map(str, trials)])
    print(f"\n{table}\n{named} of {len(trials)} named")  # noqa: T201 (the proof is to be read)
    assert named >= LEAST * len(trials), table


def _of_the_page(contract: Contract, record: Record) -> Iterator[Trial]:
    for what, change in OF_THE_PAGE.items():
        yield Trial("docs", what, judged(contract, change(pinned()), record))


def _of_the_spec(folder: Path) -> Iterator[Trial]:
    for number, (what, line) in enumerate(OF_THE_SPEC.items()):
        own = folder / str(number)
        own.mkdir()
        edited = edited_contract(own, line.anchor, line.old, line.new)
        yield Trial("spec", what, judged(edited, pinned(), answers(edited)))


def _of_the_service(contract: Contract) -> Iterable[Trial]:
    for fault in pick_faults(observed(), OF_THE_SERVICE):
        yield Trial("service", fault.id, judged(contract, pinned(), answers(contract, [fault])))
