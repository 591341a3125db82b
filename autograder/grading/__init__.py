"""One submission, from a path to results."""
