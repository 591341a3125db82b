"""A plugin for pytest in coverage runs: begins to trace again where a test has ended that.

Python stops tracing a thread if the tracer itself meets an error. In tests of deep recursion it meets a RecursionError.
"""

import sys
import threading

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Trace this test as well."""
    if sys.gettrace() is None:
        sys.settrace(threading.gettrace())
