"""The stand-in for Otter: whether it is installed or not, and loaded before or not."""

import importlib
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from types import ModuleType
from unittest import mock

import pytest

from autograder.student import otter_stub


@pytest.fixture
def restored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Afterwards, this process has the modules that it had before."""
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    with mock.patch.dict(sys.modules):
        yield


def test_an_otter_that_was_loaded_before_is_replaced(restored: None) -> None:
    """No part of it remains, and no other module that only begins like it is gone."""
    for name in ("otter", "otter.check", "otters"):
        sys.modules[name] = ModuleType(name)
    otter_stub.silence_otter()
    assert importlib.import_module("otter").Notebook is otter_stub.Notebook
    assert importlib.import_module("otter.check").Notebook is otter_stub.Notebook
    assert not hasattr(importlib.import_module("otters"), "Notebook")


def test_an_otter_that_is_not_installed_has_a_version(restored: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code that asks for it compares numbers."""

    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(otter_stub, "version", absent)
    otter_stub.silence_otter()
    assert int(importlib.import_module("otter").__version__.split(".")[0]) >= 5
