"""Facts as pinned facts and back: what is kept of each, and under which name."""
