"""`aksk`: each request is signed with an access key, as the vendor's SDK does it.

The environment holds the keys: `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK`, and for temporary
keys `HUAWEICLOUD_SDK_SECURITY_TOKEN`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from contract_tests.errors import MissingExtraError
from contract_tests.exchange import Request
from contract_tests.masking import Secret
from contract_tests.targets.auth import required, with_headers
from contract_tests.targets.target import Secrets, Target

if TYPE_CHECKING:
    from huaweicloudsdkcore.auth.credentials import BasicCredentials

ACCESS_KEY = "HUAWEICLOUD_SDK_AK"
SECRET_KEY = "HUAWEICLOUD_SDK_SK"  # noqa: S105 (the variable's name)
SECURITY_TOKEN = "HUAWEICLOUD_SDK_SECURITY_TOKEN"  # noqa: S105
SECRET_VARIABLES = (ACCESS_KEY, SECRET_KEY, SECURITY_TOKEN)
ADDED = ("X-Sdk-Date", "X-Sdk-Content-Sha256", "X-Project-Id", "X-Security-Token", "Authorization")
"""The headers that a signature adds."""


class AccessKey:
    """An access key and its secret."""

    token = None

    def __init__(self, credentials: BasicCredentials, secrets: tuple[Secret, ...]) -> None:
        self._credentials = credentials
        self.secrets = secrets

    def authorize(self, request: Request) -> Request:
        """With the signature of its method, path, query, headers and body."""
        from huaweicloudsdkcore.sdk_request import SdkRequest

        parts = urlsplit(request.url)
        dropped = {name.lower() for name in ADDED}
        given = {name: value for name, value in request.headers if name.lower() not in dropped}
        signed = SdkRequest(
            method=request.method,
            schema=parts.scheme,
            host=parts.netloc,
            resource_path=parts.path,
            query_params=parse_qsl(parts.query, keep_blank_values=True),
            header_params=given,
            body=request.body,
        )
        headers = self._credentials.sign_request(signed).header_params
        return with_headers(request, *((name, headers[name]) for name in ADDED if name in headers))

    def renew(self, used: str | None) -> bool:  # noqa: ARG002 (another scheme's business)
        """A key does not expire."""
        return False


def open_scheme(target: Target, secrets: Secrets, environ: Mapping[str, str]) -> AccessKey:  # noqa: ARG001
    """The keys; raises TargetError where they are not set, MissingExtraError without the extra."""
    try:
        from huaweicloudsdkcore.auth.credentials import BasicCredentials
    except ImportError:
        raise MissingExtraError(
            "auth scheme aksk needs huaweicloudsdkcore; pip install 'contract-tests[aksk]'"
        ) from None
    access, secret = required(environ, ACCESS_KEY, SECRET_KEY, scheme="aksk")
    credentials = BasicCredentials(access, secret, target.project_id)
    hidden = [Secret(access, ACCESS_KEY), Secret(secret, SECRET_KEY)]
    if temporary := environ.get(SECURITY_TOKEN):
        credentials = credentials.with_security_token(temporary)
        hidden.append(Secret(temporary, SECURITY_TOKEN))
    return AccessKey(credentials, tuple(hidden))
