"""What the test cases of any assignment stand on."""
