"""Drafts for people to review: entries of the ledger, actions of an overlay."""

from contract_tests.drafts.ledger import add_entries, draft_id
from contract_tests.drafts.overlay import write_suggestions

__all__ = ["add_entries", "draft_id", "write_suggestions"]
