"""Sends the request of one finding again, and says whether it shows the same fault."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from contract_tests.errors import InputError
from contract_tests.exchange import Exchange, Request
from contract_tests.findings import Finding
from contract_tests.masking import MASK, Secret, unmask_text
from contract_tests.suite.bench import Bench
from contract_tests.suite.notebooks import Notebooks
from contract_tests.suite.recorder import Recorder
from contract_tests.verdicts import Run, Verdict


def verdict_named(run: Run, name: str) -> Verdict:
    """The verdict whose fingerprint begins so.

    Raises:
        InputError: none does, several do, or it has no request that could be sent: a masked id
            names no notebook, and its refusal would look like a fault mended.
    """
    found = [v for v in run.verdicts if v.finding.fingerprint.startswith(name)]
    if len(found) != 1:
        problem = f"{len(found) or 'no'} findings have a fingerprint that begins with {name!r}"
        new = ", ".join(v.finding.fingerprint for v in run.new[:5])
        raise InputError(problem, f"the new ones are {new}" if new else "the run has no new ones")
    if found[0].exchange is None:
        raise InputError(f"{name} was found without a request", "there is nothing to replay")
    if MASK in found[0].exchange.request.url:
        problem = f"the URL that showed {name} names what is another's, which no report keeps"
        raise InputError(problem, "let contract-tests run find it again")
    return found[0]


def replay(verdict: Verdict, bench: Bench) -> list[Finding]:
    """What the checks find when the verdict's request is sent again, its notebook as it was.

    The fault that the verdict speaks of comes first, then what else the ledger does not know: a
    value that it accepts is not that fault, though the same check finds it at the same place.
    """
    if verdict.exchange is None:
        return []
    contract = bench.contract
    recorder = Recorder(
        bench.view, bench.session, contract.ledger, observed=contract.view("observed")
    )
    notebooks = Notebooks(recorder, bench.session.target.notebook_ids, bench.patience)
    recorder.record.sightings.clear()
    origin = bench.session.target.origin
    notebooks.repeat(restored(verdict.exchange, origin, bench.session.known_secrets))
    unknown = recorder.unknown()
    found = (sighting.finding for sighting in recorder.record.sightings.values())
    told = [f for f in found if f in unknown or f.fingerprint == verdict.finding.fingerprint]
    return sorted(told, key=lambda finding: not is_same(finding, verdict))


def is_same(finding: Finding, verdict: Verdict) -> bool:
    """Whether a finding is the verdict's fault: the same check at the same place."""
    return (finding.id, finding.place) == (verdict.finding.id, verdict.finding.place)


def restored(exchange: Exchange, origin: str, secrets: tuple[Secret, ...]) -> Exchange:
    """The exchange with its request as it was sent, to the origin that the target has now.

    Named masks give way to the secrets.
    """
    request = exchange.request
    path = urlsplit(request.url)._replace(scheme="", netloc="").geturl()
    url = unmask_text(origin.rstrip("/") + path, secrets)
    headers = tuple((name, unmask_text(value, secrets)) for name, value in request.headers)
    sent = Request(request.method, url, headers, request.body)
    return replace(exchange, request=sent, secrets=secrets)
