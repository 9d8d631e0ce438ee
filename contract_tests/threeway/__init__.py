"""Page, spec and service held against each other: who says what, who stands alone.

page_says(page)      what the facts alone imply: the page view
spec_says(view, …)   what the spec states at the same places
drift(page, view)    where the two differ
judge(…)             drift, who stands alone in each finding, a row for each fact
"""

from contract_tests.threeway.drift import changed_cells, drift
from contract_tests.threeway.judgement import Judgement, Observations, judge
from contract_tests.threeway.page_view import page_says
from contract_tests.threeway.said import Said, Says
from contract_tests.threeway.spec_view import spec_says

__all__ = [
    "Judgement",
    "Observations",
    "Said",
    "Says",
    "changed_cells",
    "drift",
    "judge",
    "page_says",
    "spec_says",
]
