# title: asks how another process runs, so that submissions at the same time could tell each other something
# success: the word of proof, because it is told of a process that is not its own
# keeps: nothing

# %%
import os, time

found = set()
child = os.fork()
if child == 0:
    tried(os.nice, 7)
    tried(os.sched_setaffinity, 0, {0})
    time.sleep(1)
    os._exit(0)
time.sleep(0.2)

# %%
questions = {
    "getpriority": (os.PRIO_PROCESS, child), "getpgid": (child,), "getsid": (child,), "sched_getaffinity": (child,),
    "sched_getscheduler": (child,), "sched_getparam": (child,), "sched_rr_get_interval": (child,),
}
for name, arguments in questions.items():
    if tried(getattr(os, name), *arguments) is not None:
        found.add(MAP["proof"])
tried(os.kill, child, 9)
say(found)
