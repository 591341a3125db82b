"""From the handout, the reference solution and the test cases to student.zip and autograder.zip."""
