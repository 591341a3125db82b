# title: the environment, by os, by libc, by /proc and by magics
# success: a token of the grading process in the note
# keeps: nothing

# %%
import os

found = secrets_in(repr(dict(os.environ)).encode())
libc.getenv.restype = ctypes.c_char_p
found |= secrets_in(libc.getenv(b"GRADER_TOKEN") or b"")
for process in ("self", os.getpid(), os.getppid(), MAP["pid"], "thread-self", *ancestors()):
    found |= secrets_in(read(f"/proc/{process}/environ"))
for name in tried(os.listdir, "/proc") or []:
    found |= secrets_in(read(f"/proc/{name}/environ") + read(f"/proc/{name}/cmdline"))
say(found)

# %%
shell = get_ipython()
say(secrets_in(repr(shell.run_line_magic("env", "")).encode()))

# %%
environ = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
texts, index = b"", 0
while environ[index]:
    texts += environ[index] + b"\0"
    index += 1
say(secrets_in(texts))

# %%
# What stood on the stack when the process was started is there even after the variables were removed.
line = next((line for line in read("/proc/self/maps").decode().splitlines() if line.endswith("[stack]")), None)
if line:
    start, end = (int(part, 16) for part in line.split()[0].split("-"))
    say(secrets_in(ctypes.string_at(max(start, end - 2**17), min(2**17, end - start))))
