# title: TCP, UDP and raw sockets to this machine, under all of its names and addresses
# success: contact with a listener of the grader
# keeps: nothing

# %%
import asyncio, socket, struct, urllib.request

port = MAP["port"]
hosts = ["127.0.0.1", "127.1.2.3", "0.0.0.0", "localhost", "::1", "::ffff:127.0.0.1", tried(socket.gethostname)]
hosts += [info[4][0] for info in tried(socket.getaddrinfo, hosts[-1], port) or []]
for host in dict.fromkeys(filter(None, hosts)):
    for family in (socket.AF_INET, socket.AF_INET6):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            channel = tried(socket.socket, family, kind)
            if channel:
                channel.settimeout(0.3)
                tried(channel.sendto, b"hello", (host, port))
                tried(channel.connect, (host, port))
                tried(channel.sendmsg, [b"hello"], [], 0x20000000, (host, port))
    tried(urllib.request.urlopen, f"http://{host}:{port}/", timeout=0.3)

# %%
for descriptor in range(3, 64):  # a socket that is there already can be sent from, or connected anew
    channel = tried(socket.socket, fileno=tried(__import__("os").dup, descriptor))
    if channel:
        tried(channel.connect, ("127.0.0.1", port))
        channel.detach()
for pair in (tried(socket.socketpair), tried(socket.socketpair, socket.AF_UNIX, socket.SOCK_DGRAM)):
    for channel in pair or ():
        tried(channel.sendto, b"hello", ("127.0.0.1", port))
        tried(channel.connect, ("127.0.0.1", port))
tried(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW).bind(("lo", 0)))
tried(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).sendto(b"x", ("127.0.0.1", 0)))
