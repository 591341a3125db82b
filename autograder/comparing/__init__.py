"""``autograder compare``: whose marks change between two graded folders, by which test case, and why."""
