# title: descriptors until there are no more, also on their way through sockets that nobody reads
# success: more than 5000 in use, or a grader that cannot open files any more
# keeps: q3, q4, q5
# fill: init, forward, graph

# %%
import os, resource, socket

soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
tried(resource.setrlimit, resource.RLIMIT_NOFILE, (hard, hard))
held = []
while len(held) < 6000:
    descriptor = tried(os.open, "/dev/null", os.O_RDONLY)
    if descriptor is None:
        break
    held.append(descriptor)
for descriptor in held[-20:]:
    os.close(descriptor)
if len(held) > 5000:
    say({MAP["proof"]})

# %%
sent, pairs = 0, []
while sent < 6000:
    pair = tried(socket.socketpair)
    if not pair:
        break
    pairs.append(pair)
    pair[0].setblocking(False)
    while tried(socket.send_fds, pair[0], [b"x"], held[:200]):
        sent += len(held[:200])
        if sent > 6000:
            break
if sent > 5000:
    say({MAP["proof"]})
