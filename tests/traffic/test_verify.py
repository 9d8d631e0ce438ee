"""The core: whatever is recorded, the quick way finds what the checks themselves find."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.checks import all_checks
from contract_tests.contract import load_contract
from contract_tests.exchange import Exchange
from contract_tests.masking import MASK
from contract_tests.suite.recorder import Recorder
from contract_tests.traffic import quick
from contract_tests.traffic import verify as core
from contract_tests.traffic.guards import GUARDS, unguarded
from contract_tests.traffic.merge import Tally
from contract_tests.traffic.reading.records import Diagnostic, Record, exchange_of
from contract_tests.traffic.verifier import Verifier
from contract_tests.traffic.verify import verify
from tests.traffic.samples import (
    BASE,
    JSON_HEADERS,
    PROJECT,
    SHOW,
    START,
    TOKEN,
    ndjson,
    notebook,
    raw,
    read_all,
)

CONTRACT = load_contract()
DOCUMENTED, OBSERVED = CONTRACT.view("documented"), CONTRACT.view("observed")
NOW = 1.8e9


class Thorough(Verifier):
    """Goes the long way with every exchange."""

    steps = (unguarded,)


def verifier(**options: Any) -> Verifier:
    """A verifier of the shipped contract."""
    return Verifier(DOCUMENTED, NOW, OBSERVED, **options)


def tally_of(*records: Any, by: Verifier | None = None) -> Tally:
    """What some records show."""
    found, diagnostics = read_all(ndjson(*records))
    return verify(by or verifier(), [*found, *diagnostics], "b")


def ids(tally: Tally) -> set[tuple[str, str, tuple[str, ...]]]:
    """Id, place and values of each finding."""
    found = (sample.finding for sample in tally.samples.values())
    return {(f.id, str(f.place), f.values) for f in found}


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small handfuls, and habits after few exchanges, so that few records show all there is."""
    monkeypatch.setattr(core, "HANDFUL", 3)
    monkeypatch.setattr(quick, "OFTEN", 2)


def test_what_is_right_has_no_findings() -> None:
    """And is counted by operation and status, as are the constraints that it exercised."""
    tally = tally_of(*[raw() for _ in range(10)])
    assert ids(tally) == set()
    assert tally.totals("exchange") == {("StartNotebook", "200"): 10}
    assert tally.totals("exercised")["lease-updated-after-created",] == 10
    assert tally.totals("value")["StartNotebook", "VolumeRes.category", "EVS"] == 10
    assert tally.totals("kind")["StartNotebook", "NotebookResp.name", "string"] == 10


def test_values_that_are_no_enumeration_are_not_kept() -> None:
    """They may be secret, and there is no end to them."""
    tally = tally_of(raw(notebook(token="hunter2-hunter2", name="my-notebook")))
    names = [name for counts in tally.counts.values() for name in counts]
    assert not any("hunter2" in part or "my-notebook" in part for name in names for part in name)


def test_a_finding_is_counted_and_shown_by_its_smallest_exchange() -> None:
    """With the file and offset that it stands at; with its token masked."""
    records = [raw(notebook(status="SLEEPING", description="x" * n)) for n in (90, 3, 50, 3)]
    tally = tally_of(*records)
    (sample,) = tally.samples.values()
    assert tally.total("finding") == 4
    assert (sample.file, sample.offset) == ("traffic.ndjson", len(ndjson(records[0])))
    assert sample.finding.exchange is not None
    assert sample.finding.exchange.label == f"traffic.ndjson@{sample.offset}"
    assert dict(sample.finding.exchange.request.headers)["X-Auth-Token"] == MASK
    assert TOKEN not in repr(tally)


def test_what_is_of_no_operation_is_counted_by_method_and_template() -> None:
    """Ids become {}; words and versions stand."""
    urls = {
        f"{BASE}/v1/{PROJECT}/notebooks/flavors/all": "POST /v1/{}/notebooks/flavors/all",
        f"{BASE}/v1/{PROJECT}/images/12345/x-1": "POST /v1/{}/images/{}/x-1",
        "https://cdn.example/a/b.css?v=1": "POST /a/b.css",
        f"{SHOW}": "POST /v1/{}/notebooks/{}",
        "no url at all": "POST /",
    }
    tally = tally_of(*(raw(url=url) for url in urls))
    assert {name: 1 for (name,) in tally.totals("unmatched")} == dict.fromkeys(urls.values(), 1)
    assert not tally.samples


def test_hosts_narrow_what_counts() -> None:
    """Traffic of other hosts is counted as of no operation, with its host."""
    other = START.replace("modelarts.eu-de", "modelarts.eu-nl")
    tally = tally_of(raw(), raw(url=other), by=verifier(hosts=("*.eu-de.otc.t-systems.com",)))
    assert tally.totals("exchange") == {("StartNotebook", "200"): 1}
    assert [name for (name,) in tally.totals("unmatched")] == [
        "POST //modelarts.eu-nl.otc.t-systems.com/v1/{}/notebooks/{}/start"
    ]


