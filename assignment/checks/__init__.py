"""What the test cases of q3, q4 and q5 are made of.

These modules need numpy, networkx and matplotlib only, and nothing of ours but each other: the generator writes
them into the test files of the zips, so that a public case runs in a student's notebook as it runs here.
"""
