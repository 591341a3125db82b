"""Grade many submissions: find them, grade them in parallel, resume, write tables."""
