"""What the rules of change share: the pairs that they look at, and how these are found."""

from contract_tests.changes.comparing.change import Change, Difference, Effect, Side
from contract_tests.changes.comparing.matching import pair_contents, pair_schemas, pair_views
from contract_tests.changes.comparing.pairs import (
    ContentPair,
    OperationPair,
    SchemaPair,
    ViewPair,
)

__all__ = [
    "Change",
    "ContentPair",
    "Difference",
    "Effect",
    "OperationPair",
    "SchemaPair",
    "Side",
    "ViewPair",
    "pair_contents",
    "pair_schemas",
    "pair_views",
]
