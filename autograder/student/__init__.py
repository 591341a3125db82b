"""The student's side of the wall: the warm parent, and what runs in the processes forked from it.

Nothing here imports anything of our side but the wire: no test case, no reference solution, no setting.
"""
