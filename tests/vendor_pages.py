"""Where the vendor's pages are: beside the repository, or where CONTRACT_TESTS_PAGES says.

They are not ours to give away, so tests that read them skip where they are absent.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(
    os.environ.get("CONTRACT_TESTS_PAGES", Path(__file__).parents[2] / "shared" / "pages")
)
START_NOTEBOOK = FOLDER / "StartNotebook.html"
START_NOTEBOOK_RST = (
    FOLDER / "rst/modelarts/development_environment_management/starting_a_notebook_instance.rst"
)

needs_vendor_pages = pytest.mark.skipif(
    not START_NOTEBOOK.is_file(), reason=f"the vendor's pages are not at {FOLDER}"
)
