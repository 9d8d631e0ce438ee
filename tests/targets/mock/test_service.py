"""What the mock does with right and wrong calls, in both plays."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.targets.mock import Answer, Call, Mock, PlayName
from tests.targets.mock.calls import HOUR, Clock, Walk
from tests.targets.mock.worlds import BOTH, mock_of

both_plays = pytest.mark.parametrize("play", BOTH)


def code(answer: Answer) -> Any:
    """The number of an error answer's code."""
    return answer.content["error_code"].removeprefix("ModelArts.")


def status_of(mock: Mock, id_: str) -> Any:
    """The status of a notebook as a look shows it."""
    return mock.answer(Walk(mock).show(id_)).content["status"]


@both_plays
def test_a_start_walks_the_lifecycle_by_looks(play: PlayName) -> None:
    """STARTING at the start and at the first look, RUNNING from the second on."""
    mock = mock_of(play)
    id_ = mock.notebook_ids[0]
    assert mock.answer(Walk(mock).start(id_)).content["status"] == "STARTING"
    assert [status_of(mock, id_) for _ in range(3)] == ["STARTING", "RUNNING", "RUNNING"]
    assert mock.answer(Walk(mock).stop(id_)).content["status"] == "STOPPING"
    assert [status_of(mock, id_) for _ in range(2)] == ["STOPPING", "STOPPED"]


def test_a_start_walks_the_lifecycle_by_time() -> None:
    """Where nobody looks, a notebook runs after the pace of the mock."""
    clock = Clock()
    mock = mock_of(clock=clock)
    mock.answer(Walk(mock).start(mock.notebook_ids[0]))
    clock.now += mock.pace
    assert status_of(mock, mock.notebook_ids[0]) == "RUNNING"


def test_a_notebook_stops_when_its_lease_is_over() -> None:
    """A RUNNING notebook is STOPPED once its duration has passed."""
    clock = Clock()
    mock = mock_of(clock=clock)
    id_ = mock.notebook_ids[0]
    mock.answer(Walk(mock).start(id_, f"duration={2 * HOUR}"))
    clock.now += 7199
    assert status_of(mock, id_) == "RUNNING"
    clock.now += 2
    assert status_of(mock, id_) == "STOPPED"


def test_a_lease_without_end_never_ends() -> None:
    """-1 switches the automatic stop off."""
    clock = Clock()
    mock = mock_of(clock=clock)
    id_ = mock.notebook_ids[0]
    answer = mock.answer(Walk(mock).start(id_, "duration=-1"))
    clock.now += 400 * 86_400
    assert answer.content["lease"]["enable"] is False
    assert status_of(mock, id_) == "RUNNING"


@both_plays
@given(
    hours=st.integers(1, 72), more=st.integers(0, 59_999), kind=st.sampled_from(["timing", "idle"])
)
@settings(max_examples=30, deadline=None)
def test_the_lease_is_what_was_asked_for(play: PlayName, hours: int, more: int, kind: str) -> None:
    """Duration and type come back, in the answer, in the look after it and in the list."""
    mock = mock_of(play, clock=Clock(step=0.0013))
    walk, id_ = Walk(mock), mock.notebook_ids[3]
    asked = min(hours * HOUR + more, 72 * HOUR)
    lease = mock.answer(walk.start(id_, f"duration={asked}&type={kind}")).content["lease"]
    assert lease["duration"] == lease["update_at"] - lease["create_at"] + asked
    assert lease["type"] == (kind if play == "documented" else kind.upper())
    assert lease["enable"] is True
    listed = mock.answer(walk.list()).content["data"]
    assert [n["lease"] for n in listed if n["id"] == id_] == [lease]
    assert mock.answer(walk.show(id_)).content["lease"] == lease


@both_plays
def test_a_start_without_parameters_gets_an_hour_of_timing(play: PlayName) -> None:
    """The defaults: one hour, type timing."""
    mock = mock_of(play)
    lease = mock.answer(Walk(mock).start(mock.notebook_ids[0])).content["lease"]
    assert lease["duration"] == lease["update_at"] - lease["create_at"] + HOUR
    assert lease["type"].lower() == "timing"


@both_plays
@pytest.mark.parametrize("body", [b"", b"{}", b'{"duration": "ignored"}', b"no JSON"])
def test_a_start_ignores_its_body(play: PlayName, body: bytes) -> None:
    """No body, an empty object and any other body are all accepted."""
    mock = mock_of(play)
    assert mock.answer(Walk(mock).start(mock.notebook_ids[0], body=body)).is_success


def test_the_plays_answer_the_success_codes_they_should() -> None:
    """The page documents 200 and 201; the service was only ever seen to answer 200."""
    seen = {}
    for play in BOTH:
        mock = mock_of(play)
        starts = [mock.answer(Walk(mock).start(id_)) for id_ in mock.notebook_ids[:6]]
        seen[play] = {answer.status for answer in starts}
    assert seen == {"documented": {200, 201}, "observed": {200}}


