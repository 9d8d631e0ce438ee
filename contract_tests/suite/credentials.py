"""Every way in which a call's credentials can be wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from contract_tests.exchange import Expectation, Headers
from contract_tests.suite.probes import Probe
from contract_tests.targets.session import Session

UNAUTHENTICATED = (401,)
FORBIDDEN = (401, 403, 404)
"""The page lists 401, 403 and 404 and does not say which a foreign project gets."""
MALFORMED = (400, 401, 403, 404, 405)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is sent in place of the right credentials."""

    headers: Headers = ()
    query: str = ""
    project: str | None = None
    authenticated: bool = False


@dataclass(frozen=True, slots=True)
class Credential:
    """One kind of wrong credentials; `make` gives None where the target lacks what it needs."""

    reason: str
    about: str
    make: Callable[[Session], Wrong | None]
    statuses: tuple[int, ...] = UNAUTHENTICATED
    needs: str = "the target's scheme has no token"

    def probe(self, operation: str, session: Session) -> Probe | None:
        """The probe for one operation."""
        wrong = self.make(session)
        if wrong is None:
            return None
        return Probe(
            operation,
            Expectation("refused", "authentication", self.about, self.reason, self.statuses),
            path={} if wrong.project is None else {"project_id": wrong.project},
            query=wrong.query,
            headers=wrong.headers,
            authenticated=wrong.authenticated,
        )


def _token(change: Callable[[str], str]) -> Callable[[Session], Wrong | None]:
    """The own token, changed."""

    def make(session: Session) -> Wrong | None:
        token = session.token
        if token is None:
            return None
        changed = change(str(token))
        return None if changed == str(token) else Wrong(headers=(("X-Auth-Token", changed),))

    return make


def _carried(carry: Callable[[str], Wrong]) -> Callable[[Session], Wrong | None]:
    """The own token, carried somewhere else than in its header."""
    return lambda session: None if session.token is None else carry(str(session.token))


def _other(name: str) -> Callable[[Session], Wrong | None]:
    """Another credential of the environment: `other_token` or `expired_token`."""

    def make(session: Session) -> Wrong | None:
        token = getattr(session.secrets, name)
        return None if token is None else Wrong(headers=(("X-Auth-Token", token),))

    return make


def _project(change: Callable[[str], str]) -> Callable[[Session], Wrong | None]:
    """The right token, with another project in the path."""
    return lambda session: Wrong(project=change(session.target.project_id), authenticated=True)


def _foreign_project(session: Session) -> Wrong | None:
    other = session.target.other_project_id
    return None if other is None else Wrong(project=other, authenticated=True)


def _tokens() -> Iterator[Credential]:
    changes: dict[str, Callable[[str], str]] = {
        "an empty token": lambda _: "",
        "a blank token": lambda _: " ",
        "a made-up token": lambda _: "made-up",
        "a token without its last character": lambda t: t[:-1],
        "a token without its first character": lambda t: t[1:],
        "half a token": lambda t: t[: len(t) // 2],
        "the first eight characters of a token": lambda t: t[:8],
        "a token with a character behind it": lambda t: f"{t}x",
        "a token with a character before it": lambda t: f"x{t}",
        "a token with a letter changed": lambda t: t[:-1] + ("0" if t[-1] != "0" else "1"),
        "a token in other case": str.swapcase,
        "a token in capitals": str.upper,
        "a token in small letters": str.lower,
        "a token twice": lambda t: t + t,
        "a token reversed": lambda t: t[::-1],
        "a token with a word behind it": lambda t: f"{t} admin",
        "two tokens, the first right": lambda t: f"{t},made-up",
        "a token as a bearer": lambda t: f"Bearer {t}",
        "a token in quotation marks": lambda t: f'"{t}"',
        "null as a token": lambda _: "null",
        "an asterisk as a token": lambda _: "*",
        "SQL as a token": lambda _: "' OR '1'='1",
    }
    for reason, change in changes.items():
        yield Credential(reason, "header.X-Auth-Token", _token(change))


def _in_query(name: str) -> Credential:
    make = _carried(lambda token: Wrong(query=f"{name}={token}"))
    return Credential(f"the token in the query as {name}", "header.X-Auth-Token", make)


def _in_cookie(name: str) -> Credential:
    make = _carried(lambda token: Wrong(headers=(("Cookie", f"{name}={token}"),)))
    return Credential(f"the token in a cookie {name}", "header.X-Auth-Token", make)


def _in_header(name: str, prefix: str = "") -> Credential:
    make = _carried(lambda token: Wrong(headers=((name, f"{prefix}{token}"),)))
    return Credential(f"the token in {name}: {prefix}", "header.X-Auth-Token", make)


def _instead(name: str, value: str) -> Credential:
    make = _carried(lambda _: Wrong(headers=((name, value),)))
    return Credential(f"no token but {name}", "header.X-Auth-Token", make)


def _carriers() -> Iterator[Credential]:
    """The right token in the wrong place, and headers that claim to have been let in already."""
    yield from map(_in_query, ("X-Auth-Token", "token", "auth_token", "access_token"))
    yield from map(_in_cookie, ("X-Auth-Token", "token", "session"))
    yield from map(_in_header, ("Authorization", "X-Token", "X-Subject-Token", "Auth-Token"))
    yield _in_header("Authorization", "Bearer ")
    yield _instead("X-Forwarded-For", "127.0.0.1")
    yield _instead("X-Original-URL", "/")
    yield _instead("X-Forwarded-User", "admin")
    yield _instead("X-User-Id", "admin")
    yield _instead("X-Roles", "admin")
    yield _instead("X-Identity-Status", "Confirmed")


def _projects() -> Iterator[Credential]:
    yield Credential(
        "the token of another project",
        "header.X-Auth-Token",
        _other("other_token"),
        FORBIDDEN,
        "set CONTRACT_TESTS_OTHER_TOKEN",
    )
    yield Credential(
        "an expired token",
        "header.X-Auth-Token",
        _other("expired_token"),
        UNAUTHENTICATED,
        "set CONTRACT_TESTS_EXPIRED_TOKEN",
    )
    yield Credential(
        "the right token for another project",
        "path.project_id",
        _foreign_project,
        FORBIDDEN,
        "give other_project_id in the target",
    )
    changes: dict[str, Callable[[str], str]] = {
        "an unknown project": lambda _: "0123456789abcdef0123456789abcdef",
        "a project id without its last character": lambda p: p[:-1],
        "a project id without its first character": lambda p: p[1:],
        "a project id with a character behind it": lambda p: f"{p}0",
        "a project id with a character before it": lambda p: f"0{p}",
        "a project id in capitals": lambda p: p.upper() if p.upper() != p else f"{p}-",
        "the first eight characters of a project id": lambda p: p[:8],
        "a project id with a space behind it": lambda p: f"{p}%20",
        "two project ids": lambda p: f"{p},{p}",
        "an asterisk as a project": lambda _: "*",
        "a hyphen as a project": lambda _: "-",
        "zero as a project": lambda _: "0",
        "null as a project": lambda _: "null",
        "text as a project": lambda _: "not-a-project",
        "SQL as a project": lambda _: "%27%20OR%20%271%27=%271",
    }
    for reason, change in changes.items():
        yield Credential(reason, "path.project_id", _project(change), MALFORMED)


CREDENTIALS: tuple[Credential, ...] = (
    Credential("no token", "header.X-Auth-Token", lambda _: Wrong()),
    *_tokens(),
    *_carriers(),
    *_projects(),
)
