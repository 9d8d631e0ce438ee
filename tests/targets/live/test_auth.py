"""Each auth scheme against a loopback stand-in of who checks it."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from contract_tests.contract import View
from contract_tests.errors import MissingExtraError, TargetError
from contract_tests.exchange import Request, header
from contract_tests.masking import MASK, mask_text
from contract_tests.targets.auth import iam, open_scheme, scheme_names, secret_variables
from contract_tests.targets.session import open_session
from contract_tests.targets.target import Secrets
from tests.targets.live.conftest import BAD, ONE, PROJECT, QUICK, TOKEN, VALID, live
from tests.targets.live.service import Seen, Service, answer, running, say

USER = {"OS_USERNAME": "ada", "OS_PASSWORD": "made-up-pass", "OS_USER_DOMAIN_NAME": "d"}
KEYS = {"HUAWEICLOUD_SDK_AK": "AKIDMADEUP", "HUAWEICLOUD_SDK_SK": "made-up-secret-key"}
SHOW = f"/v1/{PROJECT}/notebooks/{ONE}"


class Iam:
    """Plays IAM and the service that its tokens are for."""

    def __init__(self) -> None:
        self.issued: list[str] = []
        self.valid: set[str] = set()
        self.asked: list[dict[str, object]] = []

    def __call__(self, connection: socket.socket, seen: Seen) -> bool:
        """Issues a token, or checks one."""
        if seen.target == "/v3/auth/tokens":
            self.asked.append(json.loads(seen.raw.partition(b"\r\n\r\n")[2]))
            self.issued.append(f"issued-token-number-{len(self.issued) + 1}-of-made-up-iam")
            self.valid = {self.issued[-1]}
            body = b'{"token": {"expires_at": "2099-01-01T00:00:00Z", "methods": ["password"]}}'
            connection.sendall(answer(201, body, X_Subject_Token=self.issued[-1]))
        else:
            good = seen.header("x-auth-token") in self.valid
            connection.sendall(answer(200 if good else 401, b'{"status": "STOPPED"}'))
        return True


@pytest.fixture
def identity() -> Iam:
    """A stand-in for IAM."""
    pytest.importorskip("keystoneauth1", reason="needs the extra contract-tests[iam]")
    return Iam()


@pytest.fixture
def service(identity: Iam) -> Iterator[Service]:
    """IAM and the service at one address."""
    with running(identity) as ready:
        yield ready


def environment(service: Service) -> dict[str, str]:
    """What a user of IAM exports."""
    return {"OS_AUTH_URL": f"{service.url}/v3", **USER}


def test_there_are_three_schemes() -> None:
    """One module each; what must not be shown is known of all of them."""
    assert scheme_names() == ["aksk", "iam", "token"]
    assert {"CONTRACT_TESTS_TOKEN", "OS_PASSWORD", "HUAWEICLOUD_SDK_SK"} <= set(secret_variables())


def test_an_unknown_scheme_is_told() -> None:
    """With those that there are."""
    with pytest.raises(TargetError, match="no auth scheme 'kerberos'; there are aksk, iam, token"):
        open_scheme(live("http://h", auth="kerberos"), Secrets(), {})


class TestToken:
    """A token from the environment."""

    def test_it_goes_into_the_header(self) -> None:
        """In place of one that was there."""
        scheme = open_scheme(live("http://h"), Secrets.of(TOKEN), {})
        given = (("x-auth-token", "old"), ("A", "b"))
        request = scheme.authorize(Request("GET", "http://h/", given))
        assert request.headers == (("A", "b"), ("X-Auth-Token", TOKEN))
        assert not scheme.renew(TOKEN)

    def test_without_one_nothing_begins(self) -> None:
        """One line that names the variable."""
        with pytest.raises(TargetError) as caught:
            open_scheme(live("https://h"), Secrets.from_environment({}), {})
        assert str(caught.value) == "no token for https://h; set CONTRACT_TESTS_TOKEN"

    @pytest.mark.parametrize("text", ["two words", "line\nbreak", "ümlaut"])
    def test_what_cannot_be_a_token_is_told(self, text: str) -> None:
        """A copy that went wrong, and not its text."""
        with pytest.raises(TargetError) as caught:
            Secrets.from_environment({"CONTRACT_TESTS_TOKEN": text})
        assert "CONTRACT_TESTS_TOKEN holds characters that no token has" in str(caught.value)
        assert text not in str(caught.value)

    def test_secrets_are_not_shown(self) -> None:
        """Neither by the secrets nor by a request that carries one."""
        secrets = Secrets.of(TOKEN, "other-made-up", "expired-made-up")
        request = open_scheme(live("http://h"), secrets, {}).authorize(Request("GET", "http://h/"))
        for text in (repr(secrets), repr(request), f"{secrets}"):
            assert "made-up" not in text
        assert "<CONTRACT_TESTS_OTHER_TOKEN>" in repr(secrets)


class TestIam:
    """A token that IAM issues for a password."""

    def test_the_token_is_that_of_iam(self, service: Service, identity: Iam) -> None:
        """Asked for with the user's name and password, for the target's project."""
        scheme = open_scheme(live(service.url, auth="iam"), Secrets(), environment(service))
        assert scheme.token == identity.issued[0]
        auth = json.dumps(identity.asked[0])
        assert USER["OS_PASSWORD"] in auth
        assert PROJECT in auth
        request = scheme.authorize(Request("GET", "http://h/"))
        assert header(request.headers, "X-Auth-Token") == identity.issued[0]

    def test_an_expired_token_is_renewed(
        self, service: Service, identity: Iam, view: View, tmp_path: Path
    ) -> None:
        """Once, by the first valid request that meets a 401; the exchange holds the new one."""
        session = open_session(
            live(service.url, auth="iam"), Secrets(), view, tmp_path, environ=environment(service)
        )
        request = session.authorize(Request("GET", service.url + SHOW))
        identity.valid.clear()
        exchange = session.send(request, expectation=VALID)
        assert exchange.response is not None
        assert exchange.response.status == 200
        assert header(exchange.request.headers, "x-auth-token") == identity.issued[1]
        assert session.token == identity.issued[1]
        assert {identity.issued[0], identity.issued[1]} <= set(session.known_secrets)

    def test_a_service_that_refuses_every_token_is_not_asked_forever(
        self, service: Service, identity: Iam, view: View, tmp_path: Path
    ) -> None:
        """A second token is got, a third is not."""
        session = open_session(
            live(service.url, auth="iam"), Secrets(), view, tmp_path, environ=environment(service)
        )
        service.play = lambda c, seen: (
            identity(c, seen) if "auth" in seen.target else say(answer(401))(c, seen)
        )
        for _ in range(3):
            request = session.authorize(Request("GET", service.url + SHOW))
            response = session.send(request, expectation=VALID).response
            assert response is not None
            assert response.status == 401
        assert len(identity.issued) == 2

    def test_a_401_that_is_due_renews_nothing(
        self, service: Service, identity: Iam, view: View, tmp_path: Path
    ) -> None:
        """Nor does one to another token."""
        session = open_session(
            live(service.url, auth="iam"), Secrets(), view, tmp_path, environ=environment(service)
        )
        identity.valid.clear()
        session.send(session.authorize(Request("GET", service.url + SHOW)), expectation=BAD)
        foreign = Request("GET", service.url + SHOW, (("X-Auth-Token", "x"),))
        session.send(foreign, expectation=VALID)
        assert len(identity.issued) == 1

    def test_a_wrong_password_is_told(self, service: Service) -> None:
        """In one line, without the password."""
        service.play = say(answer(401, b'{"error": {"message": "made-up-pass is wrong"}}'))
        with pytest.raises(TargetError) as caught:
            open_scheme(live(service.url, auth="iam"), Secrets(), environment(service))
        text = str(caught.value)
        assert text.startswith("IAM gives no token: ")
        assert "check OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_USER_DOMAIN_NAME" in text
        assert "made-up-pass" not in text
        assert "\n" not in text

    def test_unset_variables_are_named(self, service: Service) -> None:
        """All of them at once."""
        with pytest.raises(TargetError, match="set OS_AUTH_URL and OS_USERNAME and OS_PASSWORD"):
            open_scheme(live(service.url, auth="iam"), Secrets(), {"OS_USER_DOMAIN_NAME": "d"})

    def test_two_threads_renew_once(self, service: Service, identity: Iam) -> None:
        """Who comes second finds the new token there."""
        scheme = open_scheme(live(service.url, auth="iam"), Secrets(), environment(service))
        old = scheme.token
        assert scheme.renew(old)
        assert scheme.renew(old)
        assert len(identity.issued) == 2
        assert isinstance(scheme, iam.IamToken)


def signature(seen: Seen, secret_key: str) -> str:
    """The signature that is due for a request, worked out from the algorithm's description."""
    path, _, query = seen.target.partition("?")
    signed = str(seen.header("authorization")).split("SignedHeaders=")[1].split(",")[0]
    headers = "".join(f"{name}:{str(seen.header(name)).strip()}\n" for name in signed.split(";"))
    body = seen.raw.partition(b"\r\n\r\n")[2]
    pairs = sorted(part.partition("=") for part in query.split("&") if part)
    canonical_query = "&".join(f"{quote(k, safe='~')}={quote(v, safe='~')}" for k, _, v in pairs)
    hashed = hashlib.sha256(body).hexdigest()
    canonical = "\n".join(
        [seen.method, path.rstrip("/") + "/", canonical_query, headers, signed, hashed]
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    to_sign = f"SDK-HMAC-SHA256\n{seen.header('x-sdk-date')}\n{digest}"
    return hmac.new(secret_key.encode(), to_sign.encode(), hashlib.sha256).hexdigest()


class TestAksk:
    """Requests signed with an access key."""

    @pytest.fixture(autouse=True)
    def _extra(self) -> None:
        pytest.importorskip("huaweicloudsdkcore", reason="needs the extra contract-tests[aksk]")

    @pytest.mark.parametrize("body", [b"", b"{}"])
    def test_a_service_that_checks_the_signature_is_content(
        self, body: bytes, view: View, tmp_path: Path
    ) -> None:
        """What is signed is what arrives: path, query, headers and body."""

        def check(connection: socket.socket, seen: Seen) -> bool:
            given = str(seen.header("authorization"))
            good = given.endswith(f"Signature={signature(seen, KEYS['HUAWEICLOUD_SDK_SK'])}")
            good = good and given.startswith("SDK-HMAC-SHA256 Access=AKIDMADEUP, ")
            connection.sendall(answer(200 if good else 401))
            return True

        with running(check) as service:
            session = open_session(
                live(service.url, auth="aksk"),
                Secrets(),
                view,
                tmp_path,
                environ=KEYS,
                limits=QUICK,
            )
            url = f"{service.url}{SHOW}/stop?type=idle&duration=3600000"
            given = (("Content-Type", "application/json"), ("Accept", "*/*"))
            request = session.authorize(Request("POST", url, given, body))
            response = session.send(request).response
            assert response is not None
            assert response.status == 200
            wrong = Request("POST", f"{url}1", request.headers, body)
            assert session.send(wrong).response.status == 401  # type: ignore[union-attr]
        assert session.token is None

    def test_signing_again_replaces_the_signature(self) -> None:
        """As a retry with another body would."""
        scheme = open_scheme(live("http://h", auth="aksk"), Secrets(), KEYS)
        once = scheme.authorize(Request("GET", "http://h/v1"))
        assert len(scheme.authorize(once).headers) == len(once.headers)

    def test_temporary_keys_have_a_token(self) -> None:
        """It is sent, and it is a secret."""
        keys = {**KEYS, "HUAWEICLOUD_SDK_SECURITY_TOKEN": "made-up-security-token"}
        scheme = open_scheme(live("http://h", auth="aksk"), Secrets(), keys)
        request = scheme.authorize(Request("GET", "http://h/v1"))
        assert header(request.headers, "X-Security-Token") == "made-up-security-token"
        shown = mask_text(" ".join(keys.values()), [str(secret) for secret in scheme.secrets])
        assert shown == " ".join([MASK] * 3)

    def test_unset_keys_are_named(self) -> None:
        """One line."""
        with pytest.raises(TargetError) as caught:
            open_scheme(live("http://h", auth="aksk"), Secrets(), {})
        assert str(caught.value) == (
            "auth scheme aksk: set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK"
        )


@pytest.mark.parametrize(
    ("scheme", "package"), [("iam", "keystoneauth1"), ("aksk", "huaweicloudsdkcore")]
)
def test_a_missing_extra_is_told(
    scheme: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the command that installs it."""
    for module in ("", ".identity.v3", ".session", ".auth.credentials"):
        monkeypatch.setitem(sys.modules, package + module, None)
    with pytest.raises(MissingExtraError) as caught:
        open_scheme(live("http://h", auth=scheme), Secrets(), {})
    assert str(caught.value) == (
        f"auth scheme {scheme} needs {package}; pip install 'contract-tests[{scheme}]'"
    )
