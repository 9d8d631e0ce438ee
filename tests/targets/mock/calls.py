"""A walk through everything the mock can be asked, in a fixed order: right calls and wrong ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from contract_tests.exchange import Headers
from contract_tests.targets.mock import Call, Klass, Mock
from contract_tests.targets.mock.state import Notebook

HOUR = 3_600_000
JSON = ("Content-Type", "application/json")
AGENT = ("User-Agent", "walk")


@dataclass
class Clock:
    """Unix time in seconds that moves by `step` whenever it is read, and when it is told to."""

    now: float = 1_795_000_000.0
    step: float = 0.0

    def __call__(self) -> float:
        """The time."""
        self.now += self.step
        return self.now


@dataclass(frozen=True)
class Walk:
    """Calls at one mock with its own token, unless told otherwise."""

    mock: Mock

    def call(
        self,
        method: str,
        path: str = "",
        *,
        project: str | None = None,
        headers: Headers | None = None,
        body: bytes = b"",
    ) -> Call:
        """A call; `path` is what follows the project's notebooks, `headers` replace the token."""
        token = (("X-Auth-Token", self.mock.token), JSON, AGENT)
        target = f"/v1/{project or self.mock.project_id}/notebooks{path}"
        return Call(method, target, token if headers is None else headers, body)

    def start(self, id_: str, query: str = "", **rest: object) -> Call:
        """A start; `id_` and `query` as they go out."""
        return self.call("POST", f"/{id_}/start{query and '?' + query}", **rest)  # type: ignore[arg-type]

    def stop(self, id_: str, **rest: object) -> Call:
        """A stop."""
        return self.call("POST", f"/{id_}/stop", **rest)  # type: ignore[arg-type]

    def show(self, id_: str, **rest: object) -> Call:
        """A look."""
        return self.call("GET", f"/{id_}", **rest)  # type: ignore[arg-type]

    def list(self, query: str = "limit=100", **rest: object) -> Call:
        """A list."""
        return self.call("GET", f"?{query}", **rest)  # type: ignore[arg-type]

    def all(self, first: Klass = "response") -> Iterator[Call]:
        """The whole walk; where a fault of a class is likeliest to show comes first."""
        parts = {
            "response": self.lives,
            "request-validation": self.wrong_parameters,
            "authentication": self.wrong_credentials,
            "robustness": self.odd_ids,
            "security": self.odd_requests,
            "state": self.other_states,
            "rare": self.many_starts,
        }
        yield from parts.pop(first)()
        for part in parts.values():
            yield from part()

    def lives(self) -> Iterator[Call]:
        """Each notebook that can be started, started twice and stopped twice."""
        for number, id_ in enumerate(self.mock.notebook_ids[:6]):
            first, second = STARTS[number], STARTS[-1 - number]
            yield from (self.list(), self.show(id_), self.start(id_, first), self.start(id_))
            yield from (self.show(id_), self.list(), self.show(id_), self.show(id_))
            yield from (self.start(id_), self.show(id_), self.stop(id_), self.show(id_))
            yield from (self.list(), self.show(id_), self.start(id_, second, body=b"{}"))
            yield from (self.show(id_), self.show(id_), self.list(), *self.stopping(id_))

    def stopping(self, id_: str) -> Iterator[Call]:
        """A stop, and looks until it rests."""
        yield from (self.stop(id_), self.show(id_), self.show(id_))

    def wrong_parameters(self) -> Iterator[Call]:
        """Wrong values of each parameter, a look after each; then lists with parameters."""
        id_ = self.mock.notebook_ids[0]
        for name, values in WRONG.items():
            for value in values:
                yield from (self.start(id_, f"{name}={quote(value, safe='')}"), self.show(id_))
        for query in (*UNSETTLED, "duration=abc&type=idle", "duration=3600000&type=bogus"):
            yield from (self.start(id_, query), self.show(id_), *self.stopping(id_))
        yield from (self.start(id_, "duration=abc", body=b'{"a": 1}'), self.show(id_), self.list())
        pool = next(n.record["pool"]["id"] for n in self.own() if "pool" in n.record)
        for query in (*LISTS, f"pool_id={pool}"):
            yield self.list(query)

    def own(self) -> Sequence[Notebook]:
        """The notebooks of the own project."""
        return self.mock.service.world.of_project(self.mock.project_id)

    def wrong_credentials(self) -> Iterator[Call]:
        """Wrong tokens in all places, wrong projects, another project's notebooks."""
        mock, id_ = self.mock, self.mock.notebook_ids[0]
        for headers in self.wrong_headers():
            yield from (self.start(id_, headers=headers), self.show(id_), self.list())
            yield from (self.show(id_, headers=headers), self.list(headers=headers))
            yield from (self.stop(id_, headers=headers), *self.stopping(id_))
        for name in ("X-Auth-Token", "token", "access_token"):
            yield self.start(id_, f"{name}={mock.token}", headers=())
            yield from self.stopping(id_)
        for project in self.wrong_projects():
            yield from (self.start(id_, project=project), self.show(id_), self.list())
            yield from (self.list(project=project), self.show(id_, project=project))
            yield from self.stopping(id_)
        foreign = mock.other_notebook_ids[0]
        for each in (mock.project_id, mock.other_project_id):
            for call in (self.start, self.show, self.stop):
                yield call(foreign, project=each)
            yield self.show(
                foreign, project=mock.other_project_id, headers=self.token("other_token")
            )

    def token(self, name: str) -> Headers:
        """The header with another of the mock's tokens."""
        return (("X-Auth-Token", str(getattr(self.mock, name))),)

    def wrong_headers(self) -> Iterator[Headers]:
        """Headers in place of the token's."""
        token = self.mock.token
        yield ()
        yield (("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-User", "admin"))
        yield (("X-User-Id", "admin"), ("X-Roles", "admin"), ("X-Identity-Status", "Confirmed"))
        yield (("Cookie", f"session={token}"),)
        for name in ("Authorization", "X-Subject-Token", "X-Token"):
            yield ((name, token),)
        yield (("Authorization", f"Bearer {token}"),)
        yield (("X-Auth-Token", self.mock.other_token),)
        yield (("X-Auth-Token", self.mock.expired_token),)
        for changed in (
            *("", "made-up", "null", "*", "' OR '1'='1", token[:-1], token[1:], token[:20]),
            *(f"{token}x", f"x{token}", token.swapcase(), token + token, f"{token},x"),
            *(f"Bearer {token}", f'"{token}"', token[:-1] + "!", "x" * len(token)),
        ):
            yield (("X-Auth-Token", changed),)

    def wrong_projects(self) -> Iterator[str]:
        """Projects that are not the own one, as they go out."""
        own = self.mock.project_id
        yield from (self.mock.other_project_id, "0" * 32, own[:-1], own[1:], own[:8])
        yield from (f"{own}0", f"0{own}", own.upper(), "*", "-", "null", "not-a-project")
        yield from (f"{own},{own}", quote("' OR '1'='1"), f"{own}%20")

    def odd_ids(self) -> Iterator[Call]:
        """Ids that name nothing."""
        known = self.mock.notebook_ids[0]
        cleanable = [f" {known}", f"{known} ", f"{known}\0", f"{known};a=b", f"{known},x"]
        cleanable += [f"{{{known}}}", known.replace("-", "_"), f"{known}0", known[:-1]]
        cleanable += [known.replace("-", ""), known.upper(), quote(f"{known}-", safe="")]
        for id_ in (*ODD_IDS, *cleanable, known.replace("-", "%2d")):
            text = quote(id_, safe="")
            yield from (self.start(text), self.show(text), self.stop(text), self.list())
            yield from self.stopping(known)

    def odd_requests(self) -> Iterator[Call]:
        """Requests that no source speaks of, and valid ones in unusual dress."""
        id_, token = self.mock.notebook_ids[0], ("X-Auth-Token", self.mock.token)
        for headers in (
            *((token,), (token, AGENT), (token, JSON), (token, ("Content-Type", "text/plain"))),
            *((token, ("Accept", "image/png")), (token, ("X-Long", "a" * 5000))),
        ):
            yield from (self.start(id_, headers=headers), *self.stopping(id_))
        for body in BODIES:
            yield from (self.start(id_, body=body), *self.stopping(id_))
        for method in ("GET", "PUT", "DELETE", "OPTIONS", "HEAD"):
            yield from (self.call(method, f"/{id_}/start"), *self.stopping(id_))
        for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
            yield self.call("GET", f"/{id_}/start", headers=(token, (name, "POST")))
            yield from self.stopping(id_)
        yield from (self.call("GET", f"/{id_}/start?_method=POST"), *self.stopping(id_))

    def other_states(self) -> Iterator[Call]:
        """Notebooks in every other state, started and stopped."""
        for id_ in self.mock.notebook_ids[6:]:
            yield from (self.start(id_), self.show(id_), self.stop(id_), self.show(id_))
            yield self.list()

    def many_starts(self) -> Iterator[Call]:
        """So many starts that what happens once in twenty happens."""
        for number in range(24):
            id_ = self.mock.notebook_ids[number % 6]
            query = f"duration={(1 + number * 3 % 72) * HOUR + number}&type={TYPES[number % 2]}"
            yield from (self.start(id_, query), self.show(id_), self.show(id_))
            yield from self.stopping(id_)


