"""Whom the proxy serves and asks: this machine and the target, others only when asked."""

from __future__ import annotations

import pytest

from contract_tests.contract import load_contract
from contract_tests.errors import InputError
from contract_tests.traffic.proxy.limits import listening, upstream_of

VIEW = load_contract().view("documented")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("localhost:0", ("localhost", 0)),
        ("[::1]:99", ("::1", 99)),
        (":8080", ("127.0.0.1", 8080)),
        ("8080", ("127.0.0.1", 8080)),
    ],
)
def test_loopback_needs_no_leave(written: str, address: tuple[str, int]) -> None:
    """By address, by name, or by port alone."""
    assert listening(written, ()) == address


@pytest.mark.parametrize("written", ["0.0.0.0:80", "[::]:80", "192.0.2.7:80", "example.org:80"])
def test_other_interfaces_need_leave(written: str) -> None:
    """The message names the word that gives it."""
    with pytest.raises(InputError, match="add --allow other-interfaces"):
        listening(written, ())
    assert listening(written, ("other-interfaces",))[1] == 80


@pytest.mark.parametrize(
    "written", ["", "here", "127.0.0.1:", "127.0.0.1:99999", "host:http", "127.0.0.1:²"]
)
def test_what_is_no_address_is_one_line(written: str) -> None:
    """With how to write it."""
    with pytest.raises(InputError, match="write HOST:PORT"):
        listening(written, ())


@pytest.mark.parametrize(
    "written",
    [
        "https://modelarts.eu-de.otc.t-systems.com",
        "https://modelarts.eu-nl.otc.t-systems.com/",
        "http://127.0.0.1:9000",
        "http://localhost:9000/base/",
    ],
)
def test_servers_of_the_contract_and_this_machine_need_no_leave(written: str) -> None:
    """Whatever the variables of a server are; the trailing slash goes."""
    assert upstream_of(written, VIEW, None, ()) == written.rstrip("/")


def test_the_target_needs_no_leave() -> None:
    """Host and port have to be the target's."""
    assert upstream_of("https://staging.example:8443/x", VIEW, "https://staging.example:8443", ())
    with pytest.raises(InputError, match="add --allow other-upstreams"):
        upstream_of("https://staging.example", VIEW, "https://staging.example:8443", ())


@pytest.mark.parametrize(
    "written",
    [
        "https://evil.example",
        "https://modelarts.eu-de.otc.t-systems.com.evil.example",
        "https://modelarts.a.b.otc.t-systems.com",
    ],
)
def test_other_upstreams_need_leave(written: str) -> None:
    """A token that passes would be theirs."""
    with pytest.raises(InputError, match="neither a server of the contract nor the target"):
        upstream_of(written, VIEW, None, ())
    assert upstream_of(written, VIEW, None, ("other-upstreams",)) == written


@pytest.mark.parametrize(
    "written",
    ["", "modelarts", "ftp://127.0.0.1", "https://", "http://[::1", "http://127.0.0.1:99999"],
)
def test_what_is_no_url_is_one_line(written: str) -> None:
    """With how to write it."""
    with pytest.raises(InputError, match="no URL of a service"):
        upstream_of(written, VIEW, None, ())


@pytest.mark.parametrize("user", ["user:hunter2", ":hunter2"])
def test_a_url_with_a_password_is_refused_and_not_repeated(user: str) -> None:
    """It would stand in the reports."""
    with pytest.raises(InputError) as caught:
        upstream_of(f"https://{user}@127.0.0.1", VIEW, None, ())
    assert "hunter2" not in str(caught.value)
