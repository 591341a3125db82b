# title: contexts for asynchronous input and output, until the machine has none left
# success: more than fifty of them
# keeps: q3, q4, q5
# fill: init, forward, graph

# %%
import platform

count, setup = 0, {"x86_64": 206, "aarch64": 0}[platform.machine()]  # io_setup
for size in (512, 64, 8, 1):
    for _ in range(30000):
        context = ctypes.c_ulong(0)
        if libc.syscall(setup, size, ctypes.byref(context)) != 0:
            break
        count += 1
if count > 50:
    say({MAP["proof"]})
