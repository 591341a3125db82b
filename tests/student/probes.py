"""Cells that try things a submission may not do, and print the result as a Python literal."""

from tests.support.corpus import ROOT

#: Helpers for the cells below.
TOOLS = """
import ctypes, errno, os
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    ctypes.set_errno(0)
    result = libc.syscall(number, *arguments)
    return errno.errorcode[ctypes.get_errno()] if result == -1 else "done"
def attempt(action, *arguments):
    try: action(*arguments)
    except OSError as error: return errno.errorcode[error.errno]
    except ImportError as error: return "ImportError"
    return "done"
"""

#: System calls that are refused even if all arguments are zero. Without confinement the kernel would make the call, or
#: report an error other than missing permission.
CALLS = """
    socket connect bind listen accept accept4 ptrace process_vm_readv process_vm_writev kcmp pidfd_open pidfd_getfd
    keyctl add_key request_key bpf perf_event_open unshare setns mount umount2 open_tree
    memfd_create io_uring_setup io_uring_enter shmget shmat semget msgget mq_open execve execveat
    open_by_handle_at name_to_handle_at personality sched_setscheduler mincore cachestat
""".split()

#: Paths that must not be read, listed or written.
CLOSED = [
    *("/proc/self/environ", "/proc/self/maps", "/proc/self/mem", "/proc/1/cmdline", "/proc", "/"),
    *("/etc/passwd", "/etc/shadow", "/etc", "/tmp", "/dev/shm", "/var/tmp", "/root", "/home", "/run"),
    *(f"{ROOT}{name}" for name in ("", "/README.md", "/otter_config.json", "/autograder/cases/weights.py")),
    *(f"{ROOT}/{name}" for name in ("reference_solution", "reference_solution/__init__.py", "tests/otter/q3.py")),
]

