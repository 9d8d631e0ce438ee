"""Where looking beats reading: numbers turned into positions, in percent, for inline SVG."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contract_tests.report.matrix import Group
from contract_tests.verdicts import Beat, Earlier, Run

BUCKETS = 48
MOST_DOTS = 1500
MOST_CODES = 12
LONGEST = 1e9
"""Seconds; what claims to have taken longer is not drawn."""
MILLISECONDS = (0.1, 1, 10, 100, 1_000, 10_000, 100_000)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a structure was exercised; shares in percent of its facts."""

    structure: str
    facts: int
    exercised: int
    differing: int
    agree: float
    differ: float


def coverage(groups: Iterable[Group]) -> list[Coverage]:
    """One per structure over all operations, the largest first."""
    totals: dict[str, Counter[str]] = {}
    for group in groups:
        total = totals.setdefault(group.structure, Counter())
        total["facts"] += len(group.rows)
        total["unexercised"] += group.count("unexercised")
        total["agree"] += group.count("agrees")
    largest = sorted(totals.items(), key=lambda item: (-item[1]["facts"], item[0]))
    return [_coverage(structure, total) for structure, total in largest]


def _coverage(structure: str, total: Counter[str]) -> Coverage:
    facts, exercised = total["facts"], total["facts"] - total["unexercised"]
    agree, seen = 100 * total["agree"] / facts, 100 * exercised / facts
    return Coverage(structure, facts, exercised, exercised - total["agree"], agree, seen - agree)


@dataclass(frozen=True, slots=True)
class Dot:
    """One answer: when and how long; `odd` where it was 5xx or none."""

    x: float
    y: float
    odd: bool
    title: str


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """Dots over a logarithmic scale; `grid` are its lines with their labels."""

    dots: tuple[Dot, ...]
    grid: tuple[tuple[float, str], ...]
    median: str
    slow: str
    """The 95th percentile."""
    slowest: str
    left_out: int


def answer_times(beats: Sequence[Beat]) -> AnswerTimes | None:
    """None where nothing was sent."""
    sane = _sane(beats)
    if not sane:
        return None
    times = sorted(beat.elapsed * 1000 for beat in sane)
    bottom = max((level for level in MILLISECONDS if level <= times[0]), default=MILLISECONDS[0])
    top = next((level for level in MILLISECONDS if level >= times[-1]), MILLISECONDS[-1])
    scale = _Scale(bottom, max(top, bottom * 10))
    ended = max(beat.at for beat in sane) or 1.0
    shown = _the_slowest_and_some(sane)
    return AnswerTimes(
        dots=tuple(_dot(beat, ended, scale) for beat in shown),
        grid=tuple((scale.height(ms), duration(ms)) for ms in MILLISECONDS if scale.has(ms)),
        median=duration(times[len(times) // 2]),
        slow=duration(times[int(len(times) * 0.95)]),
        slowest=duration(times[-1]),
        left_out=len(beats) - len(shown),
    )


def _sane(beats: Iterable[Beat]) -> list[Beat]:
    """Without those of a clock that was set back, or of recorded traffic with odd times."""
    return [b for b in beats if 0 <= b.elapsed < LONGEST and 0 <= b.at < LONGEST]


def _the_slowest_and_some(beats: list[Beat]) -> list[Beat]:
    if len(beats) <= MOST_DOTS:
        return beats
    slow = sorted(beats, key=lambda beat: -beat.elapsed)[: MOST_DOTS // 3]
    step = math.ceil(len(beats) / (MOST_DOTS - len(slow)))
    return slow + beats[::step]


@dataclass(frozen=True, slots=True)
class _Scale:
    """A logarithmic one, in milliseconds."""

    bottom: float
    top: float

    def has(self, milliseconds: float) -> bool:
        """Whether it is on the scale."""
        return self.bottom <= milliseconds <= self.top

    def height(self, milliseconds: float) -> float:
        """Percent from the top of the picture; what is off the scale stands at its end."""
        on_scale = min(max(milliseconds, self.bottom), self.top)
        return 100 * math.log(self.top / on_scale) / math.log(self.top / self.bottom)


def _dot(beat: Beat, ended: float, scale: _Scale) -> Dot:
    status = beat.status if beat.status is not None else "no answer"
    title = f"{beat.operation}: {status} after {duration(beat.elapsed * 1000)}"
    odd = beat.status is None or beat.status >= 500
    return Dot(100 * (beat.at / ended), scale.height(beat.elapsed * 1000), odd, title)


def duration(milliseconds: float) -> str:
    """`0.4 ms`, `12 ms`, `1.4 s`."""
    if milliseconds < 1000:
        return f"{milliseconds:.{0 if milliseconds >= 1 else 1}f} ms"
    return f"{milliseconds / 1000:.3g} s"


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One status code over the run: bars as (x, width, height) in percent."""

    label: str
    total: int
    odd: bool
    bars: tuple[tuple[float, float, float], ...]


def statuses(beats: Sequence[Beat]) -> list[StatusRow]:
    """One row per code, in their order; those without an answer last."""
    sane = _sane(beats)
    ended = max((beat.at for beat in sane), default=0.0) or 1.0
    rows: dict[int, Counter[int]] = {}
    for beat in sane:
        bucket = min(int(BUCKETS * beat.at / ended), BUCKETS - 1)
        rows.setdefault(beat.status or 0, Counter())[bucket] += 1
    most = max((n for row in rows.values() for n in row.values()), default=1)
    codes = sorted(rows, key=lambda code: code or 1000)[:MOST_CODES]
    return [_status_row(code, rows[code], most) for code in codes]


def _status_row(code: int, row: Counter[int], most: int) -> StatusRow:
    width = 100 / BUCKETS
    bars = tuple((b * width, width * 0.8, max(100 * n / most, 8.0)) for b, n in sorted(row.items()))
    odd = code == 0 or code >= 500
    return StatusRow(str(code) if code else "none", row.total(), odd, bars)


@dataclass(frozen=True, slots=True)
class Trend:
    """New and known findings over the runs, this one last; points in percent."""

    new: tuple[tuple[float, float], ...]
    known: tuple[tuple[float, float], ...]
    runs: tuple[Earlier, ...]
    most: int

    @staticmethod
    def path(points: Iterable[tuple[float, float]]) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)


def trend(run: Run) -> Trend | None:
    """None where no earlier run is there."""
    if not run.earlier:
        return None
    now = Earlier(
        run.id,
        run.started,
        run.outcome,
        len(run.new),
        len(run.known),
        0,
        len(run.matrix),
        run.duration,
    )
    runs = (*run.earlier, now)
    most = max(1, *(max(r.new, r.known) for r in runs))
    step = 100 / (len(runs) - 1)
    return Trend(
        new=tuple((n * step, 100 - 100 * r.new / most) for n, r in enumerate(runs)),
        known=tuple((n * step, 100 - 100 * r.known / most) for n, r in enumerate(runs)),
        runs=runs,
        most=most,
    )
