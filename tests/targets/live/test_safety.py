"""What a live target sees: the contract, on its own notebooks, and few starts."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.contract import View
from contract_tests.exchange import Exchange, Expectation, Request
from contract_tests.targets.allowlist import refusal
from contract_tests.targets.session import RequestWithheld, Session
from contract_tests.targets.target import mock_target
from tests.targets.live.conftest import BAD, FOREIGN, ONE, PROJECT, TWO, VALID, Opener, live
from tests.targets.live.service import Notebooks, Service, answer, say

BASE = "https://staging.example"
SHOW = f"/v1/{PROJECT}/notebooks/{ONE}"
START = f"{SHOW}/start"


def rule(
    method: str, path: str, *headers: tuple[str, str], view: View, **fields: object
) -> str | None:
    """The rule that withholds a request to a live target."""
    return refusal(Request(method, BASE + path, headers), live(BASE, **fields), view)


def start(
    session: Session, notebook: str = ONE, expectation: Expectation | None = VALID
) -> Exchange:
    """Send a start of a notebook."""
    url = f"{session.target.base_url}/v1/{PROJECT}/notebooks/{notebook}/start"
    request = session.authorize(Request("POST", url, (("Content-Length", "0"),)))
    return session.send(request, operation="StartNotebook", expectation=expectation)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/v1/{PROJECT}/notebooks"),
        ("GET", f"/v1/{PROJECT}/notebooks?limit=1"),
        ("GET", SHOW),
        ("POST", START),
        ("POST", f"{START}?duration=x"),
        ("POST", f"{START}/"),
        ("POST", f"/v1/{PROJECT}/notebooks/{TWO}/stop"),
    ],
)
def test_the_contract_on_own_notebooks_goes(method: str, path: str, view: View) -> None:
    """Every operation of the contract, whatever its parameters, on the target's resources."""
    assert rule(method, path, view=view) is None


@pytest.mark.parametrize(
    ("method", "path", "withheld_by"),
    [
        ("DELETE", SHOW, "unlisted-methods"),
        ("PUT", START, "unlisted-methods"),
        ("GET", f"/v1/{PROJECT}/notebooks/{FOREIGN}", "unlisted-ids"),
        ("DELETE", f"/v1/{PROJECT}/notebooks/{FOREIGN}", "unlisted-ids"),
        ("GET", f"/v1/{PROJECT}/notebooks/{ONE.upper()}", "unlisted-ids"),
        ("GET", f"/v1/{PROJECT}/notebooks/{ONE}%2f..%2f{FOREIGN}", "unlisted-ids"),
        ("GET", f"/v1/other/notebooks/{ONE}", "unlisted-projects"),
        ("GET", "/v1/other/notebooks", "unlisted-projects"),
        ("GET", "/", "unlisted-paths"),
        ("GET", f"{SHOW}/../{FOREIGN}", "unlisted-paths"),
        ("POST", f"/v1/{PROJECT}/notebooks//start", "unlisted-paths"),
        ("POST", f"/x{START}", "unlisted-paths"),
    ],
)
def test_anything_else_is_withheld(method: str, path: str, withheld_by: str, view: View) -> None:
    """Each by the word that lets it through; `all` lets all of them through."""
    assert rule(method, path, view=view) == withheld_by
    assert rule(method, path, view=view, allow=frozenset({withheld_by})) != withheld_by
    assert rule(method, path, view=view, allow=frozenset({"all"})) is None


@pytest.mark.parametrize(
    ("header", "value", "withheld_by"),
    [
        ("X-HTTP-Method-Override", "DELETE", "unlisted-methods"),
        ("x-method-override", "PUT", "unlisted-methods"),
        ("X-Original-URL", f"/v1/{PROJECT}/notebooks/{FOREIGN}", "unlisted-ids"),
        ("X-Rewrite-URL", "/admin", "unlisted-paths"),
        ("Host", "other.example", "unlisted-hosts"),
    ],
)
def test_a_header_is_no_way_round(header: str, value: str, withheld_by: str, view: View) -> None:
    """A service that heeds such a header would do something that is not listed."""
    assert rule("GET", SHOW, (header, value), view=view) == withheld_by


def test_a_query_is_no_way_round(view: View) -> None:
    """`_method` is an override too."""
    assert rule("GET", f"{SHOW}?_method=DELETE", view=view) == "unlisted-methods"


@pytest.mark.parametrize(
    "url", ["https://staging.example.evil", "http://staging.example", "https://x"]
)
def test_another_host_never_gets_a_request(url: str, view: View) -> None:
    """No word lifts that: the credentials are the target's."""
    everything = live(BASE, allow=frozenset({"all"}))
    assert refusal(Request("GET", url + SHOW), everything, view) == "foreign-host"


def test_a_base_url_may_have_a_path(view: View) -> None:
    """The contract's paths follow it; what lies beside it is not listed."""
    target = live(f"{BASE}/gateway")
    assert refusal(Request("POST", f"{BASE}/gateway{START}"), target, view) is None
    assert refusal(Request("GET", f"{BASE}/gate"), target, view) == "unlisted-paths"


@pytest.mark.parametrize("words", [frozenset[str](), frozenset({"all"})])
def test_read_only_is_only_get(words: frozenset[str], view: View) -> None:
    """Whatever else is allowed."""
    assert rule("GET", SHOW, view=view, read_only=True, allow=words) is None
    assert rule("POST", START, view=view, read_only=True, allow=words) == "read-only"
    override = ("X-HTTP-Method-Override", "POST")
    assert rule("GET", START, override, view=view, read_only=True, allow=words) == "read-only"


