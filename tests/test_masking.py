"""No secret survives masking, whatever form it takes and wherever it stands."""

from __future__ import annotations

import base64
import json
import os
import shlex
import subprocess
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contract_tests.curl import curl_line
from contract_tests.exchange import Exchange, Failure, Request, Response
from contract_tests.masking import MASK, Masker, Secret, mask, mask_text, unmask_text

NAME = "CONTRACT_TESTS_TOKEN"
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_.~"
tokens = st.text(ALPHABET, min_size=24, max_size=400).filter(lambda text: len(set(text)) > 12)
texts = st.text(max_size=60)

WAYS: dict[str, Callable[[str], str]] = {
    "as-is": str,
    "upper": str.upper,
    "swapped": str.swapcase,
    "quoted": quote,
    "quoted-all": lambda token: quote(token, safe=""),
    "quoted-plus": quote_plus,
    "quoted-lower": lambda token: quote(token, safe="").lower(),
    "json": json.dumps,
    "repr": repr,
    "base64": lambda token: base64.b64encode(token.encode()).decode(),
    "base64-after-1": lambda token: base64.b64encode(b":" + token.encode()).decode(),
    "base64-after-2": lambda token: base64.urlsafe_b64encode(b"u:" + token.encode()).decode(),
    "without-its-end": lambda token: token[:-3],
    "without-its-beginning": lambda token: token[3:],
    "doubled": lambda token: token + token,
}
"""Ways in which a token comes into a text."""


def survives(token: str, text: str) -> bool:
    """Whether a piece of a token stands in a text, in any case, plain or decoded from base64."""
    lower, size = text.lower(), 24
    pieces = {token.lower()[i : i + size] for i in range(len(token) - size + 1)}
    encoded = [base64.b64encode(b"\0" * n + token.encode()).decode()[8:-8] for n in range(3)]
    coded = {e[i : i + 32] for e in encoded for i in range(len(e) - 31)}
    return any(piece in lower for piece in pieces) or any(piece in text for piece in coded)


@pytest.mark.parametrize("way", WAYS)
@given(token=tokens, before=texts, after=texts)
def test_a_known_token_never_survives(way: str, token: str, before: str, after: str) -> None:
    """Whatever stands around it."""
    written = WAYS[way](token)
    assert not survives(token, mask_text(f"{before} {written} {after}", [token]))


@given(token=tokens, before=texts, after=texts, data=st.data())
def test_a_piece_of_a_token_never_survives(
    token: str, before: str, after: str, data: st.DataObject
) -> None:
    """A piece of 24 characters is enough to be found."""
    start = data.draw(st.integers(0, len(token) - 24))
    end = data.draw(st.integers(start + 24, len(token)))
    assert not survives(token, mask_text(f"{before}{token[start:end]}{after}", [token]))


@given(token=tokens, where=st.integers(0, 6), data=st.data())
def test_a_token_never_survives_in_an_exchange(token: str, where: int, data: st.DataObject) -> None:
    """In none of its parts, under any name."""
    name = data.draw(st.sampled_from(["a", "X-Auth-Token", "token", "note"]))
    request = Request("GET", "http://h/", (("A", "b"),), b"{}")
    exchange = Exchange(request, Response(200, (("A", "b"),), b"{}"), label="test")
    body = json.dumps({name: [token, {name: token}]}).encode()
    exchange = [
        replace(exchange, request=replace(request, url=f"http://h/{token}?{name}={token}")),
        replace(exchange, request=replace(request, headers=((name, token),))),
        replace(exchange, request=replace(request, body=body)),
        replace(exchange, response=Response(200, ((name, f"x{token}y"),))),
        replace(exchange, response=Response(200, (), b"\xff" + body[:-5])),
        replace(exchange, around={"before": {name: token, token: 1}}),
        replace(exchange, response=None, failure=Failure("reset", token), secrets=(token,)),
    ][where]
    masked = mask(exchange, [Secret(token, NAME)])
    assert not survives(token, repr(masked))
    assert masked.secrets == ()
    assert mask(masked, [Secret(token, NAME)]) == masked


