"""Build the zips of an assignment, grade submissions, and report on a class."""

__version__ = "1.0.0"
