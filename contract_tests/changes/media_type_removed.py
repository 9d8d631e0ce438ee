"""A body has a media type less.

A client sends or asks for what is no longer there.

Old::

    requestBody: {content: {application/json: {}, text/plain: {}}}

New::

    requestBody: {content: {application/json: {}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import ContentPair, Difference, Effect
from contract_tests.changes.comparing.matching import counterpart

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_OLD
INVERSE = "media-type-added"


def check_content(pair: ContentPair) -> Iterator[Difference]:
    """Media types that NEW lacks."""
    for media in pair.old.media:
        if counterpart(pair.new.media, media) is None:
            yield pair.differs(f"no {media} any more", media)
