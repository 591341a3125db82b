# title: waits at an address in a library's file, where another submission that runs at the same time can wake it
# success: the word of proof, because a process is woken by another one
# keeps: nothing

# %%
import ctypes, mmap, os, platform, time
import numpy

core = os.path.join(os.path.dirname(numpy.__file__), "_core")
path = next(entry.path for entry in sorted(os.scandir(core), key=lambda entry: entry.name) if entry.name.endswith(".so"))
NUMBER = {"x86_64": 202, "aarch64": 98}.get(platform.machine())
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
found = set()

# %%
for flags in (mmap.MAP_SHARED, mmap.MAP_PRIVATE):
    base = libc.mmap(None, 4096, mmap.PROT_READ, flags, os.open(path, os.O_RDONLY), 0)
    word = ctypes.c_uint32.from_address(base).value
    span = (ctypes.c_long * 2)(1, 0)
    child = os.fork()
    if child == 0:
        libc.syscall(NUMBER, ctypes.c_void_p(base), 0, word, span, None, 0)  # FUTEX_WAIT
        os._exit(0)
    until = time.monotonic() + 0.5
    while time.monotonic() < until:
        for wake in (1, 10):  # FUTEX_WAKE, FUTEX_WAKE_BITSET
            if libc.syscall(NUMBER, ctypes.c_void_p(base), wake, 1, None, None, -1) > 0:
                found.add(MAP["proof"])
        if libc.syscall(454, ctypes.c_void_p(base), ctypes.c_long(-1), 1, 2) > 0:  # futex_wake, for 32 bits
            found.add(MAP["proof"])
    tried(os.kill, child, 9)
say(found)
