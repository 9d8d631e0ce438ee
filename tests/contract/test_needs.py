"""What a rule reads: nothing that it needs is ever kept from it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.contract import load_contract
from contract_tests.contract.invariants import in_context
from contract_tests.contract.needs import needs_of, pruned

OBSERVED = load_contract().view("observed")
NAMES = ("id", "status", "name", "lease", "url", "data", "duration", "type", "step")


@pytest.mark.parametrize(
    ("rule", "value", "read"),
    [
        ("self.a.b == 1", {"self": {"a": {"b": 1, "c": 2}, "d": 3}}, {"self": {"a": {"b": 1}}}),
        ("has(self.a)", {"self": {"a": 1, "b": 2}}, {"self": {"a": 1}}),
        ("self.a.startsWith(self.b)", {"self": {"a": "x", "c": 1}}, {"self": {"a": "x"}}),
        ("self == now", {"self": {"a": 1}, "now": 2}, {"self": {"a": 1}, "now": 2}),
        ('self["a"] == 1', {"self": {"a": 1, "b": 2}}, {"self": {"a": 1, "b": 2}}),
        ("size(self.a) > 0", {"self": {"a": [{"b": 1}]}}, {"self": {"a": [{}]}}),
        ("size(self.a) > 0", {"self": {"a": {"b": 1}}}, {"self": {"a": {"b": 1}}}),
        (
            "self.a.all(n, n.b == 1)",
            {"self": {"a": [{"b": 1, "c": 2}]}},
            {"self": {"a": [{"b": 1}]}},
        ),
        (
            "self.a.filter(n, n.b == 1).all(n, n.c == 2)",
            {"self": {"a": [{"b": 1, "c": 2, "d": 3}]}},
            {"self": {"a": [{"b": 1, "c": 2}]}},
        ),
        (
            "self.a.filter(n, n.b == 1).all(m, m.c == 2)",
            {"self": {"a": [{"b": 1, "c": 2, "d": 3}]}},
            {"self": {"a": [{"b": 1, "c": 2, "d": 3}]}},
        ),
        ("self.all(k, k in now)", {"self": {"a": 1}, "now": {}}, {"self": {"a": 1}, "now": {}}),
        ('self.a == "before.b"', {"self": {"a": 1}, "before": {"b": 1}}, {"self": {"a": 1}}),
    ],
)
def test_only_what_a_rule_reads_is_handed_to_it(rule: str, value: Any, read: Any) -> None:
    """Fields that it names, and all of a value where its text leaves a doubt."""
    assert pruned(value, needs_of([rule])) == read


def values() -> st.SearchStrategy[Any]:
    """Values with the fields that rules speak of, of right and of wrong types."""
    leaves = st.sampled_from(["", "a", "RUNNING", "STOPPED", "timing"]) | st.integers(0, 3)
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
        ),
        max_leaves=12,
    )


@given(values(), st.sampled_from(OBSERVED.all_invariants), st.sampled_from([200, 404]), st.data())
def test_a_rule_says_the_same_of_what_it_reads_as_of_all(
    value: Any, invariant: Any, status: int, data: st.DataObject
) -> None:
    """For every rule of the contract, whatever it is asked of."""
    seen = {name: data.draw(values()) for name in ("before", "after", "listed")}
    lists = {name: [data.draw(values())] for name in ("neighbours_before", "neighbours_after")}
    request = {"path": {"id": "a"}, "query": {"type": "timing", "duration": 3}, "headers": {}}
    response = {"status": status, "body": value, "headers": {}}
    variables = {**seen, **lists, "self": value, "request": request, "response": response, "now": 2}
    read = pruned(variables, needs_of([invariant.when, invariant.rule]))
    assert invariant.holds(in_context(read)) == invariant.holds(in_context(variables))
