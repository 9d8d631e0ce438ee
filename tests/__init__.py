"""The toolkit's own tests; they mirror the package."""
