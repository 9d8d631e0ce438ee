"""What the markup of the dialects calls things."""

from __future__ import annotations

BOLD_CLASSES = frozenset({"parmvalue", "parmname"})
"""Classes of `<span>` in HTML that are set in bold."""
ORIGINAL_NAME = "original_name"
"""The field in RST that names the page which it was made from."""
