"""Code that both sides of the wall share: frames, the schema of the messages, and the facts of a drawing.

The student's side imports this package. So it knows nothing about test cases, the reference solution or settings.
"""
