# title: UNIX sockets of the grader, by their path and by abstract names, streams and datagrams
# success: contact with one of them
# keeps: nothing

# %%
import os, socket

names = [MAP["socket"], "\0" + MAP["abstract"], *(line.split()[-1].replace("@", "\0") for line in read("/proc/net/unix").decode().splitlines()[1:] if MAP["mark"] in line or MAP["place"] in line)]
for name in dict.fromkeys(names):
    for kind, suffix in ((socket.SOCK_STREAM, ""), (socket.SOCK_DGRAM, ".dgram"), (socket.SOCK_SEQPACKET, "")):
        channel = tried(socket.socket, socket.AF_UNIX, kind)
        if channel:
            channel.settimeout(0.3)
            tried(channel.connect, name + suffix)
            tried(channel.sendto, b"hello", name + suffix)
            tried(socket.send_fds, channel, [b"hello"], [0])

# %%
for kind, suffix in ((socket.SOCK_DGRAM, ".dgram"), (socket.SOCK_STREAM, ""), (socket.SOCK_SEQPACKET, "")):
    pair = tried(socket.socketpair, socket.AF_UNIX, kind)  # a socket that one gets without asking for one
    for channel in pair or ():
        for name in names:
            tried(channel.sendto, b"hello", name + suffix)
            tried(channel.sendmsg, [b"hello"], [], 0, name + suffix)
            tried(channel.connect, name + suffix)
for descriptor in range(3, 64):
    channel = tried(socket.socket, fileno=tried(os.dup, descriptor))
    if channel:
        for name in names:
            tried(channel.connect, name)
            tried(channel.sendto, b"", name + ".dgram")
