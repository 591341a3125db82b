"""Grading many submissions: finding them, a pool of processes, resuming, tables."""
