"""Bodies read into types that the contract gives, and known by their forms."""
