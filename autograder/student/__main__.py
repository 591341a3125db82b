"""Starts the warm parent: ``python -m autograder.student DESCRIPTOR PATH``."""

import gc

from .forking import keep_handlers

gc.disable()  # while libraries are loaded next to nothing is garbage
keep_handlers()  # before anything else is imported

from .warm import main  # noqa: E402

main()
