"""A trial: page, spec and service, one of them altered; who does the judgement say stands alone?"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from contract_tests.checks import read_json
from contract_tests.contract import Contract, View, default_spec_folder, load_contract
from contract_tests.docs import read_page
from contract_tests.exchange import Exchange, Expectation, Headers, Request, Response
from contract_tests.facts import Page
from contract_tests.suite.recorder import Record, Recorder
from contract_tests.targets.mock import Call, Fault, Mock
from contract_tests.threeway import Observations, judge
from contract_tests.triage import sight, triage
from contract_tests.verdicts import FactState, Verdict

HOST = "https://example.org"
NOW = 1_795_000_000.0
SPEC = "modelarts-notebook.openapi.yaml"
PINNED = default_spec_folder() / "pages" / "StartNotebook.facts.yaml"


@dataclass(frozen=True)
class Judged:
    """What a trial gives."""

    verdicts: tuple[Verdict, ...]
    matrix: tuple[FactState, ...]

    @property
    def new(self) -> tuple[Verdict, ...]:
        """The findings that the ledger does not know."""
        return tuple(verdict for verdict in self.verdicts if verdict.state == "new")

    @property
    def blamed(self) -> set[str]:
        """Everybody whom a new finding blames."""
        return {verdict.blame for verdict in self.new}


@cache
def pinned() -> Page:
    """The facts that the spec was written against."""
    return read_page(PINNED)


@cache
def observed() -> View:
    """The view that the mock plays, whatever becomes of the spec."""
    return load_contract().view("observed")


def edited_contract(folder: Path, anchor: str, old: str, new: str, file: str = SPEC) -> Contract:
    """The contract from a copy in which the first `old` behind `anchor` is `new`."""
    copy = folder / "spec"
    shutil.copytree(default_spec_folder(), copy)
    (copy / file).write_text(replaced((copy / file).read_text(), anchor, old, new))
    return load_contract(copy / SPEC)


def replaced(text: str, anchor: str, old: str, new: str) -> str:
    """The text with the first `old` behind `anchor` replaced; both have to be there."""
    at = text.index(old, text.index(anchor))
    return text[:at] + new + text[at + len(old) :]


def answers(contract: Contract, faults: Iterable[Fault] = ()) -> Record:
    """What a mock of the contract as shipped answers, checked by `contract`."""
    mock = Mock(observed(), "observed", clock=lambda: NOW, faults=faults)
    recorder = Recorder(
        contract.view("documented"),
        SimpleNamespace(known_secrets=()),  # type: ignore[arg-type]
        contract.ledger,
        observed=contract.view("observed"),
    )
    for exchange, around in exchanges(mock, contract.view("documented")):
        recorder.judge(exchange, around)
    return recorder.record


def judged(contract: Contract, page: Page, record: Record) -> Judged:
    """The answers judged by contract and page."""
    found = [sighting.finding for sighting in record.sightings.values()]
    seen = Observations(record.exercised, nested(record.seen), nested(record.kinds))
    judgement = judge(contract, page, pinned(), found, seen)
    sightings = {**record.sightings, **sight(judgement.drift)}
    return Judged(triage(sightings, contract.ledger, blames=judgement.blames), judgement.matrix)


def nested(counts: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """Counts by name, then by value."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (name, value), count in counts.items():
        found[name][value] = count
    return found


def exchanges(mock: Mock, documented: View) -> list[tuple[Exchange, dict[str, Any]]]:
    """Shows, starts with every documented type, refusals: what a small run would send."""
    types = documented.operation("StartNotebook").parameter("type").schema.get("enum", ())
    ids = mock.notebook_ids
    found = [_show(mock, id_) for id_ in ids[:8]]
    for number, id_ in enumerate(ids[:4]):
        type_ = types[number % len(types)]
        query = f"?type={type_}&duration=3600000"
        due = Expectation("accepted", "valid", "query.type", f"type {type_}")
        found.append(_start(mock, id_, query, due))
        if _value(found[-1][0]) is not None:
            due = Expectation("refused", "state", "path.id", "running")
            found.append(_start(mock, id_, "", due))
    wrong = ("type=bogus", "type=TIMINGS", "duration=abc", "duration=1.5")
    for number, query in enumerate(wrong):
        about = f"query.{query.partition('=')[0]}"
        due = Expectation("refused", "validation", about, query, (400,))
        found.append(_start(mock, ids[4 + number % 2], f"?{query}", due))
    due = Expectation("refused", "identity", "path.id", "an unknown one", (400, 404))
    found.append(_start(mock, "f" * 8 + "-0000-4000-8000-" + "0" * 12, "", due))
    due = Expectation("refused", "authentication", "security", "no token", (401,))
    found.append(_send(mock, "POST", f"/{ids[0]}/start", "StartNotebook", due, token=False))
    return found


def _show(mock: Mock, id_: str) -> tuple[Exchange, dict[str, Any]]:
    due = Expectation("accepted", "valid", "operation.ShowNotebook", "a known notebook")
    return _send(mock, "GET", f"/{id_}", "ShowNotebook", due)


def _start(mock: Mock, id_: str, query: str, due: Expectation) -> tuple[Exchange, dict[str, Any]]:
    before, _ = _show(mock, id_)
    exchange, _ = _send(mock, "POST", f"/{id_}/start{query}", "StartNotebook", due)
    shown = _value(before)
    return exchange, {"before": shown} if shown else {}


def _value(exchange: Exchange) -> Any:
    response = exchange.response
    return read_json(response.body)[0] if response and response.status == 200 else None


def _send(
    mock: Mock, method: str, path: str, operation: str, due: Expectation, *, token: bool = True
) -> tuple[Exchange, dict[str, Any]]:
    target = f"/v1/{mock.project_id}/notebooks{path}"
    token_header = (("X-Auth-Token", mock.token),) if token else ()
    headers: Headers = (("Content-Type", "application/json"), *token_header)
    answer = mock.answer(Call(method, target, headers))
    response = Response(answer.status, answer.headers, answer.body)
    request = Request(method, HOST + target, headers)
    exchange = Exchange(request, response, None, NOW, operation, due, label="trial")
    return exchange, {}
