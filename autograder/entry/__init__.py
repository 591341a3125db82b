"""The ways in which grading is started: by Gradescope, by ``otter grade``, by ``otter run``, and in a terminal."""
