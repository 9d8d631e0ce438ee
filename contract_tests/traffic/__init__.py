"""Recorded and passing traffic: read, matched to operations, checked, without sending a request.

    files ──formats──▶ records ──verify──▶ tally ──merge──▶ tally ──▶ verdicts

A record is one exchange in the shape that `exchange.schema.json` documents, with its file and
offset. What cannot be read is a diagnostic, never a gap. A tally is what a batch of records
showed; tallies merge in any order, any number of times, into the same result, so it makes no
difference whether one process read the traffic or a cluster did.
"""
