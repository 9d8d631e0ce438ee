"""What the page says where a finding of the service stands: the value of the third party."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from contract_tests.findings import Claim, Finding
from contract_tests.threeway.aspects import PRESENCE, aspect_of
from contract_tests.threeway.drift import SILENT
from contract_tests.threeway.said import Says


def page_claims(findings: Iterable[Finding], page: Says) -> Mapping[str, Claim]:
    """By fingerprint, what the page says of the same aspect of the same place.

    Findings that speak of no aspect (a crash, a leak) have none: no page says anything of them.
    """
    found = ((finding.fingerprint, _claim(finding, page)) for finding in findings)
    return {fingerprint: claim for fingerprint, claim in found if claim}


def _claim(finding: Finding, page: Says) -> Claim | None:
    if finding.exchange is None:
        return None
    if finding.id == "undocumented-status":
        return Claim("page", ", ".join(_statuses(page)) or SILENT)
    aspect, said = aspect_of(finding), page.get(finding.place.name)
    if aspect is None:
        return None
    if said is None:
        return Claim("page", SILENT)
    stated = {PRESENCE: "present"} | {str(name): words for name, words in said.aspects.items()}
    return Claim("page", stated.get(aspect, SILENT), said.source)


def _statuses(page: Says) -> list[str]:
    return sorted(name.removeprefix("status.") for name in page if name.startswith("status."))
