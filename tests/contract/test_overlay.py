"""Overlay 1.0: what an action does, and which do nothing."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.contract import Document, apply_overlay, parse_document, read_overlay
from contract_tests.errors import InputError

SPEC = """\
info:
  title: T
  tags: [a, b]
paths:
  /x: {get: {summary: old}}
  /y: {get: {summary: old}}
list:
  - {name: one}
  - {name: two}
  - {name: three}
"""


def overlaid(*actions: dict[str, Any], spec: str = SPEC) -> Document:
    """The spec with actions applied."""
    root = {"overlay": "1.0.0", "info": {"title": "O", "version": "1"}, "actions": list(actions)}
    overlay = parse_document(yaml.safe_dump(root, sort_keys=False), "overlay.yaml")
    return apply_overlay(parse_document(spec, "spec.yaml"), read_overlay(overlay))


def test_an_object_is_merged_recursively() -> None:
    """Same names are replaced, new ones added, others stay."""
    result = overlaid({"target": "$.paths['/x']", "update": {"get": {"summary": "new", "z": 1}}})
    assert result.data["paths"]["/x"] == {"get": {"summary": "new", "z": 1}}
    assert result.data["paths"]["/y"] == {"get": {"summary": "old"}}


def test_an_array_inside_an_update_is_concatenated() -> None:
    """How a value joins an enumeration."""
    assert overlaid({"target": "$.info", "update": {"tags": ["c"]}}).data["info"]["tags"] == [
        *("a", "b"),
        "c",
    ]


def test_an_array_takes_an_update_as_one_entry() -> None:
    """Overlay 1.0 appends what it is given, a list too, as one."""
    result = overlaid({"target": "$.info.tags", "update": ["c", "d"]})
    assert result.data["info"]["tags"] == ["a", "b", ["c", "d"]]


def test_a_value_of_another_type_is_replaced() -> None:
    """An object where a text was, and the other way round."""
    result = overlaid({"target": "$", "update": {"list": "gone", "info": {"title": {"en": "T"}}}})
    assert result.data["list"] == "gone"
    assert result.data["info"]["title"] == {"en": "T"}


def test_a_target_may_select_several_parts() -> None:
    """The update is applied to each of them."""
    result = overlaid({"target": "$.paths.*.get", "update": {"summary": "new"}})
    assert [path["get"]["summary"] for path in result.data["paths"].values()] == ["new", "new"]


def test_removing_takes_each_target_out_of_what_holds_it() -> None:
    """Several items of one array at once, and the lines of what is left stay right."""
    result = overlaid({"target": "$.list[?@.name != 'two']", "remove": True})
    assert result.data["list"] == [{"name": "two"}]
    assert str(result.source(("list", 0, "name"))) == "spec.yaml:9"


def test_removing_wins_over_updating() -> None:
    """As the specification says."""
    result = overlaid({"target": "$.list", "remove": True, "update": {"name": "x"}})
    assert "list" not in result.data


def test_actions_apply_in_order() -> None:
    """The second sees what the first did."""
    result = overlaid(
        {"target": "$.info", "update": {"more": {}}},
        {"target": "$.info.more", "update": {"deep": 1}},
    )
    assert result.data["info"]["more"] == {"deep": 1}


def test_what_an_overlay_brings_has_the_overlay_as_its_source() -> None:
    """And what was there before keeps its own file and line."""
    result = overlaid({"target": "$.info", "update": {"tags": ["c"], "title": "N"}})
    assert result.source(("info", "tags", 2)).file == "overlay.yaml"
    assert result.source(("info", "title")).file == "overlay.yaml"
    assert str(result.source(("info", "tags", 1))) == "spec.yaml:3"


@given(st.sampled_from(["$", "$.info", "$.paths.*", "$.paths['/x'].get", "$.list[0]"]))
def test_an_empty_update_changes_nothing(target: str) -> None:
    """Merging with nothing is the identity, wherever."""
    assert overlaid({"target": target, "update": {}}).data == yaml.safe_load(SPEC)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers() | st.text(max_size=3)))
def test_an_update_without_arrays_may_be_applied_twice(update: dict[str, Any]) -> None:
    """Merging the same object again changes nothing more."""
    action = {"target": "$.info", "update": update}
    assert overlaid(action, action).data == overlaid(action).data


def test_the_spec_itself_stays_as_it_is() -> None:
    """The documented view and the observed one are made from the same document."""
    spec = parse_document(SPEC, "spec.yaml")
    before, sources = copy.deepcopy(spec.data), dict(spec.sources)
    text = "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions:\n"
    text += "  - {target: $.info, update: {tags: [c]}}\n  - {target: $.list, remove: true}"
    apply_overlay(spec, read_overlay(parse_document(text, "o.yaml")))
    assert (spec.data, spec.sources) == (before, sources)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ({"target": "$.nowhere", "update": {}}, "the target $.nowhere matches nothing"),
        ({"target": "$.list[?@.name == 'x']", "remove": True}, "matches nothing"),
        ({"target": "$.info.title", "update": {}}, "$.info.title is neither an object nor an"),
        ({"target": "$.info[", "update": {}}, "is no JSONPath"),
        ({"target": "info", "update": {}}, "is no JSONPath"),
        ({"target": "$.info", "update": [1]}, "$.info is an object, the update is none"),
        ({"target": "$", "remove": True}, "the root cannot be removed"),
    ],
)
def test_an_action_that_can_do_nothing_is_an_error(action: dict[str, Any], words: str) -> None:
    """With the file and the line of the action, and a remedy."""
    with pytest.raises(InputError) as raised:
        overlaid({"target": "$.info", "update": {}}, action)
    assert words in str(raised.value)
    assert str(raised.value).startswith("overlay.yaml:")
    assert raised.value.line is not None
    assert raised.value.line >= 7


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("overlay: 1.1.0", "o.yaml:1: no OpenAPI Overlay 1.0"),
        ("- 1", "o.yaml:1: no OpenAPI Overlay 1.0"),
        ("overlay: 1.0.0\nactons: []", "o.yaml:2: an overlay has no 'actons'"),
        ("overlay: 1.0.0\ninfo: {title: T}\nactions: [{}]", "o.yaml:2: info has no title or"),
        ("overlay: 1.0.0\ninfo: {title: T, version: V}\nactions: []", "o.yaml:3: no actions"),
        (
            "overlay: 1.0.0\ninfo: {title: T, version: V}\nactions:\n  - {update: {}}",
            "o.yaml:4: an action has no target",
        ),
        (
            "overlay: 1.0.0\ninfo: {title: T, version: V}\nactions:\n  - {target: $}",
            "o.yaml:4: an action neither updates nor removes",
        ),
        (
            "overlay: 1.0.0\ninfo: {title: T, version: V}\nactions:\n  - {target: $, upd: {}}",
            "o.yaml:4: an action has no 'upd'",
        ),
    ],
)
def test_what_is_no_overlay_is_refused(text: str, words: str) -> None:
    """With the line of what is wrong."""
    with pytest.raises(InputError) as raised:
        read_overlay(parse_document(text, "o.yaml"))
    assert words in str(raised.value)


def test_extensions_are_allowed() -> None:
    """`x-` names belong to whoever writes them; this toolkit reads `x-ledger`."""
    text = "overlay: 1.0.0\nx-mine: 1\ninfo: {title: T, version: V}\n"
    text += "actions:\n  - {target: $, update: {}, x-ledger: entry, x-other: 1}"
    (action,) = read_overlay(parse_document(text, "o.yaml")).actions
    assert (action.ledger, str(action.source)) == ("entry", "o.yaml:5")
