"""Each rule of change is shown at work: the samples of its docstring, forwards and backwards."""

from __future__ import annotations

import pytest

from contract_tests.changes import Change, ChangeRule, Effect, all_rules, diff
from tests.changes.samples import sample, sample_view

RULES = {rule.id: rule for rule in all_rules()}
ONE_SIDED = {"default-changed": {"request"}, "media-type-added": {"request"}}
ONE_SIDED["media-type-removed"] = {"request"}
"""Rules that speak of both sides, whose sample shows one."""


def _found(rule: ChangeRule, *, backwards: bool = False) -> tuple[Change, ...]:
    views = [sample_view(sample(rule.doc, title), f"{title}.yaml") for title in ("Old", "New")]
    return diff(*(reversed(views) if backwards else views))


def _sides(rule: ChangeRule) -> set[str]:
    if rule.id in ONE_SIDED:
        return ONE_SIDED[rule.id]
    if rule.level in ("schema", "content"):
        return {"request", "response"}
    return {rule.side}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_sample_shows_the_change(rule: ChangeRule) -> None:
    """Its own rule speaks, once a side and with the effect that it declares; no other does."""
    found = _found(rule)
    assert {change.rule for change in found} == {rule.id}
    assert sorted(change.side for change in found) == sorted(_sides(rule))
    for change in found:
        assert change.effect is rule.effect(change.side)
        assert change.message
        assert [str(source.file) for source in (change.old, change.new) if source] in (
            ["Old.yaml", "New.yaml"],
            ["Old.yaml"],
            ["New.yaml"],
        )
        assert all(source.line > 0 for source in (change.old, change.new) if source)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_backwards_the_inverse_speaks(rule: ChangeRule) -> None:
    """The same pair, NEW before OLD."""
    assert {change.rule for change in _found(rule, backwards=True)} == {rule.inverse}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_is_documented(rule: ChangeRule) -> None:
    """It says what changed, and why that matters."""
    title, blank, why = rule.doc.split("\n", 2)
    assert title.endswith(".")
    assert not blank
    assert why.partition("Old::")[0].strip()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_change_and_its_inverse_are_classified_oppositely(rule: ChangeRule) -> None:
    """What breaks OLD's clients breaks, backwards, nobody or NEW's; only `…-changed` is its own.

    In a request one of the two is harmless. In an answer that is so for what comes and goes;
    what is accepted breaks OLD's clients when it grows and NEW's when it shrinks.
    """
    inverse = RULES[rule.inverse]
    if inverse.inverse != rule.id or rule is inverse:
        return
    if rule.request is not None:
        assert {rule.request, inverse.request} == {Effect.BREAKS_OLD, Effect.HARMLESS} or (
            rule.level == "views" or rule.id == "media-type-added"
        )
    if rule.response is not None:
        assert rule.response is not inverse.response


def test_the_inverse_of_the_inverse_is_the_rule_itself() -> None:
    """But for a parameter that has to be sent: removed, it is a parameter removed."""
    strange = [r.id for r in RULES.values() if RULES[r.inverse].inverse != r.id]
    assert strange == ["required-parameter-added"]
