"""Everything that knows this course: the handout, the settings, and what the test cases are made of."""
