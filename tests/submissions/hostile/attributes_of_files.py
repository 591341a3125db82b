# title: attributes of files instead of content
# success: more than a hundred megabytes that nobody counts
# keeps: q3, q4, q5
# fill: init, forward, graph

# %%
import os

written = 0
for number in range(3000):
    open(f"f{number}", "w").close()
    for name, size in (("user.a", 65000), ("user.b", 40000), ("user.c", 3900)):
        tried(os.setxattr, f"f{number}", name, bytes(size))
    written += sum(len(tried(os.getxattr, f"f{number}", name) or b"") for name in tried(os.listxattr, f"f{number}") or [])
    if written > 100 << 20:
        say({MAP["proof"]})

# %%
import struct

content = ctypes.create_string_buffer(60000)
arguments = struct.pack("QII", ctypes.addressof(content), 60000, 0)
for number in range(3000):
    libc.syscall(463, -100, f"f{number}".encode(), 0, b"user.d", arguments, len(arguments))  # setxattrat
written = sum(len(tried(os.getxattr, f"f{number}", "user.d") or b"") for number in range(3000))
say({MAP["proof"]} if written > 100 << 20 else None)
