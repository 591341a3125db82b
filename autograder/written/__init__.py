"""Written answers: taken from notebooks, set on pages, graded by a person, and added to the marks of the test cases."""
