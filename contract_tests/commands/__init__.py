"""The command line, one module a command; found by name, so a new one is one new file."""
