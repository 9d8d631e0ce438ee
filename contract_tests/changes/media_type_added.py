"""A body has a media type more.

A client that does not ask for it does not get it.

Old::

    requestBody: {content: {application/json: {}}}

New::

    requestBody: {content: {application/json: {}, text/plain: {}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import ContentPair, Difference, Effect
from contract_tests.changes.comparing.matching import counterpart

REQUEST = Effect.HARMLESS
RESPONSE = Effect.HARMLESS
INVERSE = "media-type-removed"


def check_content(pair: ContentPair) -> Iterator[Difference]:
    """Media types that OLD lacked."""
    for media in pair.new.media:
        if counterpart(pair.old.media, media) is None:
            yield pair.differs(f"also {media}", media)
