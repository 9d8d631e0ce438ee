"""Recordings to records: files of any size, in any of the formats, one record at a time."""
