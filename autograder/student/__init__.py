"""The student's side: what runs in the process that executes a submission.

Nothing here imports test cases, reference solution or settings.
"""
