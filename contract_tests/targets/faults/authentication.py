"""Faults of authentication: who gets in, and what a refusal does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.cookies import SimpleCookie

from contract_tests.contract import View
from contract_tests.targets.faults.edits import (
    EVERYWHERE,
    LIST,
    SHOW,
    START,
    STOP,
    crash,
    fault,
    short,
    start_behind_the_back,
)
from contract_tests.targets.mock.fault import Alter, Fault, Rewrite, Turn
from contract_tests.targets.mock.service import TOKEN_HEADER
from contract_tests.targets.mock.wire import Answer, Call, refusal

_fault = partial(fault, "authentication")

Trusts = Callable[[Turn], bool]
"""Whether a call is let in that should not be."""


def sent_token(turn: Turn) -> str | None:
    """The token of a call, where the contract wants it."""
    return turn.call.header(TOKEN_HEADER)


def _owner(turn: Turn) -> str:
    """The right token for the project in the path."""
    known = turn.world.credentials
    return (
        known.other_token if turn.ids.get("project_id") == known.other_project_id else known.token
    )


def _tells(test: Callable[[str, str], bool]) -> Trusts:
    """Trust what is sent, compared with the right token."""
    return lambda turn: test(sent_token(turn) or "", _owner(turn))


def _in_query(*names: str) -> Trusts:
    return lambda turn: any(turn.call.parameter(name) == _owner(turn) for name in names)


def _in_header(name: str, prefix: str = "") -> Trusts:
    return lambda turn: turn.call.header(name) == f"{prefix}{_owner(turn)}"


def _in_cookie(turn: Turn) -> bool:
    cookies = SimpleCookie(turn.call.header("Cookie") or "")
    return any(morsel.value == _owner(turn) for morsel in cookies.values())


def _has(name: str, value: str | None = None) -> Trusts:
    def trusts(turn: Turn) -> bool:
        sent = turn.call.header(name)
        return sent is not None and (value is None or sent == value)

    return trusts


TRUSTED: Mapping[str, tuple[str, Trusts]] = {
    "no-token": ("no token", lambda turn: sent_token(turn) is None),
    "empty-token": ("an empty token", lambda turn: sent_token(turn) == ""),
    "any-token": ("any token", lambda turn: bool(sent_token(turn))),
    "any-long-token": ("any token of the right length", _tells(lambda s, t: len(s) == len(t))),
    "anything": ("any call at all", lambda _: True),
    "token-prefix": (
        "the beginning of a token",
        _tells(lambda s, t: len(s) >= 8 and t.startswith(s)),
    ),
    "token-long-prefix": ("a token without its end", _tells(lambda s, t: s == t[:-1])),
    "token-end": ("the end of a token", _tells(lambda s, t: len(s) >= 8 and t.endswith(s))),
    "token-and-more": ("a token with more behind it", _tells(lambda s, t: s.startswith(t))),
    "more-and-token": ("a token with more before it", _tells(lambda s, t: s.endswith(t))),
    "token-within": ("a token anywhere in the header", _tells(lambda s, t: t in s)),
    "same-beginning": ("a token that begins alike", _tells(lambda s, t: s[:8] == t[:8])),
    "changed-end": ("a token whose last character differs", _tells(lambda s, t: s[:-1] == t[:-1])),
    "token-other-case": ("a token in other case", _tells(lambda s, t: s.lower() == t.lower())),
    "token-twice": ("a token twice", _tells(lambda s, t: s == t + t)),
    "token-list": ("a list with the token in it", _tells(lambda s, t: t in s.split(","))),
    "token-bearer": ("Bearer and the token", _tells(lambda s, t: s == f"Bearer {t}")),
    "token-quoted": ("a token in quotation marks", _tells(lambda s, t: s.strip("\"'") == t)),
    "token-null": (
        "null as a token",
        lambda turn: sent_token(turn) in ("null", "undefined", "None"),
    ),
    "token-asterisk": ("an asterisk as a token", lambda turn: sent_token(turn) == "*"),
    "token-sql": ("SQL as a token", lambda turn: "' OR" in (sent_token(turn) or "").upper()),
    "expired-token": (
        "an expired token",
        lambda t: sent_token(t) == t.world.credentials.expired_token,
    ),
    "foreign-token": (
        "the token of another project",
        lambda t: sent_token(t) in (t.world.credentials.other_token, t.world.credentials.token),
    ),
    "query-token": ("a token in the query", _in_query("X-Auth-Token", "x-auth-token")),
    "query-token-named-token": ("a token in the query as token", _in_query("token")),
    "query-access-token": ("a token as access_token", _in_query("access_token", "auth_token")),
    "cookie-token": ("a token in a cookie", _in_cookie),
    "authorization-token": ("a token in Authorization", _in_header("Authorization")),
    "authorization-bearer": ("a bearer token", _in_header("Authorization", "Bearer ")),
    "subject-token": ("a token in X-Subject-Token", _in_header("X-Subject-Token")),
    "x-token": ("a token in X-Token", _in_header("X-Token")),
    "loopback": ("a call that says it is local", _has("X-Forwarded-For", "127.0.0.1")),
    "forwarded-user": ("a user named by a proxy header", _has("X-Forwarded-User")),
    "user-id": ("a user id in a header", _has("X-User-Id")),
    "roles": ("a role in a header", _has("X-Roles")),
    "identity-status": (
        "an identity confirmed by a header",
        _has("X-Identity-Status", "Confirmed"),
    ),
}
"""Calls that are let in wrongly: the words, and how to tell such a call."""


def faults(view: View) -> Iterator[Fault]:
    """Every way in for a start, some of them for the other operations, and bad refusals."""
    del view
    for name, (words, trusts) in TRUSTED.items():
        yield _trusting(name, words, trusts, START)
    for operation in (SHOW, LIST, STOP):
        for name in ("no-token", "any-token", "token-prefix", "expired-token", "foreign-token"):
            yield _trusting(name, *TRUSTED[name], operation)
    yield from _refusals()


def _trusting(name: str, words: str, trusts: Trusts, operation: str) -> Fault:
    return _fault(
        f"{short(operation)}-trusts-{name}",
        f"{operation} lets in {words}",
        f"{operation}:header.X-Auth-Token",
        rewrite=letting_in(trusts, operation),
    )


def letting_in(trusts: Trusts, operation: str) -> Rewrite:
    """Take the calls of an operation that are trusted for calls with the right token."""

    def rewrite(turn: Turn) -> Call:
        if turn.operation != operation or not trusts(turn):
            return turn.call
        call = turn.call.with_query(tuple(pair for pair in turn.call.query if pair[0] in KNOWN))
        return call.with_header(TOKEN_HEADER, _owner(turn))

    return rewrite


KNOWN = ("duration", "type", "limit", "offset")
"""Parameters that a call keeps when it is let in: a token in the query is no parameter."""


def _refusals() -> Iterator[Fault]:
    """Refusals that act, crash, or say something else than they should."""
    for status, words in (
        (401, "unauthenticated"),
        (403, "for a foreign project"),
        (404, "of a foreign notebook"),
    ):
        yield _fault(
            f"start-refused-{status}-acts",
            f"a start {words} is refused, but the notebook starts",
            f"{START}:header.X-Auth-Token",
            alter=_acting(status),
        )
    yield _fault(
        "start-without-token-crashes",
        "a start without a token is a 500",
        f"{START}:header.X-Auth-Token",
        alter=_crashing(lambda turn: sent_token(turn) is None),
    )
    yield _fault(
        "start-odd-token-crashes",
        "a start with a token of another length is a 500",
        f"{START}:header.X-Auth-Token",
        alter=_crashing(_tells(lambda sent, token: sent != "" and len(sent) != len(token))),
    )
    yield _fault(
        "start-foreign-token-crashes",
        "a start with another project's token is a 500",
        f"{START}:header.X-Auth-Token",
        alter=_crashing(lambda turn: sent_token(turn) == turn.world.credentials.other_token),
    )
    yield _fault(
        "right-token-refused",
        "the right token is refused",
        f"{START}:operation.{START}",
        alter=lambda turn, answer: (
            refusal(401, "0203", "Refused.")
            if turn.operation == START and answer.is_success
            else answer
        ),
    )
    yield _fault(
        "everything-open",
        "no operation asks for a token",
        *(f"{operation}:header.X-Auth-Token" for operation in EVERYWHERE),
        rewrite=lambda turn: turn.call.with_header(TOKEN_HEADER, _owner(turn)),
    )


def _acting(status: int) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        if turn.operation == START and answer.status == status:
            start_behind_the_back(turn)
        return answer

    return alter


def _crashing(condition: Trusts) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        is_refused = answer.status in (401, 403, 404)
        return crash() if turn.operation == START and is_refused and condition(turn) else answer

    return alter
