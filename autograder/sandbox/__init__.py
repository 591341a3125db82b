"""Our end of the wall between the test cases and a student's code.

Theory of operation. Our process holds the cases, the reference solution, the settings and the results; it never runs
anything that a student wrote. It starts the *warm parent* (``autograder.student.warm``) afresh, so that there is
nothing in that process' memory to be found. The warm parent forks a *keeper* for each process of ours that grades. For
every submission the keeper forks a *worker*, which is confined, runs the cells, and stays as it is then. Calls are
answered by *copies* that the worker forks: one for the public cases and one for the hidden ones, as long as nothing
goes wrong. A call that raised an error, crashed or did not return ends its copy. The case is judged once more in a copy
of its own, if others had been answered there before, and the next case gets a fresh one.

    our process ── warm parent ── keeper ── worker ── copy, copy, ...

Our process has a channel (one end of a socket pair) to each of them. It sends plain values and receives plain values;
what it receives is checked against a schema (``autograder.wire``), and only then made into fresh objects
(``values``). Its clocks run here, where nothing of a student's can stop them: when a call takes too long, the keeper
ends the copy. When a submission is done, the keeper ends everything that came of it, removes its files, and stands
ready for the next one.

Order: all public cases first, then the hidden ones. Once a copy has been given a hidden input, nothing that comes out
of this submission is shown to its student any more (``session``).
"""

from .parent import Sandbox

__all__ = ["Sandbox"]
