"""A report on a graded class, for staff: one page that works offline, and a table of the test cases."""

from .build import write_report

__all__ = ["write_report"]
