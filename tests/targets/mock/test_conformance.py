"""The clean mock follows its view to the letter: schemas, invariants, statuses, every value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.contract import typed
from contract_tests.targets.mock import PLAYS, Answer, Call, Mock, PlayName
from tests.targets.mock.calls import HOUR, Clock, Walk, meet
from tests.targets.mock.worlds import BOTH, mock_of, view_of

both_plays = pytest.mark.parametrize("play", BOTH)

BY_A_ROUTER = {400, 404, 405}
"""What a path of no operation may be answered with."""


@cache
def walked(play: PlayName) -> tuple[tuple[Call, Answer], ...]:
    """The whole walk, with the answers of a clean mock."""
    clock = Clock()
    mock = mock_of(play, seed=3, clock=clock)
    return tuple((call, mock.answer(call)) for call in meet(mock, clock))


def around(play: PlayName, call: Call, answer: Answer) -> Mapping[str, Any]:
    """What the invariants of an exchange may speak of."""
    match = view_of(play).match(call.method, call.path)
    assert match is not None
    known = {p.name: p for p in match.operation.parameters if p.location == "query"}
    query = {name: typed(known[name], text) for name, text in call.query if name in known}
    return {
        "request": {
            "method": call.method,
            "path": dict(match.path_params),
            "query": query,
            "headers": {name.lower(): value for name, value in call.headers},
        },
        "response": {"status": answer.status, "headers": {}, "body": answer.content},
        "now": int(Clock().now * 1000),
    }


def breaches(play: PlayName, call: Call, answer: Answer) -> list[str]:
    """What of an answer the view does not allow."""
    view = view_of(play)
    match = view.match(call.method, call.path)
    if match is None:
        return [] if answer.status in BY_A_ROUTER else [f"status {answer.status}"]
    name = match.operation.id
    found = [] if answer.status in match.operation.statuses else [f"status {answer.status}"]
    media = dict(answer.headers)["Content-Type"]
    violations = view.response_violations(name, answer.status, media, answer.content)
    found += [f"{v.place}: {v.message}" for v in violations]
    extra = view.undocumented_fields(name, answer.status, answer.content)
    found += [f"{place} is not documented" for place, _, _ in extra]
    outcomes = view.evaluate(name, around(play, call, answer))
    found += [f"{o.invariant.id} does not hold" for o in outcomes if o.held is False]
    return found


@both_plays
def test_every_answer_is_what_its_view_allows(play: PlayName) -> None:
    """Status, media type, schema, fields and invariants, for right and wrong calls alike."""
    for call, answer in walked(play):
        if not is_ambiguous(play, call):
            assert breaches(play, call, answer) == [], call


def is_ambiguous(play: PlayName, call: Call) -> bool:
    """Whether the call repeats a parameter: which of its values counts, no source says."""
    names = [name for name, _ in call.query]
    return play == "observed" and len(names) > len(set(names))


@both_plays
def test_every_documented_success_and_refusal_comes_up(play: PlayName) -> None:
    """The walk meets each status of a start that its play knows."""
    view, seen = view_of(play), set()
    for call, answer in walked(play):
        match = view.match(call.method, call.path)
        if match and match.operation.id == "StartNotebook":
            seen.add(answer.status)
    assert seen == {*PLAYS[play].success, 400, 401, 403, 404}


def scalars(value: Any, way: str = "") -> Iterator[tuple[str, Any]]:
    """Every scalar of a value with the dotted way to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from scalars(inner, f"{way}.{key}".strip("."))
    elif isinstance(value, list):
        for item in value:
            yield from scalars(item, way)
    else:
        yield way, value


