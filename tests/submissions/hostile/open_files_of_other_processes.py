# title: counts the open files of another process, so that submissions at the same time could tell each other something
# success: the word of proof, because it is told of a process that is not its own
# keeps: nothing
# reach: neighbours

# %%
import os, time

child = os.fork()
if child == 0:
    held = [os.open("/dev/null", 0) for _ in range(50)]
    time.sleep(1)
    os._exit(len(held) == 0)
time.sleep(0.2)

# %%
found = set()
for process in (child, os.getppid(), MAP["pid"], *range(1, 300)):
    for name in ("fd", "task", "stat", ""):
        if tried(os.stat, f"/proc/{process}/{name}") is not None:
            found.add(MAP["proof"])
tried(os.kill, child, 9)
say(found)
