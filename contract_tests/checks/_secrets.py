"""Secrets stay out of what checks say of an exchange: values, messages, names of fields.

Those that the exchange knows of, and whatever stands in a place of secrets (`?token=`).

Concealed where a finding is made, so that its fingerprint is that of what is shown.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from contract_tests.findings import Claim, Finding, Place
from contract_tests.masking import Masker

Secrets = tuple[str, ...]


def conceal(finding: Finding, secrets: Secrets) -> Finding:
    """The finding without secrets; its exchange, which is masked where it is shown, stays."""
    return replace(
        finding,
        place=conceal_place(finding.place, secrets),
        message=conceal_text(finding.message, secrets),
        values=conceal_texts(finding.values, secrets),
        claims=tuple(_conceal_claim(claim, secrets) for claim in finding.claims),
    )


def conceal_place(place: Place, secrets: Secrets) -> Place:
    """The place without secrets: an answer may have one for the name of a field."""
    return replace(place, field=conceal_text(place.field, secrets))


def conceal_texts(texts: tuple[str, ...], secrets: Secrets) -> tuple[str, ...]:
    """Some texts without secrets."""
    return tuple(conceal_text(text, secrets) for text in texts)


def conceal_text(text: str, secrets: Secrets) -> str:
    """A text without secrets."""
    return _masker(secrets).text(text)


def _conceal_claim(claim: Claim, secrets: Secrets) -> Claim:
    return replace(claim, says=conceal_text(claim.says, secrets))


@lru_cache(maxsize=64)
def _masker(secrets: Secrets) -> Masker:
    return Masker(secrets)