@pytest.mark.parametrize(
    "url", [START, START + "/", START.replace("notebooks", "note%62ooks"), START + "?x#y"]
)
def test_urls_are_matched_however_they_are_written(url: str) -> None:
    """Percent-encoding, a trailing slash, a query, a fragment."""
    assert tally_of(raw(url=url)).totals("exchange") == {("StartNotebook", "200"): 1}


def test_a_request_that_breaks_the_contract_was_due_a_refusal() -> None:
    """Accepted all the same, it is a finding; refused, it is none."""
    accepted = tally_of(raw(url=f"{START}?type=bogus"))
    assert ("invalid-request-accepted", "StartNotebook:query.type", ("bogus",)) in ids(accepted)
    refused = {"error_code": "ModelArts.6349", "error_msg": "no"}
    tally = tally_of(raw(refused, status=400, url=f"{START}?duration=soon"))
    assert not {id_ for id_, *_ in ids(tally)} - {"undocumented-status"}


@pytest.mark.parametrize("word", ["TIMING", "Timing", "IDLE"])
def test_a_word_in_other_case_may_be_accepted_or_refused(word: str) -> None:
    """No source settles it; a run asks for neither, and finds nothing either."""
    refused = {"error_code": "ModelArts.6349", "error_msg": "no"}
    url = f"{START}?type={word}"
    for record in (raw(url=url), raw(refused, status=400, url=url)):
        assert "invalid-request-accepted" not in {id_ for id_, *_ in ids(tally_of(record))}


def test_a_credential_that_comes_back_is_a_finding() -> None:
    """The recording holds both; the finding holds neither."""
    tally = tally_of(raw(notebook(description=f"you sent {TOKEN}")))
    assert {id_ for id_, *_ in ids(tally)} == {"secret-in-answer"}
    assert TOKEN not in repr(tally)


def test_masked_credentials_are_as_good_as_absent() -> None:
    """Two masks are equal; what they stand for was not."""
    for mask in ("[masked]", "***", "[Filtered]", "${CONTRACT_TESTS_TOKEN}"):
        record = raw(notebook(token=mask))
        record["request"]["headers"] = [["X-Auth-Token", mask]]
        assert ids(tally_of(record)) == set()


def test_times_that_are_absent_break_nothing() -> None:
    """Without them an exchange is taken to be of now."""
    tally = tally_of(raw(sent_at=None))
    assert ids(tally) == set()
    assert tally.totals("exercised")["lease-created-in-the-past",] == 1


@pytest.mark.parametrize(
    "body",
    [
        notebook(name="\ud800"),
        notebook(create_at=10**30, lease={"create_at": 10**400, "update_at": -(2**63) - 1}),
        json.dumps(notebook(image=0)).replace("0", "[" * 600 + "]" * 600),
        json.dumps(notebook(id=0)).replace('"id": 0', '"id": ' + "[" * 600 + "]" * 600),
    ],
    ids=["half a character", "huge numbers", "deep lists", "a deep id"],
)
def test_values_that_rules_cannot_see_cost_no_other(body: Any) -> None:
    """JSON holds more than CEL; what goes beyond is for the schema to judge."""
    written = body if isinstance(body, str) else json.dumps(body)
    tally = tally_of(raw(written), raw(), raw(written))
    assert tally.totals("exchange") == {("StartNotebook", "200"): 3}


def test_only_the_chosen_checks_run() -> None:
    """Others find nothing, whatever is wrong."""
    wrong = raw(notebook(status="SLEEPING", surprise=1))
    found = ids(tally_of(wrong, wrong, by=verifier(checks=frozenset({"response-schema"}))))
    assert {id_ for id_, *_ in found} == {"response-schema"}


def test_every_check_has_a_guard() -> None:
    """One without makes everything slow, though not wrong."""
    assert {check.id for check in all_checks()} == set(GUARDS)


