"""A report for staff on a graded class: one page that works offline, and a table of the test cases."""

from .build import write_report

__all__ = ["write_report"]
