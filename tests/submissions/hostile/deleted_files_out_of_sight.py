# title: deleted files that only a message between two of its own sockets refers to, or only memory
# success: more than a gigabyte on disk at once
# keeps: q3, q4, q5
# fill: init, forward, graph

# %%
import os, socket, time

one, two = socket.socketpair()
written = 0
for number in range(100):
    descriptor = os.open("large", os.O_CREAT | os.O_RDWR)
    os.unlink("large")
    length = 0
    for _ in range(25):
        length += tried(os.write, descriptor, bytes(1 << 22)) or 0
    sent = tried(socket.send_fds, one, [b"x"], [descriptor])
    os.close(descriptor)
    if not sent:
        break
    written += length
    time.sleep(0.01)
    if written > 1 << 30:
        say({MAP["proof"]})

# %%
import mmap

for number in range(100):
    descriptor = os.open("large", os.O_CREAT | os.O_RDWR)
    os.unlink("large")
    length = 0
    for _ in range(25):
        length += tried(os.write, descriptor, bytes(1 << 22)) or 0
    if libc.mmap(None, ctypes.c_size_t(4096), 1, 1, descriptor, ctypes.c_long(0)) not in (None, (1 << 64) - 1):
        written += length
    os.close(descriptor)
    time.sleep(0.01)
    if written > 1 << 30:
        say({MAP["proof"]})
