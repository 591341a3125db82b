"""The process that ``prepared`` asks for commands: ``python -m tests.support.forking_commands DESCRIPTOR``.

It loads the program and starts a warm parent. For each order it forks a process that becomes the command, waits until
the command ends, and tells its exit status.
"""

import gc
import importlib
import json
import os
import socket
import sys
import tempfile
from typing import Any

from autograder.cli import main as autograder
from autograder.sandbox import Sandbox
from autograder.sandbox.machine import check_system

#: What commands import once they know what they have to do.
_LATER = (
    "batch.work", "batch.merging", "comparing.command", "entry.building", "entry.preview", "entry.terminal",
    "exporting.command", "report", "written.command",
)  # fmt: skip


class _Shared(Sandbox):
    """The warm parent of this process. Commands use it, too."""

    start = Sandbox.start  # the one that is replaced in commands


def main() -> None:
    """Prepare, tell the number of the warm parent, and serve until nobody asks any more."""
    gc.disable()
    channel = socket.socket(fileno=int(sys.argv[1]))
    shared = _Shared()
    shared.start()
    for name in _LATER:
        importlib.import_module(f"autograder.{name}")
    shared.share().close()  # waits until it is ready
    gc.collect()
    gc.freeze()
    gc.enable()
    channel.send(str(shared.process_id).encode())
    while True:
        message, descriptors, _, _ = socket.recv_fds(channel, 1 << 20, 3)
        if not message:
            return shared.close()
        child = os.fork()
        if child == 0:
            channel.close()
            return _become(json.loads(message), descriptors, shared)
        for descriptor in descriptors:
            os.close(descriptor)
        _, status = os.waitpid(child, 0)
        channel.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(order: dict[str, Any], descriptors: list[int], shared: Sandbox) -> None:
    """Do what a process would that was started with these words, in this folder and environment."""
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["environment"])
    tempfile.tempdir = None
    sys.argv[:] = ["autograder", *order["words"]]
    sys.path[0] = order["cwd"]
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)

    def start(self: Sandbox) -> None:
        """Use the warm parent that is there."""
        check_system(self.confine)
        found = vars(shared.share())
        vars(self).update({name: found[name] for name in found if name not in ("confine", "secrets")})

    Sandbox.start = start  # type: ignore[method-assign]
    autograder()


if __name__ == "__main__":
    main()
