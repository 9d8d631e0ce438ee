"""Recorded and passing traffic: read, matched to operations, checked, without sending a request.

    files ──reading──▶ records ──verify──▶ tally ──merge──▶ tally ──▶ verdicts

`reading` knows the formats; `typed` reads bodies into types of the contract, `screens` are its
invariants in Python; `verify` puts them together, and leaves what a glance does not do for to
`examining`, which asks the checks themselves; `engines` runs it in many processes, `proxy` on what
passes by.

A record is one exchange in the shape that `exchange.schema.json` documents, with its file and
offset. What cannot be read is a diagnostic, never a gap. A tally is what a batch of records
showed; tallies merge in any order, any number of times, into the same result, so it makes no
difference whether one process read the traffic or a cluster did.
"""
