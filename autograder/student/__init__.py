"""The student's side of the wall: the warm parent and the processes forked from it.

From our side, this package imports only the wire: no test cases, no reference solution, no settings.
"""
