"""The checks behind the test cases of q3, q4 and q5.

The code that a case uses is copied into the test files of the zips. Students do not get what only hidden cases use.
"""
