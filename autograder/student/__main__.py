"""Starts the warm parent: ``python -m autograder.student DESCRIPTOR PATH``."""

import gc

from .forking import keep_handlers

gc.disable()  # until all libraries are loaded: next to nothing of them is garbage, and looking for it takes long
keep_handlers()  # before anything else is imported

from .warm import main  # noqa: E402

main()