@both_plays
@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "abc", " 3600000", "3600000 ", "3600000a", "0x36EE80", "3.6e6", "3600000.5"),
        *("true", "null", "-5", str(2**63), "9" * 500, "\u0663600000", "+-1", "1_000_000_0"),
        "3600000\0",
    ],
)
def test_a_wrong_duration_is_refused(play: PlayName, text: str) -> None:
    """400 with the vendor's code for a duration, and nothing starts."""
    mock = mock_of(play)
    id_ = mock.notebook_ids[0]
    answer = mock.answer(Walk(mock).start(id_, f"duration={quote(text)}"))
    assert (answer.status, code(answer)) == (400, "6349")
    assert status_of(mock, id_) == "STOPPED"


@both_plays
@pytest.mark.parametrize(
    "text", ["", " ", "timings", "timin", " idle", "idle ", "7", "timing,idle"]
)
def test_a_wrong_type_is_refused(play: PlayName, text: str) -> None:
    """400, and nothing starts."""
    mock = mock_of(play)
    id_ = mock.notebook_ids[0]
    assert mock.answer(Walk(mock).start(id_, f"type={quote(text)}")).status == 400
    assert status_of(mock, id_) == "STOPPED"


@pytest.mark.parametrize(
    ("query", "documented", "observed"),
    [
        ("type=TIMING", 400, 200),
        ("type=Idle", 400, 200),
        ("unknown=1", 400, 200),
        (f"duration={HOUR}&duration={2 * HOUR}", 400, 200),
        ("duration=1", 200, 400),
        (f"duration={72 * HOUR + 1}", 200, 400),
    ],
)
def test_the_plays_differ_where_no_source_settles_it(
    query: str, documented: int, observed: int
) -> None:
    """A test that insists on either answer fails against one of the plays."""
    expected = {"documented": documented, "observed": observed}
    for play in BOTH:
        mock = mock_of(play)
        assert mock.answer(Walk(mock).start(mock.notebook_ids[0], query)).status == expected[play]


def test_of_a_repeated_parameter_the_first_counts() -> None:
    """Where a repeated parameter is let through, its first value counts."""
    mock = mock_of("observed")
    query = f"duration={5 * HOUR}&duration={2 * HOUR}"
    lease = mock.answer(Walk(mock).start(mock.notebook_ids[0], query)).content["lease"]
    assert lease["duration"] == lease["update_at"] - lease["create_at"] + 5 * HOUR


@both_plays
def test_wrong_credentials_get_401_or_403_and_nothing_else(play: PlayName) -> None:
    """Whatever carries or resembles the token: no answer lets it in, and nothing starts."""
    mock = mock_of(play)
    walk, id_ = Walk(mock), mock.notebook_ids[0]
    for headers in walk.wrong_headers():
        calls = (walk.start, walk.show, walk.stop)
        answers = [mock.answer(call(id_, headers=headers)) for call in calls]
        answers.append(mock.answer(walk.list(headers=headers)))
        is_foreign = headers == walk.token("other_token")
        assert [a.status for a in answers] == [403 if is_foreign else 401] * 4, headers
    assert mock.answer(walk.start(id_, f"X-Auth-Token={mock.token}", headers=())).status == 401
    assert status_of(mock, id_) == "STOPPED"


@both_plays
def test_another_project_is_forbidden_and_its_notebooks_unknown(play: PlayName) -> None:
    """403 for its path, 404 for its notebooks in the own path; its own token reaches them."""
    mock = mock_of(play)
    walk, foreign, other = Walk(mock), mock.other_notebook_ids[0], mock.other_project_id
    assert mock.answer(walk.start(foreign, project=other)).status == 403
    assert mock.answer(walk.start(foreign)).status == 404
    answer = mock.answer(walk.start(foreign, project=other, headers=walk.token("other_token")))
    assert answer.content["id"] == foreign


@both_plays
def test_no_project_but_the_own_is_let_in(play: PlayName) -> None:
    """Malformed and unknown project ids are forbidden, never found."""
    mock = mock_of(play)
    for project in Walk(mock).wrong_projects():
        assert mock.answer(Walk(mock).start(mock.notebook_ids[0], project=project)).status == 403


@both_plays
@given(text=st.text(min_size=1))
@settings(max_examples=60, deadline=None)
def test_any_other_id_is_refused(play: PlayName, text: str) -> None:
    """400 or 404 whatever the id is made of, never an exception."""
    mock = CACHED[play]
    encoded = quote(text.encode("utf-8", "surrogatepass"), safe="")
    assert mock.answer(Walk(mock).start(encoded)).status in (400, 404)


CACHED = {play: mock_of(play) for play in BOTH}


