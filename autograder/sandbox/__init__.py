"""Our end of the wall between the test cases and a student's code.

Theory of operation. Our process holds the cases, the reference solution, the settings and the results. It never runs
anything that a student wrote. It starts the *warm parent* (``autograder.student.warm``) as a new program, so that no
secrets are in that process's memory. The warm parent forks a *keeper* for each of our grading processes. For every
submission the keeper forks a *worker*, which is confined and runs the cells. After that, the worker's state no longer
changes. It forks *copies*, which answer calls: one for the public cases and one for the hidden ones, as long as nothing
goes wrong. A call that raises an error, crashes or does not return ends its copy. If that copy had answered other cases
before, the case is judged once more in its own copy. The next case gets a fresh one.

    our process ── warm parent ── keeper ── worker ── copy, copy, ...

Our process has a channel (one end of a socket pair) to each of them. It sends and receives only plain values. It checks
what it receives against a schema (``autograder.wire``) and then builds fresh objects from it (``values``). The clocks
run in our process, where no student code can stop them: when a call takes too long, the keeper ends the copy. When a
submission is done, the keeper ends all its processes, removes its files, and is ready for the next one.

Order: all public cases first, then the hidden ones. Once a copy has received a hidden input, the student no longer sees
anything that this submission sends (``session``).
"""

from .parent import Sandbox

__all__ = ["Sandbox"]
