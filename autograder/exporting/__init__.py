"""``autograder export``: a table of marks for the course system, and pages for students as it accepts them."""