TYPES = ("idle", "timing")

STARTS = (
    f"duration={72 * HOUR}&type=idle",
    "",
    f"duration={HOUR}",
    "type=timing",
    f"type=idle&duration={50 * HOUR + 1}",
    "type=idle",
    f"duration={30 * HOUR + 777}&type=timing",
    f"duration={2 * HOUR}&type=timing",
    f"duration={13 * HOUR}&type=idle",
    "type=timing",
    f"type=timing&duration={5 * HOUR}",
    f"duration={25 * HOUR}",
)

WRONG = {
    "duration": (
        *("", " ", "abc", " 3600000", "3600000 ", "3600000ms", "ms3600000", "-5", "0x36EE80"),
        *("3.6e6", "3600000.5", "true", "null", str(2**63), "3,600,000", '"3600000"', "[3600000]"),
        str(2**64 + 2 * HOUR),
    ),
    "type": (
        *("", " ", "7", "true", "null", '"timing"', "timings", "timin", "iming", " timing"),
        *("timing ", "timing,idle", "TOTALLY_DIFFERENT"),
    ),
}

UNSETTLED = (
    *("duration=-1", "duration=0", "duration=1", f"duration={2**63 - 1}", "type=TIMING"),
    *("unknown=1", "type=timing&type=timing", "type=%", f"x={'a' * 2500}"),
)

