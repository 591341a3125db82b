# title: endless output on every way that output has, in cells and in functions
# success: a grader that runs out of memory or time, or a student who is shown megabytes
# keeps: q3, q5
# reach: answers
# fill: init, graph

# %%
import os, sys, threading

line = "output " * 20000
for _ in range(2000):
    print(line)
    sys.stderr.write(line)

# %%
for number in range(300):
    display({"text/plain": line, "text/html": f"<script>{line}</script>"}, raw=True)

# %%
raise ValueError(line * 2000)


# %%
def forward(model, x, y):
    class Long(ValueError):
        def __str__(self):
            return line * 500

    Long.__name__ = "L" * 10**6
    for _ in range(200):
        print(line)
        tried(os.write, 1, line.encode())
        tried(os.write, 2, line.encode())
    error = Long(line * 100)
    for _ in range(1000):
        error.add_note(line)
    raise error


# %%
def shout():
    while True:
        print(line)


threading.Thread(target=shout, daemon=True).start()
while True:
    print(line)