@given(token=tokens)
def test_a_named_mask_can_be_undone(token: str) -> None:
    """Whole, in pieces, in another case: `unmask_text` gives the text back."""
    secret = Secret(token, NAME)
    forms = [token, token[:-1], token[5:], f"{token}x", token.upper(), token.lower()]
    for text in (f"<{form}>" for form in forms):
        masked = mask_text(text, [secret])
        assert not survives(token, masked)
        assert unmask_text(masked, [secret]) == text
    assert mask_text(token, [secret]) == f"${{{NAME}}}"
    assert mask_text(token[:-1], [secret]).startswith(f"${{{NAME}")


def test_a_mask_of_another_secret_stays() -> None:
    """What is not known cannot be put back."""
    text = "${CONTRACT_TESTS_OTHER_TOKEN} ${HOME} [masked]"
    assert unmask_text(text, [Secret("made-up", NAME)]) == text


@given(text=texts)
def test_a_text_without_secrets_stays_as_it_is(text: str) -> None:
    """Nothing is known, and no place of secrets is in it."""
    assume(not any(sign in text for sign in "\"':="))
    assert mask_text(text, ["this-is-not-in-any-text-0123456789"]) == text


@given(st.lists(tokens, max_size=4), texts)
def test_masking_is_idempotent(known: list[str], text: str) -> None:
    """What is masked is not masked again."""
    once = mask_text(" ".join([text, *known]), known)
    assert mask_text(once, known) == once


def test_a_short_secret_is_masked_whole() -> None:
    """In any case; one of three characters is none."""
    assert mask_text("pw: Hunter22, hunter2, abc", ["hunter22", "abc"]) == (
        f"pw: {MASK}, hunter2, abc"
    )


def test_the_longer_secret_goes_first() -> None:
    """One may begin with the other."""
    known = [Secret("made-up-token", "A"), Secret("made-up-token-of-another", "B")]
    assert mask_text("made-up-token-of-another made-up-token", known) == "${B} ${A}"


HIDDEN = "s3cr3t-value"
"""Stands where the samples have a §."""


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ('{"token": "§"}', '{"token": "[masked]"}'),
        ('{"a": [{"Token" :\n"§", "b": 1}]}', '{"a": [{"Token" :\n"[masked]", "b": 1}]}'),
        ('{"token": "§', '{"token": "[masked]'),
        ('{"token": "§\\"§", "b": 1', '{"token": "[masked]", "b": 1'),
        ('{"to\\u006ben": "§"}', '{"to\\u006ben": "[masked]"}'),
        ('{"token": {"value": ["§", 7, null]}}', '{"token": {"value": ["[masked]", 0, null]}}'),
        ('{"token": ["§", "§"', '{"token": [masked]'),
        ('{"token": null, "x": 1}', '{"token": null, "x": 1}'),
        ('{"token": "", "x": 1}', '{"token": "", "x": 1}'),
        ('{"token": 12345}', '{"token": 0}'),
        ('{"userToken": "§", "token": "§"}', '{"userToken": "[masked]", "token": "[masked]"}'),
        ('{"secret_key": "§"}', '{"secret_key": "[masked]"}'),
        ("{'token': '§', 'b': 2}", "{'token': '[masked]', 'b': 2}"),
        (r'"{\"token\": \"§\", \"b\": 2}"', r'"{\"token\": \"[masked]\", \"b\": 2}"'),
        ("(('X-Auth-Token', '§'), ('A', 'b'))", "(('X-Auth-Token', '[masked]'), ('A', 'b'))"),
        ("X-Auth-Token: §\r\nAccept: x", "X-Auth-Token: [masked]\r\nAccept: x"),
        ("b'Authorization: Bearer §\\r\\nA: b'", "b'Authorization: [masked]\\r\\nA: b'"),
        ("Cookie: a=§; b=§", "Cookie: [masked]"),
        ("https://h/?token=§&a=b#c", "https://h/?token=[masked]&a=b#c"),
        ("client_secret=§&a=b", "client_secret=[masked]&a=b"),
        ("a=b&password=§", "a=b&password=[masked]"),
        ("sftp://who:§@h/x", "sftp://who:[masked]@h/x"),
        (
            '{"url": "https://h/?x=1&access_token=§"}',
            '{"url": "https://h/?x=1&access_token=[masked]"}',
        ),
        (
            "SDK-HMAC-SHA256 Access=§, SignedHeaders=host, Signature=§",
            "SDK-HMAC-SHA256 Access=[masked], SignedHeaders=host, Signature=[masked]",
        ),
        (
            "-----BEGIN RSA PRIVATE KEY-----\n§\n§\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----[masked]-----END RSA PRIVATE KEY-----",
        ),
        ("-----BEGIN PRIVATE KEY-----\n§", "-----BEGIN PRIVATE KEY-----[masked]"),
    ],
)
def test_what_stands_in_a_secret_place_is_masked(text: str, masked: str) -> None:
    """Though nobody knew it: in JSON, broken JSON, `repr`, headers, URLs, signatures, keys."""
    assert mask_text(text.replace("§", HIDDEN)) == masked