LISTS = (
    *("", "limit=2", "limit=2&offset=2", "status=RUNNING", "status=STOPPED", "feature=DEFAULT"),
    *("feature=NOTEBOOK", "name=a", "name=zzz", "workspaceId=0", "sort_dir=ASC", "offset=5"),
    *(
        f"{name}={quote(value, safe='')}"
        for name in ("limit", "offset")
        for value in WRONG["duration"]
    ),
    *(
        f"{name}={quote(value, safe='')}"
        for name, word in (("feature", "NOTEBOOK"), ("sort_dir", "DESC"), ("status", "RUNNING"))
        for value in (
            *("", " ", "7", "true", "null", f'"{word}"', f"{word}S", word[:-1], word[1:]),
            *(f" {word}", f"{word} ", f"{word},{word}", "TOTALLY_DIFFERENT"),
        )
    ),
    *("name=%20%20", f"name={'a' * 200}", "owner=1", "owner="),
)

ODD_IDS = (
    *("00000000-0000-4000-8000-00000000dead", "not-a-uuid", "0", "x", "*", "%", " ", "a b c d e"),
    *("'quoted'", "1; DROP TABLE notebooks", "<b>", "${x}", "{x}", "a/b", "a\\b", "..", "\0"),
    *("a\nb", "caf\u00e9", "\U0001f600", "\ufffd", "a,b", "a" * 300, "a" * 2000),
)

BODIES = (
    *(b"", b"{}", b'{"a": 1}', b'{"a":', b"[]", b"null", b"\0\xff", b"x" * 120_000),
    b"[" * 600 + b"]" * 600,
)


def meet(mock: Mock, clock: Clock, first: Klass = "response") -> Iterator[Call]:
    """The whole walk at 20 ms a call, with half a minute's rest before the last starts."""
    walk = Walk(mock)
    for call in walk.all(first):
        clock.now += 0.02
        yield call
    clock.now += 40
    id_ = mock.notebook_ids[0]
    yield from (*walk.stopping(id_), walk.start(id_), walk.show(id_), walk.list())
