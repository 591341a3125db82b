"""seccomp: the kernel refuses system calls that no solution needs, before they do anything.

The filter lists the calls to refuse, because nobody can list what numpy and matplotlib call on every kernel. Most
refused calls fail as if permission were missing. https://man7.org/linux/man-pages/man3/seccomp_rule_add.3.html
"""

import ctypes
import errno
import os
import platform
from collections.abc import Iterable
from typing import Any

from .system import no_new_privileges

try:
    import pyseccomp
except (ImportError, RuntimeError, OSError):  # the Python package or the system's libseccomp is missing
    pyseccomp = None

#: Whether the library is installed.
AVAILABLE = pyseccomp is not None

_CLONE_NEW = (0x00000080, 0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
_AF_UNIX, _SOCK_STREAM, _SOCK_TYPES = 1, 1, 0xF
_CLONE_THREAD, _CLONE_FILES, _CLOSE_RANGE_UNSHARE = 0x10000, 0x400, 2
_CLONE_VFORK = 0x4000
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
_PR_SET_DUMPABLE = 4
#: FS_IOC_SETFLAGS, FS_IOC32_SETFLAGS, FS_IOC_SETVERSION and FS_IOC_FSSETXATTR: they change a file that is open to read.
_SET_FLAGS = (0x40086602, 0x40046602, 0x40087602, 0x401C5820)
#: FIOSETOWN and SIOCSPGRP: another process is sent a signal when data comes in.
_SEND_SIGNALS = (0x8901, 0x8902)

#: Commands of fcntl. F_SETLK and F_SETLKW, with their numbers of 32-bit systems, F_OFD_SETLK and F_OFD_SETLKW.
_LOCK = (6, 7, 13, 14, 37, 38)
#: F_SETLEASE, F_NOTIFY, F_SET_RW_HINT and F_SETDELEG: they tell who opens a file, or leave a mark on it.
_WATCH = (1024, 1026, 1036, 1040)
#: F_SETOWN, F_SETSIG and F_SETOWN_EX: another process is sent a signal when data comes in.
_NOTIFY_OTHERS = (8, 10, 15)

#: The operations of futex that wake somebody, or wait for somebody who wakes, without FUTEX_WAIT and FUTEX_WAIT_BITSET.
_WAKE, _CLOCK = (1, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13), 256
#: Calls that reveal something about a process, and which argument names that process.
_ASK_ABOUT_OTHERS = {
    "getpriority": 1, "ioprio_get": 1, "getpgid": 0, "getsid": 0, "sched_getaffinity": 0, "sched_getscheduler": 0,
    "sched_getparam": 0, "sched_getattr": 0, "sched_rr_get_interval": 0,
}  # fmt: skip

#: Network; other processes; the kernel's keys, programs and clocks; mounts and namespaces; objects that outlive us;
#: messages, in which deleted files would stay on the disk while nobody counts them.
_REFUSED = """
    socket connect bind listen accept accept4
    io_uring_setup io_uring_enter io_uring_register
    ptrace process_vm_readv process_vm_writev kcmp pidfd_open pidfd_getfd pidfd_send_signal process_madvise
    process_mrelease move_pages migrate_pages
    keyctl add_key request_key
    bpf perf_event_open userfaultfd fanotify_init lookup_dcookie
    mount umount2 pivot_root chroot move_mount open_tree open_tree_attr fsopen fsconfig fsmount fspick mount_setattr
    unshare setns
    shmget shmat shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl
    mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
    memfd_create memfd_secret
    open_by_handle_at name_to_handle_at
    execve execveat uselib vfork
    init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff acct quotactl quotactl_fd
    settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname syslog vhangup nfsservctl
    iopl ioperm modify_ldt personality
    setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid capset
    sched_setscheduler sched_setparam sched_setattr ioprio_set mknod mknodat
    mincore cachestat
    sendmsg sendmmsg
""".split()

#: Advice about the page cache, which all processes share. It reports success but does nothing.
_ADVICE = "fadvise64 fadvise64_64 readahead".split()

#: Anybody who may read a file may lock it, or watch who opens it. Files of libraries would carry messages between
#: submissions that run at the same time. A lock reports success but does nothing: solutions lock only their own files.
_LOCKS = ["flock"]
_WATCHES = "inotify_init inotify_init1 inotify_add_watch".split()

#: Attributes of files take space on the disk that nobody counts. Copying a file works without them.
_ATTRIBUTES = "setxattr lsetxattr fsetxattr setxattrat".split()

#: Calls that seem to be missing from this kernel: clone3, since a filter cannot see its flags, and libraries fall back
#: to clone; asynchronous input and output, of which the whole machine has only so much; and new forms of futex.
_MISSING = ["clone3", "io_setup", "futex_wake", "futex_wait", "futex_requeue", "futex_waitv"]

#: Calls that many versions of libseccomp do not know yet. New calls have the same number on all our machines.
_NUMBERS = {
    "close_range": 436, "futex_waitv": 449, "cachestat": 451, "fchmodat2": 452, "futex_wake": 454, "futex_wait": 455,
    "futex_requeue": 456, "setxattrat": 463, "removexattrat": 466, "open_tree_attr": 467, "file_setattr": 469,
}  # fmt: skip
_NUMBERED = {"x86_64", "aarch64"}

#: Used if the submission shares our user. The first are signals to that user's other processes: refused. The others
#: change a file's owner, mode and attributes, which Landlock does not prevent: they report success but do nothing.
_OF_SAME_USER = "kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo".split()
_LEFT_UNDONE = """
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat file_setattr
    removexattr lremovexattr fremovexattr removexattrat
    utime utimes futimesat utimensat
""".split()


#: What libseccomp returns for a name that it has never heard of.
_UNKNOWN = -1

#: https://man7.org/linux/man-pages/man2/PR_SET_SECCOMP.2const.html
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2

#: The bytes of one instruction of a filter, ``struct sock_filter`` of the kernel.
_INSTRUCTION = 8


class _Program(ctypes.Structure):
    """A filter as the kernel takes it, ``struct sock_fprog``."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def build(same_user: bool) -> bytes:
    """Compile a filter that any process may put in force; empty if the library is missing.

    Args:
        same_user: whether other processes and files belong to the same user as the confined process.
    """
    if not AVAILABLE:
        return b""
    reading, writing = os.pipe()  # holds 4 kB at least, a filter has 2 or 3; a confined process may not write a file
    os.set_blocking(writing, False)
    with open(reading, "rb") as source:
        with open(writing, "wb", buffering=0) as target:
            _build(same_user).export_bpf(target)
        return source.read()


def enter(compiled: bytes) -> str:
    """Put a filter in force for this process and all its descendants.

    The library could do that too, but would compile the filter once more for each process.

    Returns:
        A description of the problem; empty if there is none.
    """
    if not compiled:
        return "install the system's libseccomp (Debian: libseccomp2) and the Python package pyseccomp"
    instructions = ctypes.create_string_buffer(compiled, len(compiled))
    program = _Program(len(compiled) // _INSTRUCTION, ctypes.addressof(instructions))
    no_new_privileges()  # else the kernel refuses the filter
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        return f"refused by the kernel: {os.strerror(ctypes.get_errno())}"
    return ""


def _build(same_user: bool) -> Any:
    refuse, undone = pyseccomp.ERRNO(errno.EPERM), pyseccomp.ERRNO(0)
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    rules.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    for name in _REFUSED + _WATCHES:
        _add(rules, refuse, name)
    for name in _ADVICE + _LOCKS:
        _add(rules, undone, name)
    _add_commands(rules, undone, "fcntl", _LOCK)
    _add_commands(rules, refuse, "fcntl", _WATCH)
    _add(rules, refuse, "preadv2", pyseccomp.Arg(5, pyseccomp.NE, 0))  # a flag asks whether data is in the cache
    if same_user:
        for name in _LEFT_UNDONE:
            _add(rules, undone, name)
        _add_commands(rules, refuse, "ioctl", _SET_FLAGS + _SEND_SIGNALS)
        _add_commands(rules, refuse, "fcntl", _NOTIFY_OTHERS)
        for name, argument in (("setpriority", 0), ("setpriority", 1), ("sched_setaffinity", 0)):
            _add(rules, refuse, name, pyseccomp.Arg(argument, pyseccomp.NE, 0))  # any process except itself
        for name in _OF_SAME_USER:
            _add(rules, refuse, name)
    _add(rules, refuse, "prlimit64", pyseccomp.Arg(0, pyseccomp.NE, 0))
    _separate(rules, refuse, undone)
    # Our side measures the memory of a process. The kernel hides it if the process is not "dumpable".
    _add(rules, refuse, "prctl", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, 0xFFFFFFFF, _PR_SET_DUMPABLE))
    for name in _MISSING:
        _add(rules, pyseccomp.ERRNO(errno.ENOSYS), name)
    for name in _ATTRIBUTES:
        _add(rules, pyseccomp.ERRNO(errno.EOPNOTSUPP), name)
    for flag in _CLONE_NEW:
        _add(rules, refuse, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
    # A process that waits for such a child seems to wait for the disk. Such a child only serves to start a program.
    _add(rules, refuse, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, _CLONE_VFORK, _CLONE_VFORK))
    # All threads of a process have the same open files, else nobody could count those that are deleted.
    _add(rules, refuse, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, _CLONE_THREAD | _CLONE_FILES, _CLONE_THREAD))
    _add(rules, refuse, "close_range", pyseccomp.Arg(2, pyseccomp.MASKED_EQ, *[_CLOSE_RANGE_UNSHARE] * 2))
    _add_commands(rules, refuse, "ioctl", (_TIOCSTI, _TIOCLINUX))
    # A pair of stream sockets reaches nobody else. A datagram socket could send to any address.
    _add(rules, refuse, "socketpair", pyseccomp.Arg(0, pyseccomp.NE, _AF_UNIX))
    for kind in set(range(_SOCK_TYPES + 1)) - {_SOCK_STREAM}:
        _add(rules, refuse, "socketpair", pyseccomp.Arg(1, pyseccomp.MASKED_EQ, _SOCK_TYPES, kind))
    return rules


def _separate(rules: Any, refuse: int, undone: int) -> None:
    """Keep submissions that run at the same time from telling each other something."""
    for name, argument in _ASK_ABOUT_OTHERS.items():
        _add(rules, refuse, name, pyseccomp.Arg(argument, pyseccomp.NE, 0))
    # Processes that have mapped the same file can wait for each other on it, even if it is read-only, like a library.
    # So only threads of one process, which set a flag, may wake each other. The kernel itself reports threads that end.
    for operation in _WAKE:
        for name in ("futex", "futex_time64"):
            _add(rules, undone, name, pyseccomp.Arg(1, pyseccomp.MASKED_EQ, 0xFFFFFFFF ^ _CLOCK, operation))


def _add_commands(rules: Any, action: int, name: str, commands: Iterable[int]) -> None:
    """Add a rule for some commands of ``ioctl`` or ``fcntl``. The kernel looks at the lower half of the argument."""
    for own_name in (name, f"{name}64"):  # 32-bit systems have fcntl64
        for command in commands:
            _add(rules, action, own_name, pyseccomp.Arg(1, pyseccomp.MASKED_EQ, 0xFFFFFFFF, command))


def _add(rules: Any, action: int, name: str, *arguments: Any) -> None:
    number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    if number == _UNKNOWN and platform.machine() in _NUMBERED:
        number = _NUMBERS.get(name, number)
    if number >= 0:  # otherwise this machine does not have it, or this libseccomp does not know it
        rules.add_rule(action, number, *arguments)
