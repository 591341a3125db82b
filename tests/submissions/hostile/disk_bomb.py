# title: large files, sparse files, a million small ones and very deep folders
# success: more than four gigabytes on disk at once, or a grader that cannot write any more
# keeps: q3, q4, q5
# fill: init, forward, graph

# %%
import os, tempfile

block, written = b"\1" * (1 << 22), 0
for number in range(200):
    stream = tried(open, f"large{number}", "wb", buffering=0)
    if not stream:
        break
    for _ in range(40):
        done = tried(stream.write, block) or 0
        written += done
        if done < len(block) or written > 4 << 30:
            break
    if written > 4 << 30:
        say({MAP["proof"]})

# %%
for number in range(20):
    descriptor = tried(os.open, f"sparse{number}", os.O_CREAT | os.O_WRONLY)
    if descriptor is not None:
        tried(os.ftruncate, descriptor, 1 << 42)
        tried(os.posix_fallocate, descriptor, 0, 1 << 34)

# %%
os.mkdir("many")
for number in range(30000):
    descriptor = tried(os.open, f"many/{number}", os.O_CREAT | os.O_WRONLY)
    if descriptor is None:
        break
    os.close(descriptor)

# %%
here = os.getcwd()
for _ in range(3000):
    if tried(os.mkdir, "deep" * 60) is not None or tried(os.chdir, "deep" * 60) is not None:
        break
os.chdir(here)
