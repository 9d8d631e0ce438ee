"""Whether a target can be tested at all, told in one line before a run begins."""

from __future__ import annotations

from contract_tests.errors import TargetError
from contract_tests.exchange import Failure, Response, header
from contract_tests.targets.notebooks import Notebooks
from contract_tests.targets.resource import LIST, SHOW
from contract_tests.targets.target import Target

UNAUTHORIZED = 401
ADVICE = {
    "unreachable": "check --base-url, and --ca-file if its certificate is your own",
    "timeout": "check --base-url, or wait longer with --timeout",
}


def require_reachable(target: Target, notebooks: Notebooks) -> None:
    """Ask for the list and one notebook, and judge only what speaks against all of a run.

    Raises:
        TargetError: nothing answers; or both answers are HTML, or refuse the credentials.
    """
    first = target.notebook_ids[0] if target.notebook_ids else ""
    asked = (notebooks.ask(name, target.project_id, first) for name in (SHOW, LIST))
    answers = [answer for answer in asked if answer is not None]
    failures = [answer.failure for answer in answers if answer.response is None]
    if answers and len(failures) == len(answers) and failures[0] is not None:
        raise TargetError(_unanswered(target, failures[0]))
    responses = [answer.response for answer in answers if answer.response is not None]
    if responses and all(_is_html(response) for response in responses):
        raise TargetError(f"{target.base_url} answers HTML, not this API; check --base-url")
    if responses and all(response.status == UNAUTHORIZED for response in responses):
        raise TargetError(f"{target.base_url} refuses the credentials (401); renew them")


def _unanswered(target: Target, failure: Failure) -> str:
    advice = ADVICE.get(failure.kind, "check --base-url")
    return f"{target.base_url} does not answer ({failure.kind}: {failure.detail}); {advice}"


def _is_html(response: Response) -> bool:
    media = (header(response.headers, "content-type") or "").lower()
    return "html" in media or response.body.lstrip()[:9].lower() in {b"<!doctype", b"<html>"}
