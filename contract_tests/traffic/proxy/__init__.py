"""A reverse proxy that passes traffic on, and verifies it on the way.

    client ──▶ server ──▶ upstream
                 │
                 └──▶ recorder (a process of its own): verify, mask, write HAR

The server copies what passes and hands it to the recorder; it waits for no verdict, unless it is
told to enforce the contract.
"""
