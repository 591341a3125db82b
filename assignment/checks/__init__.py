"""What the test cases of q3, q4 and q5 are made of.

What a case uses of this is written into the test files of the zips: only what hidden cases use stays with the grader.
"""
