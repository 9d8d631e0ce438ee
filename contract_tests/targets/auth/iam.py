"""`iam`: a token that keystoneauth1 gets from IAM with a user's name and password.

The environment says who: `OS_AUTH_URL` (with `/v3`), `OS_USERNAME`, `OS_PASSWORD`,
`OS_USER_DOMAIN_NAME`; the project is the target's. A token that is refused is renewed once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from contract_tests.errors import MissingExtraError, TargetError
from contract_tests.exchange import Request
from contract_tests.masking import Secret, mask_text
from contract_tests.targets.auth import required, with_headers
from contract_tests.targets.target import TOKEN, Secrets, Target

if TYPE_CHECKING:
    from keystoneauth1.identity.v3 import Password
    from keystoneauth1.session import Session as KeystoneSession

VARIABLES = ("OS_AUTH_URL", "OS_USERNAME", "OS_PASSWORD", "OS_USER_DOMAIN_NAME")
SECRET_VARIABLES = ("OS_PASSWORD",)
RENEW_AT_MOST_EVERY = 60.0
"""Seconds: a service that refuses every token does not send the run to IAM for each request."""


class IamToken:
    """A token of IAM and the means to get another. Usable from several threads."""

    def __init__(self, session: KeystoneSession, auth: Password, password: Secret) -> None:
        self._session = session
        self._auth = auth
        self._lock = threading.Lock()
        self._known: list[Secret] = [password]
        self._renewed = -RENEW_AT_MOST_EVERY
        self._token = self._fetch()

    @property
    def token(self) -> Secret:
        """The token in use."""
        return self._token

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """The password, and every token there was."""
        return tuple(self._known)

    def authorize(self, request: Request) -> Request:
        """With the token in `X-Auth-Token`."""
        return with_headers(request, ("X-Auth-Token", self._token))

    def renew(self, used: str | None) -> bool:
        """Get another token, unless another thread has, or the last one is quite new."""
        with self._lock:
            if used != self._token:
                return used in self._known
            if time.monotonic() - self._renewed < RENEW_AT_MOST_EVERY:
                return False
            self._renewed = time.monotonic()
            self._auth.invalidate()
            self._token = self._fetch()
            return True

    def _fetch(self) -> Secret:
        from keystoneauth1.exceptions import ClientException

        try:
            text = self._auth.get_token(self._session)
        except ClientException as error:
            words = " ".join(mask_text(str(error), self._known).split())
            raise TargetError(
                f"IAM gives no token: {words}; check {', '.join(VARIABLES)}"
            ) from None
        if not text:
            raise TargetError("IAM answered without a token; check OS_AUTH_URL")
        self._known.append(Secret(text, TOKEN))
        return self._known[-1]


def open_scheme(target: Target, secrets: Secrets, environ: Mapping[str, str]) -> IamToken:  # noqa: ARG001
    """Log in; raises TargetError where IAM gives no token, MissingExtraError without the extra."""
    try:
        from keystoneauth1.identity.v3 import Password
        from keystoneauth1.session import Session as KeystoneSession
    except ImportError:
        raise MissingExtraError(
            "auth scheme iam needs keystoneauth1; pip install 'contract-tests[iam]'"
        ) from None
    url, user, password, domain = required(environ, *VARIABLES, scheme="iam")
    auth = Password(
        auth_url=url,
        username=user,
        password=password,
        user_domain_name=domain,
        project_id=target.project_id,
    )
    session = KeystoneSession(verify=target.verify, cert=target.cert, timeout=target.timeout)
    return IamToken(session, auth, Secret(password, "OS_PASSWORD"))
