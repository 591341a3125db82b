"""Which lines of the package run, in all processes that the tests start: ``make coverage``."""
