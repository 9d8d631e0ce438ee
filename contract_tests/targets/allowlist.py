"""Which requests a live target may see: the contract's operations on the target's resources.

Anything else is withheld until `--allow WORD` lets it through. The rules judge each reading of a
request (see `reach`), so that an override header is no way round them.
"""

from __future__ import annotations

from contract_tests.exchange import Request, header
from contract_tests.targets import reach
from contract_tests.targets.resource import ID, PROJECT
from contract_tests.targets.routes import Matched, Routes
from contract_tests.targets.target import Target

FOREIGN_HOST = "foreign-host"
"""The rule that no `--allow` lifts: a credential goes to the target's host only."""
READ_ONLY = "read-only"


def refusal(request: Request, target: Target, routes: Routes) -> str | None:
    """The rule that keeps a request back: a word of `--allow`, or one that nothing lifts."""
    if not _is_for(request.url, target):
        return FOREIGN_HOST
    if target.read_only and any(method != "GET" for method in reach.methods(request)):
        return READ_ONLY
    if "all" in target.allow:
        return None
    words = sorted(_needed(request, target, routes))
    return next((word for word in words if not target.allows(word)), None)


def _is_for(url: str, target: Target) -> bool:
    rest = url.removeprefix(target.origin)
    return url.startswith(target.origin) and (not rest or rest[0] in "/?#")


def _needed(request: Request, target: Target, routes: Routes) -> set[str]:
    """The words of `--allow` without which a live target does not see the request."""
    host = header(request.headers, "host")
    needed = set() if host in {None, target.host} else {"unlisted-hosts"}
    for path in reach.paths(request, target):
        known = [m for r in routes.operations if (m := routes.match(r.method, path)) is not None]
        if not known:
            needed.add("unlisted-paths")
        elif any(routes.match(method, path) is None for method in reach.methods(request)):
            needed.add("unlisted-methods")
        for matched in known:
            needed |= _unlisted(matched, target)
    return needed


def _unlisted(matched: Matched, target: Target) -> set[str]:
    needed = set()
    if matched.path_params.get(PROJECT, target.project_id) != target.project_id:
        needed.add("unlisted-projects")
    if ID in matched.path_params and matched.path_params[ID] not in target.notebook_ids:
        needed.add("unlisted-ids")
    return needed