def test_an_id_may_be_percent_encoded() -> None:
    """%2d is a hyphen, as in any URL."""
    mock = mock_of()
    encoded = mock.notebook_ids[0].replace("-", "%2D")
    assert mock.answer(Walk(mock).show(encoded)).content["id"] == mock.notebook_ids[0]


@both_plays
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW"])
def test_other_methods_are_not_allowed(play: PlayName, method: str) -> None:
    """405 that names the methods there are; a header that asks for another is not obeyed."""
    mock = mock_of(play)
    call = Walk(mock).call(method, f"/{mock.notebook_ids[0]}/start")
    answer = mock.answer(call.with_header("X-HTTP-Method-Override", "POST"))
    assert (answer.status, dict(answer.headers)["Allow"]) == (405, "POST")
    assert status_of(mock, mock.notebook_ids[0]) == "STOPPED"


def test_a_path_of_no_operation_is_unknown() -> None:
    """404 with an error body."""
    mock = mock_of()
    answer = mock.answer(Call("GET", "/v2/anything", (("X-Auth-Token", mock.token),)))
    assert (answer.status, code(answer)) == (404, "0015")


@both_plays
@pytest.mark.parametrize(
    ("status", "expected"),
    [("RUNNING", 400), ("FROZEN", 400), ("ERROR", 400), ("SNAPSHOTTING", 400), ("DELETED", 404)],
)
def test_a_start_from_another_state_is_refused(play: PlayName, status: str, expected: int) -> None:
    """With the status and a code that the contract lists for that state, and nothing moves."""
    mock = mock_of(play)
    listed = mock.answer(Walk(mock).list(f"status={status}")).content["data"]
    answer = mock.answer(Walk(mock).start(listed[0]["id"]))
    refusals = mock.view.lifecycle.refused("StartNotebook", status) if mock.view.lifecycle else ()
    assert answer.status == expected
    assert answer.content["error_code"] in {c for refusal in refusals for c in refusal.codes}
    assert status_of(mock, listed[0]["id"]) == status


def test_a_second_start_changes_nothing() -> None:
    """Starting what starts or runs is refused and leaves its lease alone."""
    mock = mock_of()
    walk, id_ = Walk(mock), mock.notebook_ids[0]
    first = mock.answer(walk.start(id_, f"duration={5 * HOUR}&type=idle"))
    second = mock.answer(walk.start(id_, f"duration={9 * HOUR}&type=timing"))
    assert second.status == 400
    assert mock.answer(walk.show(id_)).content["lease"] == first.content["lease"]


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 10), ("limit=3", 3), ("limit=100", 19), ("limit=5&offset=17", 2), ("offset=50", 0)],
)
def test_a_list_comes_in_pages(query: str, count: int) -> None:
    """Ten a page unless asked otherwise; total and pages count all there is."""
    mock = mock_of()
    page = mock.answer(Walk(mock).list(query)).content
    assert len(page["data"]) == count
    assert page["total"] == 19
    assert page["pages"] * page["size"] >= page["total"]


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [("status=STOPPED", "status", "STOPPED"), ("feature=DEFAULT", "feature", "DEFAULT")],
)
def test_a_list_keeps_to_its_criteria(query: str, field: str, value: str) -> None:
    """Only what fits is listed, and something does."""
    data = CACHED["observed"].answer(Walk(CACHED["observed"]).list(f"limit=100&{query}"))
    assert {n[field] for n in data.content["data"]} == {value}


def test_a_list_is_sorted_by_creation() -> None:
    """The newest first, or the oldest where that is asked."""
    mock = mock_of()
    orders = {}
    for direction in ("ASC", "DESC"):
        page = mock.answer(Walk(mock).list(f"limit=100&sort_dir={direction}")).content
        orders[direction] = [n["lease"]["create_at"] for n in page["data"]]
    assert orders["ASC"] == sorted(orders["ASC"]) == orders["DESC"][::-1]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=abc", "offset=-1", "status=BOGUS", "sort_dir=up"]
)
def test_a_wrong_criterion_is_refused(query: str) -> None:
    """400 for each."""
    mock = mock_of()
    assert mock.answer(Walk(mock).list(query)).status == 400


def test_a_reset_begins_anew() -> None:
    """The same notebooks as at first, no faults, no recorded requests."""
    mock = mock_of()
    first = mock.answer(Walk(mock).list()).content
    mock.answer(Walk(mock).start(mock.notebook_ids[0]))
    mock.reset()
    assert mock.requests == []
    assert mock.answer(Walk(mock).list()).content == first


def test_the_tokens_stay_out_of_reprs() -> None:
    """A mock in an assertion message shows no token."""
    mock = mock_of()
    mock.answer(Walk(mock).list())
    shown = f"{mock!r} {mock.requests!r}"
    assert mock.project_id in shown
    assert not [t for t in (mock.token, mock.other_token, mock.expired_token) if t in shown]
