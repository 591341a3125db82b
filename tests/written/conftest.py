"""The processes that read and set what students wrote, for all tests of a file."""

from collections.abc import Iterator

import pytest

from autograder.written.typesetter import Typesetter


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    one = Typesetter()
    yield one
    one.close()
