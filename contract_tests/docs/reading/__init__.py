"""The steps from blocks to facts, one module each, shared by all dialects of markup."""
