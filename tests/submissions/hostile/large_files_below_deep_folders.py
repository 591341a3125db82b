# title: large files below paths that are longer than a path may be
# success: more than a gigabyte on disk at once
# keeps: q3, q4, q5
# fill: init, forward, graph

# %%
import os

here = os.getcwd()
for _ in range(30):
    os.mkdir("d" * 250)
    os.chdir("d" * 250)
block, written = bytes(1 << 22), 0
for number in range(60):
    stream = tried(open, f"large{number}", "wb", buffering=0)
    for _ in range(25):
        written += tried(stream.write, block) or 0
    if written > 1 << 30:
        say({MAP["proof"]})
os.chdir(here)
