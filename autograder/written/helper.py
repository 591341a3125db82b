"""A process that works on what students wrote. If it takes too long, it is ended and started again."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, cast

#: The longest allowed answer, in bytes.
_LONGEST = 512 * 2**20


class HelperFailed(Exception):
    """The process did not answer in time, or ended."""


class Helper:
    """A process that answers one question after another, through pipes."""

    def __init__(self, command: Sequence[str], complete: Callable[[bytearray], bool], uses: int) -> None:
        """Prepare it. The process is started with the first question.

        Args:
            command: what to start.
            complete: whether an answer is whole.
            uses: how many questions a process answers before another one takes its place.
        """
        self._command, self._complete, self._uses = list(command), complete, uses
        self._process: subprocess.Popen[bytes] | None = None
        self._asked = 0

    def ask(self, question: bytes, seconds: float) -> bytes:
        """Return the answer to a question.

        Raises:
            HelperFailed: there is none.
        """
        if self._asked >= self._uses:
            self.close()
        process = self._process or self._start()
        self._asked += 1
        try:
            return self._answer(process, question, time.monotonic() + seconds)
        except (OSError, ValueError, HelperFailed) as error:
            self.close()
            raise HelperFailed(str(error) or "it ended") from error

    def close(self) -> None:
        """End the process."""
        process, self._process, self._asked = self._process, None, 0
        if process:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):
                    cast(IO[bytes], stream).close()

    def _start(self) -> subprocess.Popen[bytes]:
        # Nothing is passed on from our environment: no token, no path.
        environment = {
            name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT", "TMPDIR") if name in os.environ
        }
        # In an image, this package and the libraries for PDFs are where only our own process looks.
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if os.path.isabs(path))
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            env=environment, start_new_session=True,
        )  # fmt: skip
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], question: bytes, until: float) -> bytes:
        to, back, rest = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout), memoryview(question)
        os.set_blocking(to.fileno(), False)
        got = bytearray()
        while rest or not self._complete(got):
            left = until - time.monotonic()
            if left <= 0:
                raise HelperFailed("it took too long")
            readable, writable, _ = select.select([back], [to] if rest else [], [], left)
            if writable:
                rest = rest[os.write(to.fileno(), rest[: 1 << 16]) :]
            if readable:
                chunk = os.read(back.fileno(), 1 << 20)
                got += chunk
                if not chunk or len(got) > _LONGEST:
                    raise HelperFailed("it ended" if not chunk else "its answer is too long")
        return bytes(got)
