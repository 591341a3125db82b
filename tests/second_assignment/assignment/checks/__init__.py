"""What the test cases are made of."""
