"""A separate user id for every submission that is being graded, if we are root.

Two submissions must not share a user id: processes of one user can send signals to each other, and everything that
belongs to a submission's user is removed afterwards. Lock files ensure this, even if several graders run at once.
"""

import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import SandboxError

#: Free on Debian, Ubuntu, Fedora and macOS: above the users that an administrator creates, below those of systemd.
FIRST, LAST = 60_600, 61_100

_LOCKS = Path("/run/rnn-autograder-users")


@contextmanager
def borrowed_user() -> Iterator[int | None]:
    """Reserve a user id for the block; None if we are not root, or the system is not Linux.

    Raises:
        SandboxError: all user ids are in use, or another user owns the folder of the lock files.
    """
    if os.geteuid() != 0 or sys.platform != "linux":
        yield None
        return
    _LOCKS.mkdir(mode=0o700, exist_ok=True)
    if _LOCKS.stat().st_uid != 0:
        raise SandboxError(f"{_LOCKS} belongs to another user: remove it")
    # Start at a random id. Graders in different containers do not see each other's locks, but the kernel counts a
    # user's processes across all containers.
    first = random.SystemRandom().randrange(LAST - FIRST)
    for user in (*range(FIRST + first, LAST), *range(FIRST, FIRST + first)):
        descriptor = _lock(user)
        if descriptor is not None:
            try:
                yield user
            finally:
                os.close(descriptor)
            return
    raise SandboxError(
        f"all user ids from {FIRST} to {LAST - 1} are in use: are that many submissions being graded at once?"
    )


def _lock(user: int) -> int | None:
    import fcntl  # Windows does not have these two modules, but the rest of the project works there
    import pwd

    with suppress(KeyError):
        pwd.getpwuid(user)  # the id belongs to an account
        return None
    descriptor = os.open(_LOCKS / str(user), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def processes_of(user: int) -> int:
    """How many processes and threads a user has. The kernel counts all of them against each process's limit."""
    if sys.platform != "linux":
        import psutil

        users = [process.info["uids"] for process in psutil.process_iter(["uids"])]
        return sum(found is not None and found.real == user for found in users)
    count = 0
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with suppress(OSError, ValueError):
                if entry.stat().st_uid == user:
                    count += len(os.listdir(f"{entry.path}/task"))
    return count
