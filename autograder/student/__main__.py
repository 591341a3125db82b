"""Starts the warm parent: ``python -m autograder.student DESCRIPTOR PATH``."""

import gc

from .forking import keep_handlers

gc.disable()  # until all libraries are loaded: they leave almost no garbage, and searching for it is slow
keep_handlers()  # before anything else is imported

from .documentation import without_documentation  # noqa: E402

with without_documentation():
    from .warm import main

main()
