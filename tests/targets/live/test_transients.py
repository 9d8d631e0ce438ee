"""Noise of gateways is told from the service's word, and a constant failure from noise."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Callable
from email.utils import formatdate

import pytest

from contract_tests.exchange import Exchange, Expectation, Request
from contract_tests.targets import retry
from contract_tests.targets.pace import Pace
from contract_tests.targets.retry import Patience, retry_after
from contract_tests.targets.session import Session
from contract_tests.verdicts import Transient
from tests.targets.live.conftest import BAD, ONE, PROJECT, VALID, Opener
from tests.targets.live.service import Notebooks, Play, Seen, Service, answer, hang_up, reset, say

SHOW = f"/v1/{PROJECT}/notebooks/{ONE}"


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that no test has to wait for."""
    monkeypatch.setattr(retry, "LIVE", Patience(first_pause=0.001))


def show(session: Session, expectation: Expectation | None = VALID) -> Exchange:
    """Look at a notebook."""
    request = session.authorize(Request("GET", session.target.base_url + SHOW))
    return session.send(request, operation="ShowNotebook", expectation=expectation)


def first(noise: Play, then: Play, times: int = 1) -> Play:
    """Plays noise so often, and then something else."""
    left = [noise] * times

    def play(connection: socket.socket, seen: Seen) -> object:
        return (left.pop() if left else then)(connection, seen)

    return play


@pytest.mark.parametrize(
    ("noise", "cause"),
    [
        (reset, "reset"),
        (hang_up(), "reset"),
        (say(answer(429)), "429"),
        (say(answer(502)), "502"),
        (say(answer(503, Retry_After="0")), "503"),
        (say(answer(504)), "504"),
    ],
    ids=["reset", "hang-up", "429", "502", "503", "504"],
)
def test_noise_is_not_the_service_s_word(
    noise: Play, cause: str, open_live: Opener, service: Service, notebooks: Notebooks
) -> None:
    """After a transient answer the request is sent again; the noise is listed, with its cause."""
    session = open_live()
    service.play = first(noise, notebooks)
    exchange = show(session)
    assert exchange.failure is None
    assert exchange.response is not None
    assert exchange.response.status == 200
    assert exchange.attempts == 2
    assert session.transients == (Transient("ShowNotebook", cause, 1),)


def test_a_closed_connection_is_listed_too(
    open_live: Opener, service: Service, notebooks: Notebooks
) -> None:
    """A kept one that is reset: nobody's fault, but the request went out twice."""
    session = open_live()
    show(session)
    service.play = first(reset, notebooks)
    assert show(session).attempts == 2
    assert session.transients == (Transient("ShowNotebook", "closed connection", 1),)


@pytest.mark.parametrize("status", [500, 501, 400, 408, 200])
def test_other_answers_are_its_word(status: int, open_live: Opener, service: Service) -> None:
    """They are not asked for twice."""
    service.play = say(answer(status))
    session = open_live()
    exchange = show(session)
    assert exchange.response is not None
    assert (exchange.response.status, exchange.attempts) == (status, 1)
    assert len(service.seen) == 1


@pytest.mark.parametrize("noise", [reset, say(answer(503))], ids=["reset", "503"])
def test_what_never_ends_is_no_noise(noise: Play, open_live: Opener, service: Service) -> None:
    """A request that fails each time becomes an exchange that says so."""
    service.play = noise
    exchange = show(open_live())
    assert exchange.attempts == 6
    got = exchange.failure.kind if exchange.failure else exchange.response.status  # type: ignore[union-attr]
    assert got in {"reset", 503}


def test_a_lasting_failure_is_not_tried_out_again(open_live: Opener, service: Service) -> None:
    """The next requests of its kind get one try; those of another kind have patience again."""
    service.play = say(answer(503))
    session = open_live()
    attempts = [show(session, due).attempts for due in (VALID, VALID, BAD, BAD)]
    assert attempts == [6, 1, 6, 1]


def test_a_time_out_is_not_tried_again(open_live: Opener, service: Service) -> None:
    """It would take as long again."""

    def hang(_: socket.socket, __: Seen) -> bool:
        time.sleep(0.5)
        return False

    service.play = hang
    exchange = show(open_live(timeout=0.1))
    assert exchange.failure is not None
    assert (exchange.failure.kind, exchange.attempts) == ("timeout", 1)


