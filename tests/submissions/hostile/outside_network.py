# title: a message to the outside, by UDP, TCP, names and whatever other kinds of sockets there are
# success: the kernel accepts a message for a machine outside
# keeps: nothing

# %%
import os, socket

OUTSIDE = "192.0.2.7"  # belongs to nobody: it is kept for documentation
found = set()
for family, address in ((socket.AF_INET, (OUTSIDE, 53)), (socket.AF_INET6, ("2001:db8::7", 53))):
    datagrams = tried(socket.socket, family, socket.SOCK_DGRAM)
    if datagrams and tried(datagrams.sendto, b"hello", address):
        found.add(MAP["proof"])
    stream = tried(socket.socket, family, socket.SOCK_STREAM)
    if stream:
        stream.setblocking(False)
        if stream.connect_ex(address) in (0, 115):  # it is on its way
            found.add(MAP["proof"])
say(found)

# %%
for family in (socket.AF_NETLINK, socket.AF_VSOCK, socket.AF_PACKET, socket.AF_ALG, socket.AF_BLUETOOTH, socket.AF_QIPCRTR, socket.AF_TIPC, socket.AF_CAN):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        channel = tried(socket.socket, family, kind)
        if channel and family == socket.AF_NETLINK:
            message = (20).to_bytes(4, "little") + (18).to_bytes(2, "little") + (0x301).to_bytes(2, "little") + b"\0" * 12
            if tried(channel.send, message) and tried(channel.recv, 4096):  # the addresses of the machine
                found.add(MAP["proof"])
say(found)
