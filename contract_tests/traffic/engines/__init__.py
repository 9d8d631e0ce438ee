"""The core in several processes, over Arrow, on a cluster: what comes out is the same."""
