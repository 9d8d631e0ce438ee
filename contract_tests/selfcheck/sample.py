"""Which faults a selfcheck tries: all of them, or the same sample whenever the seed is the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from random import Random

from contract_tests.targets.mock import KLASSES, Fault, Klass


def pick(
    faults: Iterable[Fault], *, size: int | None, seed: int, klass: Klass | None = None
) -> tuple[Fault, ...]:
    """A sample of the faults, as many of each class as the size allows.

    Args:
        faults: to take from.
        size: how many in all; None for every fault.
        seed: the same one takes the same faults.
        klass: only faults of this class.

    Returns:
        The faults, the classes in turn, so that any beginning of it is a sample as well.
    """
    random = Random(seed)  # noqa: S311 (a sample, no secret)
    drawn: dict[Klass, list[Fault]] = defaultdict(list)
    for fault in faults:
        if klass in (None, fault.klass):
            drawn[fault.klass].append(fault)
    for members in drawn.values():
        random.shuffle(members)
    rounds = max((len(members) for members in drawn.values()), default=0)
    ordered = [
        drawn[each][number]
        for number in range(rounds)
        for each in KLASSES
        if number < len(drawn[each])
    ]
    return tuple(ordered[:size])