def check_noise(open_live: Opener, service: Service, notebooks: Notebooks, requests: int) -> None:
    """With noise in one answer of twenty, no exchange shows any."""
    chance = random.Random(1)  # noqa: S311 (dice)
    kinds = [reset, say(answer(429, Retry_After="0")), say(answer(503))]

    def noisy(connection: socket.socket, seen: Seen) -> object:
        play = chance.choice(kinds) if chance.random() < 0.05 else notebooks
        return play(connection, seen)

    service.play = noisy
    session = open_live()
    statuses = {show(session).response.status for _ in range(requests)}  # type: ignore[union-attr]
    assert statuses == {200}
    assert sum(transient.count for transient in session.transients) > requests / 50


def test_noise_in_one_answer_of_twenty(
    open_live: Opener, service: Service, notebooks: Notebooks
) -> None:
    """A correct service stays correct."""
    check_noise(open_live, service, notebooks, 200)


@pytest.mark.slow
def test_noise_in_one_answer_of_twenty_for_long(
    open_live: Opener, service: Service, notebooks: Notebooks
) -> None:
    """As many requests as a few runs have."""
    check_noise(open_live, service, notebooks, 5_000)


def test_a_start_whose_answer_was_lost_says_so(
    open_live: Opener, service: Service, notebooks: Notebooks
) -> None:
    """The first may have started it: the second answer is not the whole truth."""
    url = f"{service.url}{SHOW}/start"

    def lose(connection: socket.socket, seen: Seen) -> object:
        if seen.method == "POST" and not notebooks.started:
            notebooks.started.append(ONE)
            notebooks.states[ONE] = "STARTING"
            return reset(connection, seen)
        return notebooks(connection, seen)

    service.play = lose
    session = open_live(max_starts=1)
    exchange = session.send(session.authorize(Request("POST", url)), expectation=VALID)
    assert exchange.response is not None
    assert (exchange.response.status, exchange.attempts) == (400, 2)


def test_a_start_that_is_sent_again_says_so_whatever_the_noise(
    open_live: Opener, service: Service, notebooks: Notebooks
) -> None:
    """Also a 503 may come from a gateway behind which the start went on."""

    def lose(connection: socket.socket, seen: Seen) -> object:
        if seen.method == "POST" and not notebooks.started:
            notebooks.started.append(ONE)
            notebooks.states[ONE] = "STARTING"
            connection.sendall(answer(503))
            return True
        return notebooks(connection, seen)

    service.play = lose
    session = open_live()
    url = f"{service.url}{SHOW}/start"
    exchange = session.send(session.authorize(Request("POST", url)), expectation=VALID)
    assert exchange.attempts == 2
    assert session.transients == (Transient(f"POST {SHOW}/start", "503", 1),)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("3", 3), (" 0 ", 0), ("soon", 0), ("", 0), ("-1", 0), ("Mon, 01 Jan 1990 00:00:00 GMT", 0)],
)
def test_retry_after_is_a_number_or_nothing(value: str, seconds: float) -> None:
    """Nonsense and the past ask for no pause."""
    assert retry_after(value) == seconds


def test_retry_after_may_be_a_date() -> None:
    """As HTTP has it."""
    assert 50 < retry_after(formatdate(time.time() + 60, usegmt=True)) <= 60


def test_a_pause_is_at_least_what_was_asked_for_and_at_most_the_longest() -> None:
    """Retry-After is honoured up to a limit."""
    patience = Patience(longest_pause=10)
    assert list(patience.pauses()) == [0.05, 0.1, 0.2, 0.4, 0.8]
    assert patience.pause(0.2, (("Retry-After", "3"),)) == 3
    assert patience.pause(0.2, (("retry-after", "3600"),)) == 10
    assert patience.pause(0.2, ()) == 0.2


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[], float]:
    """A clock that only sleeping moves."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(time, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    return lambda: now[0] - 100


def test_requests_are_evenly_spaced(clock: Callable[[], float]) -> None:
    """Ten a second: one each tenth, with no burst after a pause."""
    pace = Pace(10)
    moments = []
    for _ in range(3):
        pace.wait()
        moments.append(round(clock(), 3))
    time.sleep(5)
    for _ in range(3):
        pace.wait()
        moments.append(round(clock(), 3))
    assert moments == [0, 0.1, 0.2, 5.2, 5.3, 5.4]


def test_a_hold_stops_everything(clock: Callable[[], float]) -> None:
    """Nothing leaves while the service asks to wait, with a rate or without one."""
    pace = Pace(None)
    pace.wait()
    pace.hold(2)
    pace.hold(1)
    pace.wait()
    assert clock() == 2
