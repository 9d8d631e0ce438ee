"""Routes: a URL is of the operation that the contract says it is."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.contract import View, build_view, parse_document
from contract_tests.traffic.routing import Router

SEGMENTS = ["a", "a", "b", "{p}", "{p}", "{q}", "{r}", "\u00e9", "{p}x", "", "a:b"]
GIVEN = ["a", "b", "c", "%61", "%41", "a%2Fb", "%", "\u00e9", "zx", "", "..", "a:b", "a b", "http:"]
BEFORE = [
    *("", "https://host", "http://u:p@host:80", "HTTP://host", "//host", "https://host/base"),
    *("https://", "https:///", "http:/", "/base", "https://[bad", "x"),
]
BEHIND = ["", "/", "//", "?", "?a=/b", "#f", "?a#b", "/?a=?b", ";x", "/#?"]
PATHS = st.lists(st.sampled_from(SEGMENTS), max_size=3).map(lambda each: "/" + "/".join(each))
URLS = st.tuples(
    st.sampled_from(BEFORE),
    st.lists(st.sampled_from(GIVEN), max_size=4).map(lambda each: "/" + "/".join(each)),
    st.sampled_from(BEHIND),
).map("".join)


def contract(paths: list[str], server: str = "") -> View:
    """A view of one operation for each path."""
    operations = {
        path: {"get": {"operationId": str(i), "responses": {}}} for i, path in enumerate(paths)
    }
    document = {"openapi": "3.1.0", "servers": [{"url": server}], "paths": operations}
    return build_view("documented", parse_document(json.dumps(document), "spec.yaml"))


def assert_same(view: View, url: str) -> None:
    """The same operation and parameters as the contract finds, with host and query."""
    try:
        host, path, query = (parts := urlsplit(url)).netloc, parts.path, parts.query
    except ValueError:
        host, path, query = "", url, ""
    wanted, found = view.match("GET", path), Router(view).match("GET", url)
    if wanted is None:
        assert found is None
        return
    assert found is not None
    assert (found.operation, found.path_params) == (wanted.operation, wanted.path_params)
    assert (found.host, found.query) == (host, query)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(PATHS, min_size=1, max_size=6, unique=True),
    st.sampled_from(["", "", "https://host/base", "/a"]),
    st.lists(URLS, min_size=5, max_size=20),
)
def test_a_route_is_what_the_contract_matches(
    paths: list[str], server: str, urls: list[str]
) -> None:
    """However the templates overlap, and however the URL is written."""
    view = contract(paths, server)
    for url in urls:
        assert_same(view, url)


@pytest.mark.parametrize(
    ("paths", "server", "url"),
    [
        (["/{p}/{q}", "/b"], "/base", "/base/b"),
        (["/{q}/{p}", "/{p}/{p}"], "", "/a/b"),
        (["/{p}/x", "/a/{p}", "/{p}/b"], "", "/a/b"),
    ],
)
def test_where_several_templates_fit_the_contract_decides(
    paths: list[str], server: str, url: str
) -> None:
    """Below a server's path, with one name twice, and where both have as many parameters."""
    assert_same(contract(paths, server), url)


@pytest.mark.parametrize(
    ("url", "counts"),
    [
        ("https://a.example.com/a", True),
        ("https://a.example.com:8443/a", True),
        ("HTTPS://A.Example.com/a", True),
        ("https://me:secret@a.example.com/a", True),
        ("https://example.com.evil.net/a", False),
        ("/a", False),
    ],
)
def test_hosts_are_told_apart_by_their_names(url: str, counts: bool) -> None:  # noqa: FBT001 (a case)
    """Neither the port, nor the case, nor who asks makes another host of one."""
    router = Router(contract(["/a"]), ("*.Example.com",))
    assert (router.match("GET", url) is not None) is counts
    only = Router(contract(["/a"]), ("*.example.com:8443",)).match("GET", url)
    assert (only is not None) is (":8443" in url)


@pytest.mark.parametrize(
    "url",
    [
        "https://me:s3cret@h.example/x?token=s3cret#s3cret",
        "https://[me:s3cret@h.example/x?token=s3cret",
        "//me:s3cret@h.example/x?s3cret",
        "/x?token=https://s3cret/s3cret",
    ],
)
def test_a_template_holds_neither_query_nor_credentials(url: str) -> None:
    """However broken the URL is; secrets stand there."""
    view = contract(["/a"])
    assert Router(view).template("get", url) == "GET /x"
    assert "s3cret" not in Router(view, ("*.com",)).template("get", url)
