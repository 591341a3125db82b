"""The libraries that Otter's parts need only at times: they are loaded when they are first used."""

import IPython.core.getipython
import nbformat

from autograder.grading import otter_parts


def test_what_was_put_off_is_there_when_it_is_used() -> None:
    """A stand-in gives what the library has, and what it lacks as an ``AttributeError``."""
    stand_ins = otter_parts._libraries()
    assert stand_ins["nbformat"].reads is nbformat.reads
    assert not hasattr(stand_ins["nbformat"], "no_such_name")
    assert not hasattr(stand_ins["nbformat"], "__wrapped__")
    assert stand_ins["IPython.core.getipython"].get_ipython() is IPython.core.getipython.get_ipython()
