"""Page, spec and service held against each other: who says what, who stands alone.

page_says(page)      what the facts alone imply: the page view
spec_says(view, …)   what the spec states at the same places
drift(page, view)    where the two differ
judge(…)             drift, who stands alone in each finding, a row for each fact
"""

from contract_tests.threeway.drift import changed_cells, drift
from contract_tests.threeway.judgement import Judgement, Observations, counted_as, judge
from contract_tests.threeway.kinds import DRIFT_IDS, DRIFTS
from contract_tests.threeway.page_view import in_words_of_the_spec, page_says
from contract_tests.threeway.pinned import documented_page, named_by_spec, pinned_page
from contract_tests.threeway.said import Said, Says
from contract_tests.threeway.spec_view import spec_says

__all__ = [
    "DRIFTS",
    "DRIFT_IDS",
    "Judgement",
    "Observations",
    "Said",
    "Says",
    "changed_cells",
    "counted_as",
    "documented_page",
    "drift",
    "in_words_of_the_spec",
    "judge",
    "named_by_spec",
    "page_says",
    "pinned_page",
    "spec_says",
]
