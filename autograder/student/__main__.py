"""Starts the warm parent: ``python -m autograder.student DESCRIPTOR PATH``."""

from .forking import keep_handlers

keep_handlers()  # before anything else is imported

from .warm import main  # noqa: E402

main()
