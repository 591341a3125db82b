"""What both sides of the wall share: frames, the schema of what crosses it, and the facts of a drawing.

Nothing here knows of test cases, the reference solution or settings: the student's side imports it.
"""
