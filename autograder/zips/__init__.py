"""Build student.zip and autograder.zip from the handout, the reference solution and the test cases."""
