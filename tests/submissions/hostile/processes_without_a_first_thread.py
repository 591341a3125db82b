# title: processes whose first thread has ended, while others go on
# success: they remain, or a keeper that cannot end them
# keeps: q3, q4, q5
# fill: init, forward, graph

# %%
import os, platform, threading, time

end = {"x86_64": 60, "aarch64": 93}[platform.machine()]  # exit, of one thread


def go_on():
    """Leave a process that computes in its second thread."""
    if os.fork() == 0:

        def spin():
            while True:
                pass

        threading.Thread(target=spin, daemon=True).start()
        libc.syscall(end, 0)


go_on()

# %%
honest = forward


def forward(model, x, y):
    go_on()
    return honest(model, x, y)
