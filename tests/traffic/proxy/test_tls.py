"""A proxy asks an upstream over TLS on the terms of its target."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from contract_tests.errors import InputError
from contract_tests.traffic.proxy.tls import tls_of
from tests.traffic.proxy.conftest import Upstream, always, answer, connect, running


def ask(certificate: Path, **target: object) -> tuple[int, bytes]:
    """What a client gets from an upstream with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if "cert" in target:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(certificate)
    upstream = Upstream(always(answer()), tls=context)
    with running(upstream.url, tls=tls_of(target)) as proxy:
        client = connect(proxy.port)
        client.request("GET", "/")
        response = client.getresponse()
        return response.status, response.read()


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    """The client is told why."""
    status, said = ask(certificate)
    assert status == 502
    assert b"certificate verify failed: self-signed certificate" in said


def test_the_target_may_vouch_for_it_or_not_care(certificate: Path) -> None:
    """`verify` names a file, a folder does not do without hashes; or is false."""
    assert ask(certificate, verify=str(certificate)) == (200, b"{}")
    assert ask(certificate, verify=False) == (200, b"{}")
    assert ask(certificate, verify=str(certificate.parent))[0] == 502


def test_the_upstream_may_ask_for_a_certificate_too(certificate: Path) -> None:
    """`cert` names one file, or certificate and key."""
    own, key = str(certificate), str(certificate.with_suffix(".key"))
    assert ask(certificate, verify=own, cert=own) == (200, b"{}")
    assert ask(certificate, verify=own, cert=(own, key)) == (200, b"{}")


@pytest.mark.parametrize("name", ["verify", "cert"])
def test_a_file_without_a_certificate_is_one_line(name: str, tmp_path: Path) -> None:
    """With what to look at."""
    (tmp_path / "empty.pem").touch()
    with pytest.raises(InputError, match="look at verify and cert of the target"):
        tls_of({name: str(tmp_path / "empty.pem")})
