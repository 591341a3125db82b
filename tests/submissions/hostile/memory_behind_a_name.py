# title: a process whose name looks like a line about memory, so that nobody can add up what it holds
# success: more than 1.1 gigabytes held at once for a quarter of a second
# keeps: nothing

# %%
import time

PR_SET_NAME = 15
libc.prctl(PR_SET_NAME, b"\rVmSwap: x", 0, 0, 0)
held = []
for _ in range(9):
    held.append(bytearray(b"x") * (1 << 27))
time.sleep(0.25)
held.clear()
say({MAP["proof"]})
