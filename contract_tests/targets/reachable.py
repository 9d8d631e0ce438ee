"""Whether a target can be tested at all, told in one line before a run begins."""

from __future__ import annotations

from contract_tests.errors import TargetError
from contract_tests.exchange import Response, header
from contract_tests.targets.notebooks import Notebooks
from contract_tests.targets.resource import LIST, SHOW
from contract_tests.targets.target import Target
from contract_tests.targets.wire import Answer

UNAUTHORIZED = 401
ADVICE = {
    "unreachable": "check --base-url, and --ca-file if its certificate is your own",
    "timeout": "check --base-url, or wait longer with --timeout",
}


def require_reachable(target: Target, notebooks: Notebooks) -> None:
    """Ask for one notebook, and where the answer speaks against a run, for the list of them.

    Only what speaks against all of a run ends it here; the rest is for the tests to find.

    Raises:
        TargetError: nothing answers; or both answers are HTML, or refuse the credentials.
    """
    first = target.notebook_ids[0] if target.notebook_ids else ""
    problems: list[str] = []
    for operation in (SHOW, LIST):
        answer = notebooks.ask(operation, target.project_id, first)
        problem = _problem(target, answer) if answer else None
        if answer and problem is None:
            return
        problems += [problem] if problem else []
    if problems:
        raise TargetError(problems[0])


def _problem(target: Target, answer: Answer) -> str | None:
    """Why an answer speaks against a run; None where it does not."""
    response, failure = answer.response, answer.failure
    if response is None:
        kind, detail = (failure.kind, failure.detail) if failure else ("", "")
        advice = ADVICE.get(kind, "check --base-url")
        return f"{target.base_url} does not answer ({kind}: {detail}); {advice}"
    if response.status == UNAUTHORIZED:
        return f"{target.base_url} refuses the credentials (401); renew them"
    if _is_html(response):
        return f"{target.base_url} answers HTML, not this API; check --base-url"
    return None


def _is_html(response: Response) -> bool:
    media = (header(response.headers, "content-type") or "").lower()
    return "html" in media or response.body.lstrip()[:9].lower() in {b"<!doctype", b"<html>"}