@pytest.mark.parametrize(
    "text",
    [
        '{"required": ["token", "url"], "key_pair_names": ["a"]}',
        '{"name": "token", "author": "x", "tokens": 3}',
        "WWW-Authenticate: Bearer realm",
        "https://h/?a=b;c=d",
        "https://h:8443/a@b, mailto:a@b",
    ],
)
def test_what_only_sounds_like_a_secret_stays(text: str) -> None:
    """Evidence is not masked away."""
    assert mask_text(text) == text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        *((name, False) for name in ("X-Auth-Token", "authorization", "Cookie", "Set-Cookie")),
        *((name, False) for name in ("X-Subject-Token", "X-Security-Token", "X-Api-Key")),
        *((name, True) for name in ("Accept", "X-Request-Id", "WWW-Authenticate", "Retry-After")),
    ],
)
def test_headers_of_secrets_are_masked(name: str, shown: bool) -> None:  # noqa: FBT001
    """Of requests and answers, with any value."""
    headers = ((name, "value-that-nobody-knew"), ("Empty-Token", ""))
    masked = mask(Exchange(Request("GET", "http://h/", headers), Response(200, headers)))
    expected = headers if shown else ((name, MASK), ("Empty-Token", ""))
    assert masked.request.headers == expected
    assert masked.response == Response(200, expected)


def test_a_header_with_a_known_secret_shows_which() -> None:
    """And what little was added to it; not a second secret beside it."""
    token = Secret("made-up-token-0123456789-of-nobody", NAME)
    headers = (
        ("X-Auth-Token", f"{token}x"),
        ("Authorization", f"Bearer {token}"),
        ("Cookie", f"session=unknown-value; t={token}"),
    )
    masked = mask(Exchange(Request("GET", "http://h/", headers)), [token])
    assert masked.request.headers == (
        ("X-Auth-Token", f"${{{NAME}}}x"),
        ("Authorization", f"Bearer ${{{NAME}}}"),
        ("Cookie", MASK),
    )


def test_an_exchange_keeps_its_shape() -> None:
    """All that is no secret is as it was, bytes that are no text included."""
    request = Request("POST", "http://h/%2f?a=b", (("A", "b"), ("A", "c")), b"\xff\xfe{}")
    around: dict[str, Any] = {"after": {"status": "RUNNING", "n": [1, 2.5, None, True]}}
    response = Response(200, (("B", "c"),), b"\x00\xff", 0.5)
    exchange = Exchange(request, response, None, 1.5, "Op", None, around, (), "label", 2)
    assert mask(exchange, ["unused-secret-0123456789-0123456789"]) == exchange


def test_a_secret_shows_its_name() -> None:
    """Its text is there for whoever sends it; a `repr`, as in a traceback, has none of it."""
    secret = Secret("made-up", NAME)
    assert (str(secret), f"{secret}", secret == "made-up") == ("made-up", "made-up", True)
    assert repr([secret]) == f"[<{NAME}>]"
    assert repr(Secret("made-up")) == "<secret>"


def test_a_curl_line_sends_the_very_request() -> None:
    """The shell puts the token, or the piece of it, where it was."""
    token = Secret("made-up-token-0123456789-of-nobody", NAME)
    headers = (("X-Auth-Token", token[:-4]), ("A", "it's"))
    request = Request("GET", f"http://h/?x={token}", headers)
    line = curl_line(Masker([token]).exchange(Exchange(request)).request)
    assert not survives(token, line)
    program = ["bash", "-c", f"printf '%s\\n' {line}"]
    shown = subprocess.run(program, env={**os.environ, NAME: token}, capture_output=True, text=True)
    words = ["curl", "-X", "GET", "-H", f"X-Auth-Token: {token[:-4]}", "-H", "A: it's"]
    assert shown.stdout.splitlines() == [*words, f"http://h/?x={token}"], shlex.split(line)
