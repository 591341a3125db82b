# title: children that nobody waits for compute in turns of milliseconds, so that their time counts for nobody
# success: four seconds of processor time, where cells have less than one and a submission less than two
# keeps: q3, q4, q5
# fill: init, forward, graph

# %%
import os, signal, time

signal.signal(signal.SIGALRM, signal.SIG_IGN)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for number in range(1000):
    if os.fork() == 0:
        while time.process_time() < 0.015:
            pass
        os._exit(0)
    tried(os.waitpid, -1, 0)
    if number * 0.015 > 4:
        say({MAP["proof"]})
