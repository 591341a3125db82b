"""Fixtures for tests that need containers: an engine and a base image for each file, because files run in parallel.

Where there is no engine these tests are skipped with the reason; with REQUIRE_DOCKER=1 they fail instead.
"""

import os
from collections.abc import Iterator
from typing import NoReturn

import pytest

from tests.support.docker_engine import Engine, EngineUnavailable, build_base_image


def _give_up(reason: EngineUnavailable) -> NoReturn:
    if os.environ.get("REQUIRE_DOCKER") == "1":
        pytest.fail(f"no Docker engine, and REQUIRE_DOCKER=1: {reason}", pytrace=False)
    pytest.skip(f"no Docker engine: {reason}")


@pytest.fixture(scope="module")
def docker_engine() -> Iterator[Engine]:
    """Start a Docker engine. DOCKER_HOST points to it while the tests of the file run."""
    try:
        with Engine() as engine:
            yield engine
    except EngineUnavailable as reason:
        _give_up(reason)


@pytest.fixture(scope="module")
def base_image(docker_engine: Engine) -> str:
    """Return the name of a nearly empty image of this machine's distribution, for `otter grade --image`."""
    try:
        return build_base_image(docker_engine)
    except EngineUnavailable as reason:
        _give_up(reason)
