"""A small assignment of another field: smoothing a series, and drawing it."""
