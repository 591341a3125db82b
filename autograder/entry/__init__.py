"""How others start grading: a container of Gradescope or ``otter grade``, the plugin of ``otter run``."""