def test_a_check_without_a_guard_is_run_on_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new check has to be right before it can be fast."""
    slow = {id_: guard for id_, guard in GUARDS.items() if id_ != "strict-json"}
    monkeypatch.setattr("contract_tests.traffic.verifier.GUARDS", slow)
    text = json.dumps(notebook())[:-1] + ', "name": "again"}'
    assert ("strict-json", "StartNotebook:body.200", ("duplicate-key",)) in ids(tally_of(raw(text)))


ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(max_size=5)
    | st.sampled_from(["TIMING", "EFS", "EVS", "STARTING", "SLEEPING", "", "https://x", TOKEN])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([50.0, 1638841744515.0]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2)
    ),
    max_leaves=4,
)
FIELDS = ["id", "name", "status", "lease", "volume", "image", "url", "token", "create_at", "tags"]
FIELDS += ["action_progress", "billing_items", "endpoints", "user", "surprise"]
INNER = ["create_at", "update_at", "type", "duration", "category", "capacity", "ownership", "x"]


@st.composite
def bodies(draw: st.DrawFn) -> Any:
    """A notebook, somewhat changed; a list of them; an error; or anything at all."""
    body = copy.deepcopy(notebook())
    for name in draw(st.lists(st.sampled_from(FIELDS), max_size=3)):
        body[name] = draw(ANY_JSON)
    for name in draw(st.lists(st.sampled_from(INNER), max_size=2)):
        owner = body[draw(st.sampled_from(["lease", "volume"]))]
        if isinstance(owner, dict):
            owner[name] = draw(ANY_JSON)
    return draw(st.sampled_from([body, {"data": [body, notebook()]}, {"error_code": "x"}, [body]]))


@st.composite
def texts(draw: st.DrawFn) -> Any:
    """A body as it may stand on the wire, in good order or not."""
    text = json.dumps(draw(bodies()), ensure_ascii=draw(st.booleans()))
    how = draw(st.sampled_from(["as it is"] * 6 + ["twice", "cut", "more", "bom", "NaN", "binary"]))
    return {
        "as it is": text,
        "twice": '{"id": 1, ' + text[1:],
        "cut": text[:-1],
        "more": text + " x",
        "bom": "\ufeff" + text,
        "NaN": text.replace('"EVS"', "NaN"),
        "binary": {"base64": "/////w=="},
    }[how]


RECORDS = st.builds(
    lambda body, status, url, headers, method: (
        raw(body, status=status, url=url)
        | {"request": {"method": method, "url": url, "headers": [["X-Auth-Token", TOKEN]]}}
        | {"response": {"status": status, "headers": headers, "body": body}}
    ),
    texts(),
    st.sampled_from([200, 200, 200, 201, 202, 204, 400, 404, 418, 500]),
    st.sampled_from(
        [
            START,
            SHOW,
            f"{START}?duration=3600000&type=timing",
            f"{START}?duration=1&duration=3600000&type=timing",
            f"{START}?type=x",
            f"{START}#{TOKEN}",
        ]
    ),
    st.sampled_from(
        [
            JSON_HEADERS,
            JSON_HEADERS,
            [],
            [["content-type", "text/html"]],
            JSON_HEADERS * 2,
            [["Content-Type", "application/json;charset=utf-8"], ["X-Debug-Trace", "1"]],
            [*JSON_HEADERS, ["Via", "1.1 gateway-1.prod.internal"]],
            [*JSON_HEADERS, ["X-Note", "-----BEGIN PRIVATE KEY-----"]],
            [*JSON_HEADERS, ["X-Token", TOKEN]],
        ]
    ),
    st.sampled_from(["POST", "GET", "post"]),
)


QUICK, THOROUGH = verifier(), Thorough(DOCUMENTED, NOW, OBSERVED)


@settings(max_examples=150, deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=4))
def test_the_quick_way_finds_what_the_checks_find(records: list[Any]) -> None:
    """Findings, counts, samples, diagnostics: the same, whatever was learnt from others before."""
    habitual = [raw(notebook(lease={"type": "TIMING"}, create_at=1)) for _ in range(4)]
    found, diagnostics = read_all(ndjson(*habitual, *records, *habitual, *records))
    items: list[Record | Diagnostic] = [*found, *diagnostics]
    quick, thorough = verify(QUICK, items, "b"), verify(THOROUGH, items, "b")
    assert quick.counts == thorough.counts
    assert quick == thorough
    assert {k: s.rank for k, s in quick.samples.items()} == {
        k: s.rank for k, s in thorough.samples.items()
    }


def test_it_finds_what_a_run_finds() -> None:
    """The same exchanges, judged by the recorder of the suite."""
    records = [
        raw(notebook(status="SLEEPING", create_at="soon")),
        raw(notebook(volume={"category": "EFS", "read_only": "no"})),
        raw({"error_code": "x"}, status=404),
        raw(notebook(lease={"create_at": 2, "update_at": 1})),
    ]
    found, _ = read_all(ndjson(*records))
    recorder = Recorder(DOCUMENTED, NoSession(), observed=OBSERVED)  # type: ignore[arg-type]  # sends nothing
    for exchange in map(_exchange, found):
        recorder.judge(exchange)
    assert verify(verifier(), found, "b").sightings().keys() == recorder.record.sightings.keys()


class NoSession:
    """All of a session that judging needs."""

    known_secrets: tuple[str, ...] = ()


def _exchange(record: Record) -> Exchange:
    exchange, _ = exchange_of(record)
    return exchange
