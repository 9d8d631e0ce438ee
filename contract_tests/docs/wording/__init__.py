"""All wording of the vendor: captions, heads of columns, lead-ins, units, phrases.

A page that words something anew needs a change here and nowhere else. Patterns match text
with white space folded; those for whole texts are used with `fullmatch`. None nests repeats,
so that no page, however odd, takes more than linear time.
"""
