"""Written answers: out of notebooks and onto pages, graded by a person, and joined with the marks of the test cases."""