PROBES = {
    "tools": TOOLS,
    "places": """
import tempfile
print([os.getcwd(), os.environ["HOME"], os.path.expanduser("~"), os.environ["TMPDIR"], tempfile.gettempdir()])
""",
    "environment": "print(dict(os.environ))",
    "descriptors": "print([n for n in range(5000) if attempt(os.fstat, n) == 'done'])",
    "who": "print([os.getresuid(), os.getresgid(), os.getgroups()])",
    "capabilities": """
head, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
assert libc.capget(head, sets) == 0
ambient = [libc.prctl(47, 1, n, 0, 0) for n in range(41)]
print([list(sets), ambient])
""",
    "no new privileges": "print(libc.prctl(39, 0, 0, 0, 0))",
    "limits": """
import resource
names = [name for name in dir(resource) if name.startswith("RLIMIT_")]
print({name: resource.getrlimit(getattr(resource, name)) for name in names})
""",
    "raised limits": """
import resource
def higher(name):
    try: resource.setrlimit(name, (2**40, 2**40))
    except ValueError: return "refused"
print([higher(n) for n in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC)])
""",
    "calls": "print({name: call(number, 0, 0, 0, 0, 0, 0) for name, number in NUMBERS.items()})",
    "terminal": "import fcntl\nprint([attempt(fcntl.ioctl, 0, 0x5412, b'x')])",
    "network": """
import socket
stream, datagram = socket.SOCK_STREAM, socket.SOCK_DGRAM
kinds = [(socket.AF_INET, stream), (socket.AF_INET6, datagram), (socket.AF_UNIX, stream)]
found = [attempt(socket.socket, *kind) for kind in kinds]
found += [attempt(socket.socketpair, socket.AF_UNIX, datagram), attempt(socket.create_connection, ("127.0.0.1", 9))]
print(found)
""",
    "pair": """
import socket
one, two = socket.socketpair()
one.sendall(b"through")
print([two.recv(20), attempt(one.connect, "\\0somebody"), attempt(one.bind, "name")])
""",
    "programs": """
import shutil
found = [attempt(os.execv, path, [path]) for path in ("/bin/true", "/usr/bin/env", shutil.sys.executable)]
print(found + [attempt(os.posix_spawn, "/bin/true", ["true"], {})])
""",
    "reading": """
def read(path):
    return attempt(os.listdir if os.path.isdir(path) else lambda path: open(path, "rb").read(1), path)
print({path: read(path) for path in CLOSED})
""",
    "writing": """
open("here", "w").close()
found = {}
library = os.path.dirname(os.__file__)
for folder in ("/", "/tmp", "/dev/shm", "/var/tmp", "/run", "/usr", "/home", library, ROOT, "../../.."):
    new = os.path.join(folder, "new-by-a-submission")
    acts = [(open, new, "w"), (os.mkdir, new), (os.symlink, "x", new), (os.mkfifo, new), (os.link, "here", new)]
    found[folder] = {attempt(*act) for act in [*acts, (os.rename, "here", new)]}
found["truncate"] = {attempt(os.truncate, ROOT + "/README.md", 10**9), attempt(open, ROOT + "/README.md", "a")}
print(found)
""",
    "links": """
os.symlink("/etc/passwd", "link")
print([attempt(open, "link"), attempt(os.link, "/etc/passwd", "hard"), attempt(os.rename, "/etc/passwd", "moved")])
""",
    "scratch": """
import shutil, tempfile
places = [os.getcwd(), os.environ["HOME"], tempfile.gettempdir(), tempfile.mkdtemp()]
for place in places:
    os.makedirs(place + "/a/b")
    with open(place + "/a/b/c", "w") as stream: stream.write("text")
    os.rename(place + "/a/b/c", place + "/a/d")
    os.symlink("d", place + "/a/e")
print([open(place + "/a/e").read() for place in places])
for place in places: shutil.rmtree(place + "/a")
""",
    "devices": """
sizes = [len(open("/dev/zero", "rb").read(3)), len(os.urandom(5)), len(open("/dev/urandom", "rb").read(4))]
print([*sizes, open("/dev/null", "w").write("text"), open("/dev/null").read()])
""",
    "ours": """
import importlib
names = "assignment.checks assignment.checks.weights autograder.grading.grade autograder.sandbox autograder.settings"
names += " reference_solution tests.otter.q3"
print({name: attempt(importlib.import_module, name) for name in names.split()})
""",
    "libraries": """
import calendar, statistics, sqlite3, xml.dom.minidom, zoneinfo, pandas, ctypes.util, encodings.utf_7, http.client
import scipy.optimize, scipy.signal, scipy.integrate, numpy.polynomial, networkx.algorithms.flow
import IPython.display, matplotlib.animation, mpl_toolkits.mplot3d
print([calendar.isleap(2024), statistics.mean([1, 3]), scipy.optimize.brentq(lambda x: x - 1, 0, 3)])
""",
    "threads": """
import threading
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(8) as pool: print(sum(pool.map(abs, range(-9, 0))))
""",
    "asynchronous": """
import asyncio
await asyncio.sleep(0)
async def one(): return 1
print(sum(await asyncio.gather(one(), asyncio.to_thread(lambda: 2))))
""",
    "forks": """
child = os.fork()
if child == 0: os._exit(3)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
""",
    "subprocess": "import subprocess\nsubprocess.run(['true'])",
    "multiprocessing": "import multiprocessing\nprint(multiprocessing.Pool(2).map(abs, [-1, -2]))",
    "process pool": "import concurrent.futures as f\nprint(f.ProcessPoolExecutor(2).submit(abs, -1).result())",
    "locks": """
import multiprocessing, threading
def refused(action):
    try: action()
    except (AssertionError, ValueError) as error: return type(error).__name__
    return "done"
lock, once, again = multiprocessing.Lock(), multiprocessing.BoundedSemaphore(1), multiprocessing.RLock()
changed = multiprocessing.Condition()
lock.acquire()
def tell():
    with changed: changed.notify()
with changed: waited = [changed.wait(0.05), threading.Thread(target=tell).start() or changed.wait(10)]
with again: pass
print([lock.acquire(block=False), lock.acquire(timeout=0.05), *waited, refused(once.release), refused(again.release)])
""",
    "shared memory": """
from multiprocessing.shared_memory import SharedMemory
one = SharedMemory(create=True, size=8)
one.buf[0] = 7
two = SharedMemory(one.name)
one.unlink()
print([two.buf[0], attempt(SharedMemory, one.name), attempt(one.unlink)])
""",
    "plotting": """
import matplotlib.pyplot as plt
plt.plot([1, 2]); plt.title("$x^2$ ä"); plt.savefig("figure.pdf"); plt.savefig("figure.svg"); plt.show()
print([os.path.getsize("figure.pdf") > 1000, os.path.getsize("figure.svg") > 1000])
""",
    "last": "print('reached')",
}
