# title: large files in a folder that its owner may enter, but not list
# success: more than a gigabyte on disk at once
# keeps: q3, q4, q5
# fill: init, forward, graph

# %%
import os

os.umask(0)
os.mkdir("closed", 0o300)
block, written = bytes(1 << 22), 0
for number in range(60):
    stream = tried(open, f"closed/large{number}", "wb", buffering=0)
    for _ in range(25):
        written += tried(stream.write, block) or 0
    if written > 1 << 30:
        say({MAP["proof"]})
