"""``autograder export``: one table for the course's own system, and the pages for students as it takes them back."""