def test_the_mock_sees_everything(view: View) -> None:
    """Nothing there can be harmed."""
    target = mock_target("http://127.0.0.1:1", PROJECT, [ONE])
    assert refusal(Request("DELETE", "http://127.0.0.1:1/x"), target, view) is None


segments = st.sampled_from(
    [
        *("v1", "v2", PROJECT, "other", "notebooks", "images", ONE, TWO, FOREIGN, ONE.upper()),
        *("start", "stop", "", ".", "..", "%2e%2e", f"{ONE}%2f..%2f{FOREIGN}", "%00", f"{ONE};x"),
    ]
)
paths = st.one_of(
    st.lists(segments, max_size=7).map(lambda parts: "/" + "/".join(parts)),
    st.tuples(st.sampled_from([PROJECT, "other"]), segments, segments).map(
        lambda parts: f"/v1/{parts[0]}/notebooks/{parts[1]}/{parts[2]}"
    ),
)
methods = st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "post"])


def check_only_listed(open_live: Opener, service: Service, examples: int) -> None:
    """Send that many requests of any kind; the service has seen none that is not listed."""
    session = open_live(max_starts=None)

    @given(methods, paths, st.sampled_from(["", "?x=1", "?_method=DELETE"]))
    @settings(max_examples=examples, deadline=None, database=None)
    def send(method: str, path: str, query: str) -> None:
        try:
            session.send(Request(method, service.url + path + query))
        except RequestWithheld as withheld:
            assert withheld.rule.startswith("unlisted-")  # noqa: PT017 (or else it was sent)

    send()
    own = [f"/v1/{PROJECT}/notebooks/{one}" for one in (ONE, TWO)]
    listed = {("GET", f"/v1/{PROJECT}/notebooks"), *(("GET", path) for path in own)}
    listed |= {("POST", f"{path}/{verb}") for path in own for verb in ("start", "stop")}
    for seen in service.seen:
        path = seen.target.partition("?")[0].removesuffix("/")
        assert (seen.method.upper(), path) in listed, seen.line
        assert "_method" not in seen.target
    assert sum(item.count for item in session.withheld) > examples / 2


def test_no_unlisted_request_is_seen(open_live: Opener, service: Service) -> None:
    """Of requests made of right and wrong parts in any order."""
    check_only_listed(open_live, service, 400)


@pytest.mark.slow
def test_no_unlisted_request_is_seen_in_ten_thousand(open_live: Opener, service: Service) -> None:
    """The same, many times."""
    check_only_listed(open_live, service, 10_000)


def test_what_is_withheld_is_counted(open_live: Opener, service: Service) -> None:
    """By rule and area, with an example; nothing of it was sent."""
    session = open_live()
    for path in ("/a", "/b"):
        with pytest.raises(RequestWithheld, match="withheld by unlisted-paths: GET /") as caught:
            session.send(Request("GET", service.url + path), expectation=BAD)
        assert caught.value.rule == "unlisted-paths"
    (withheld,) = session.withheld
    assert (withheld.rule, withheld.area, withheld.count) == ("unlisted-paths", "validation", 2)
    assert withheld.example == "GET /a"
    assert not service.seen
    assert session.exchanges == 0


def test_successful_starts_are_limited(open_live: Opener, notebooks: Notebooks) -> None:
    """The budget counts what succeeded; then a start that may succeed is withheld."""
    session = open_live(max_starts=1)
    assert start(session, expectation=BAD).response is not None
    with pytest.raises(RequestWithheld) as caught:
        start(session, TWO)
    assert caught.value.rule == "max-starts"
    assert notebooks.started == [ONE]


def test_refused_starts_cost_nothing(open_live: Opener, notebooks: Notebooks) -> None:
    """Starts of a running notebook are refused and go on; so do those that are due to be."""
    session = open_live(max_starts=1)
    notebooks.states[ONE] = "RUNNING"
    for _ in range(3):
        assert start(session).response.status == 400  # type: ignore[union-attr]
    start(session, TWO)
    assert start(session, TWO, BAD).response.status == 400  # type: ignore[union-attr]
    with pytest.raises(RequestWithheld):
        start(session, TWO, None)


def test_a_broken_service_cannot_overrun_the_budget(open_live: Opener, service: Service) -> None:
    """It starts for every bad request: after one too many none is sent any more."""
    service.play = say(answer(200, b'{"status": "STOPPED"}'))
    session = open_live(max_starts=2)
    outcomes = [withheld(lambda: start(session, expectation=BAD)) for _ in range(10)]
    assert outcomes == [None] * 2 + ["max-starts"] * 8


def test_a_leak_after_the_budget_is_the_last(open_live: Opener, service: Service) -> None:
    """One start beyond the limit, by the first bad request that is not refused."""
    session = open_live(max_starts=1)
    start(session)
    assert withheld(lambda: start(session, expectation=BAD)) is None
    service.play = say(answer(200, b'{"status": "STOPPED"}'))
    outcomes = [withheld(lambda: start(session, expectation=BAD)) for _ in range(3)]
    assert outcomes == [None, "max-starts", "max-starts"]


def test_concurrent_starts_share_the_budget(open_live: Opener, service: Service) -> None:
    """Ten at once: no more than the budget are sent."""
    service.play = say(answer(200, b'{"status": "STOPPED"}'))
    session = open_live(max_starts=3)
    threads = [threading.Thread(target=lambda: withheld(lambda: start(session))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(seen.method == "POST" for seen in service.seen) == 3


def withheld(send: Callable[[], object]) -> str | None:
    """The rule that withheld a request, None where it was sent."""
    try:
        send()
    except RequestWithheld as caught:
        return caught.rule
    return None
