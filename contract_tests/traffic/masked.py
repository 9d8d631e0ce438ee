"""A finding as it may be kept and shown: its exchange masked, and what its words quote of that.

Checks keep silent about the secrets that an exchange knows of; what stands in a place of secrets,
as in the words of a transport that failed, is hidden here.
"""

from __future__ import annotations

from dataclasses import replace

from contract_tests.findings import Finding
from contract_tests.masking import Masker


def masked(finding: Finding) -> Finding:
    """The same finding, of the same shape, its exchange among what is masked."""
    exchange = finding.exchange
    masker = Masker(exchange.secrets if exchange else ())
    return replace(
        finding,
        place=replace(finding.place, field=masker.text(finding.place.field)),
        message=masker.text(finding.message),
        values=tuple(masker.text(value) for value in finding.values),
        claims=tuple(replace(claim, says=masker.text(claim.says)) for claim in finding.claims),
        exchange=exchange and masker.exchange(exchange),
    )
