"""Hold a vendor's page, a hand-written spec and the running service against each other.

The data flows one way: page -> facts -> findings, target -> exchanges -> findings,
findings -> verdicts -> reports. Each folder of this package is one step of that way.
"""

__version__ = "0.1.0"
