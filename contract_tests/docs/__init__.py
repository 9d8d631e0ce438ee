"""Pages to facts. Each dialect is one module here, found by the suffixes it reads.

    page = read_page(Path("StartNotebook.html"))
    for page in read_pages([Path("api-ref/")]): ...
    text = pin(page)

A dialect has `SUFFIXES` and `read(data, file) -> Page`; a new one is one new file. Pinned facts
(`*.facts.yaml`) are read as any page is.
"""

from __future__ import annotations

from contract_tests.docs.files import read_page, read_pages
from contract_tests.docs.pinning.write import pin

__all__ = ["pin", "read_page", "read_pages"]
