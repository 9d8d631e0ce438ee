"""The target: what is tested, and how far a run may go with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from contract_tests.errors import TargetError
from contract_tests.masking import Secret

ALLOW_WORDS = (
    "unlisted-methods",
    "unlisted-paths",
    "unlisted-projects",
    "unlisted-ids",
    "unlisted-hosts",
    "all",
)
"""What `--allow` takes: each lets one kind of request through that a live target never sees."""

TOKEN = "CONTRACT_TESTS_TOKEN"  # noqa: S105 (the variable's name)
OTHER_TOKEN = "CONTRACT_TESTS_OTHER_TOKEN"  # noqa: S105
EXPIRED_TOKEN = "CONTRACT_TESTS_EXPIRED_TOKEN"  # noqa: S105


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A service to test.

    `base_url` has no trailing slash; the paths of the contract follow it. `notebook_ids` are
    the only resources that requests may name.
    """

    name: str
    base_url: str
    project_id: str
    notebook_ids: tuple[str, ...]
    kind: Literal["mock", "live"] = "live"
    auth: str = "token"
    """The scheme of `targets/auth/` that makes requests authentic."""
    other_project_id: str | None = None
    """A project that the token has no right to."""
    verify: bool | str = True
    """Whether TLS is verified; a path names the CA file to verify with."""
    cert: str | tuple[str, str] | None = None
    """A client certificate: one PEM file, or certificate and key."""
    timeout: float = 30.0
    """Seconds for a whole exchange, from the connect to the last byte."""
    rate: float | None = None
    """Requests a second; None: as fast as it answers."""
    max_starts: int | None = 5
    """How many starts may succeed; None: any number."""
    read_only: bool = False
    allow: frozenset[str] = field(default_factory=frozenset)

    @property
    def origin(self) -> str:
        """Scheme, host and port: `https://host:443`, without a path."""
        scheme, _, rest = self.base_url.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}"

    @property
    def host(self) -> str:
        """Host and port as a `Host` header names them."""
        return self.origin.partition("://")[2]

    @property
    def prefix(self) -> str:
        """The path that every path of the contract follows; mostly empty."""
        return self.base_url.removeprefix(self.origin)

    def allows(self, word: str) -> bool:
        """Whether `--allow` lets that kind of request through."""
        return word in self.allow or "all" in self.allow


def mock_target(
    base_url: str,
    project_id: str,
    notebook_ids: Iterable[str],
    other_project_id: str | None = None,
    timeout: float = 10.0,
) -> Target:
    """The embedded mock: nothing there can be harmed, so everything is allowed."""
    return Target(
        name="mock",
        kind="mock",
        base_url=base_url.rstrip("/"),
        project_id=project_id,
        notebook_ids=tuple(notebook_ids),
        other_project_id=other_project_id,
        timeout=timeout,
        max_starts=None,
        allow=frozenset({"all"}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """The credentials of a run; they come from the environment, never from an option or file."""

    token: Secret | None = None
    other_token: Secret | None = None
    """A valid token of another project."""
    expired_token: Secret | None = None

    @classmethod
    def of(cls, token: str, other_token: str | None = None, expired: str | None = None) -> Secrets:
        """For a target whose tokens the program itself made, as the embedded mock's."""
        return cls(
            token=Secret(token, TOKEN),
            other_token=Secret(other_token, OTHER_TOKEN) if other_token else None,
            expired_token=Secret(expired, EXPIRED_TOKEN) if expired else None,
        )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Secrets:
        """Read them; raises TargetError for a token that no header can carry."""
        return cls(
            token=_read(environ, TOKEN),
            other_token=_read(environ, OTHER_TOKEN),
            expired_token=_read(environ, EXPIRED_TOKEN),
        )

    @property
    def texts(self) -> tuple[Secret, ...]:
        """All there are, for masking."""
        found = (self.token, self.other_token, self.expired_token)
        return tuple(secret for secret in found if secret is not None)


def _read(environ: Mapping[str, str], name: str) -> Secret | None:
    text = environ.get(name, "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isprintable() or " " in text:
        raise TargetError(f"{name} holds characters that no token has; export it again")
    return Secret(text, name)
