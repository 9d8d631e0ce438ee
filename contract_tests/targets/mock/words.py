"""Texts that look like what stands in a property of that name, made up and harmless."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from uuid import UUID

WORDS = (
    *("amber", "birch", "cedar", "delta", "ember", "fjord", "grove"),
    *("heron", "iris", "jade", "kelp", "lotus", "mesa", "north"),
)


def candidates(name: str, random: Random, number: int) -> Iterator[str]:
    """Texts for a property, the likeliest first; a schema may refuse any of them.

    `name` is the last part of the property's name, `number` tells objects apart.
    """
    words = "-".join(random.sample(WORDS, 2))
    first = words.split("-")[0]
    match name:
        case "flavor":
            yield f"modelarts.vm.cpu.{2 + number % 7}u"
        case "mount_path":
            yield "/home/ma-user/work/"
        case "allowed_access_ips":
            yield f"203.0.113.{random.randrange(1, 255)}"
        case "swr_path":
            yield f"swr.example.com/{first}/{words}:{number}"
        case "uri" | "url":
            yield f"ssh://notebook@{first}.example.com:{30_000 + number}"
        case "id" | "pool_id" | "user_id":
            yield hexadecimal(random, 32)
    yield f"{words}-{number}"
    yield words
    yield first
    yield hexadecimal(random, 32)
    yield uuid(random)
    yield str(number)


def formatted(form: str, random: Random, number: int) -> str:
    """A text in one of the formats of JSON Schema; a word for a format that is not known."""
    word = random.choice(WORDS)
    texts = {
        "uuid": uuid(random),
        "ipv4": f"192.168.{number % 256}.{random.randrange(1, 255)}",
        "uri": f"https://{word}.example.com/{number}",
        "hostname": f"{word}-{number}.example.com",
        "date-time": f"2026-{1 + number % 12:02}-01T00:00:00Z",
    }
    return texts.get(form, word)


def uuid(random: Random) -> str:
    """A random UUID in its usual form."""
    return str(UUID(int=random.getrandbits(128), version=4))


def hexadecimal(random: Random, digits: int) -> str:
    """So many random hexadecimal digits."""
    return f"{random.getrandbits(4 * digits):0{digits}x}"