def enumerations(
    document: Mapping[str, Any], schema: Mapping[str, Any], way: str = ""
) -> Iterator[tuple[str, list[Any]]]:
    """Every enumeration below a schema with the dotted way to it."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "enum" in schema:
        yield way, schema["enum"]
    for key, inner in schema.get("properties", {}).items():
        yield from enumerations(document, inner, f"{way}.{key}".strip("."))
    if "items" in schema:
        yield from enumerations(document, schema["items"], way)


@both_plays
def test_every_value_of_every_enumeration_is_answered(play: PlayName) -> None:
    """A list of all notebooks and starts of both types show all there is."""
    mock = mock_of(play)
    walk, seen = Walk(mock), defaultdict(set)
    listed = mock.answer(walk.list()).content["data"]
    started = [
        mock.answer(walk.start(i, q)).content
        for i, q in zip(mock.notebook_ids, TYPES, strict=False)
    ]
    for way, value in scalars([*listed, *started]):
        seen[way].add(value)
    schemas = view_of(play).document["components"]["schemas"]
    for way, values in enumerations(view_of(play).document, schemas["NotebookResp"]):
        usable = {v for v in values if f"{way}.{v}" not in NEVER[play]}
        assert seen[way] >= usable, way


TYPES = ("type=timing", "type=idle")

NEVER: Mapping[PlayName, set[str]] = {
    "documented": set(),
    "observed": {"volume.category.SFS", "lease.type.timing", "lease.type.idle"},
}
"""What the observed view accepts and the service was never seen to answer."""


@both_plays
def test_optional_fields_come_and_go(play: PlayName) -> None:
    """Of the fields that may be absent each stands in some notebooks and lacks in others."""
    mock = mock_of(play)
    listed = mock.answer(Walk(mock).list()).content["data"]
    optional = {"description", "endpoints", "flavor", "pool", "token", "url", "user", "fail_reason"}
    for name in optional:
        assert 0 < sum(name in notebook for notebook in listed) < len(listed), name


def test_the_plays_spell_the_lease_type_each_in_its_way() -> None:
    """Lower case on the page, upper case from the service."""
    spelled = {
        play: {
            n["lease"]["type"]
            for n in mock_of(play).answer(Walk(mock_of(play)).list()).content["data"]
        }
        for play in BOTH
    }
    assert spelled == {"documented": {"timing", "idle"}, "observed": {"TIMING", "IDLE"}}


def test_the_observed_play_shows_what_the_page_lacks() -> None:
    """Root fields of the service, and its categories; the documented play has none of them."""
    observed, documented = (
        mock_of(play).answer(Walk(mock_of(play)).list()).content["data"]
        for play in ("observed", "documented")
    )
    for name in ("create_at", "update_at", "user_id"):
        assert any(name in notebook for notebook in observed)
        assert not any(name in notebook for notebook in documented)
    assert {n["volume"]["category"] for n in observed} == {"EFS", "EVS"}
    assert {n["volume"]["category"] for n in documented} == {"SFS", "EVS"}


@both_plays
@given(seed=st.integers(0, 2**32))
@settings(max_examples=8, deadline=None)
def test_any_seed_makes_a_valid_world(play: PlayName, seed: int) -> None:
    """Whatever the seed: list, look and start satisfy the view, and ids do not repeat."""
    mock = mock_of(play, seed=seed)
    walk = Walk(mock)
    ids = (*mock.notebook_ids, *mock.other_notebook_ids)
    assert len({*ids}) == len(ids)
    calls = [walk.list(), *(walk.show(id_) for id_ in mock.notebook_ids)]
    calls += [walk.start(id_, f"duration={7 * HOUR}&type=idle") for id_ in mock.notebook_ids]
    for call in calls:
        assert breaches(play, call, mock.answer(call)) == []


@both_plays
def test_a_seed_makes_one_world(play: PlayName) -> None:
    """The same seed and calls give the same answers; another seed gives others."""
    first, second, other = (mock_of(play, seed=seed) for seed in (5, 5, 6))
    assert answers_of(first) == answers_of(second)
    assert not {first.token, *first.notebook_ids} & {other.token, *other.notebook_ids}


def answers_of(mock: Mock) -> list[bytes]:
    """The bodies of one life of a notebook, and the list after it."""
    walk = Walk(mock)
    return [mock.answer(call).body for call in (*list(walk.lives())[:20], walk.list())]


@both_plays
def test_several_notebooks_can_be_started(play: PlayName) -> None:
    """At least four own notebooks are STOPPED, and they come first."""
    mock = mock_of(play)
    statuses = [mock.answer(Walk(mock).show(id_)).content["status"] for id_ in mock.notebook_ids]
    assert statuses[:4] == ["STOPPED"] * 4
    lifecycle = view_of(play).lifecycle
    assert lifecycle is not None
    assert {*statuses} == {*lifecycle.states}
