"""Written answers: taken from notebooks, set on pages, graded by a person, and added to the other marks."""
