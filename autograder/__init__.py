"""The infrastructure of the course: builds the student's and the grader's zip, and grades submissions."""

__version__ = "1.0.0"
