"""In a container, where we are root, the processes that read what students wrote run as a user that owns nothing."""

import os
from pathlib import Path

import pypandoc
import pytest

from autograder.sandbox.users import borrowed_user
from autograder.written.typesetter import Typesetter, _open_to_all
from tests.support.samples import children
from tests.written.samples import picture, set_text, text_of

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def test_both_processes() -> None:
    """Both work, as the user that was borrowed, without any other group and without capabilities."""
    if not _open_to_all(Path(pypandoc.get_pandoc_path()).resolve()):
        pytest.skip("other users cannot enter the folder of this environment, so they cannot run pandoc in it")
    with borrowed_user() as user:
        typesetter = Typesetter(user)
        try:
            _, pdf = set_text(typesetter, "WRITTEN $x^2$")
            assert "WRITTEN" in text_of(pdf)
            assert typesetter.see(picture()).pictures
            states = [Path(f"/proc/{child}/status").read_text(encoding="utf-8") for child in children(os.getpid())]
            ours = [state for state in states if f"Uid:\t{user}\t{user}\t{user}\t{user}" in state]
            assert len(ours) == 2
            assert all(f"Gid:\t{user}\t{user}\t{user}\t{user}" in state for state in ours)
            assert all("Groups:\t \n" in state and "CapEff:\t0000000000000000" in state for state in ours)
        finally:
            typesetter.close()
