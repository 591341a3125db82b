# title: locks on a library's file and watches on it, for another submission that runs at the same time
# success: the word of proof, because a lock keeps others out, or because it is noticed who opens the file
# keeps: nothing

# %%
import fcntl, os, struct
import numpy

path = numpy.__file__
found = set()
one, two = open(path, "rb"), open(path, "rb")
shared, exclusive = fcntl.LOCK_SH | fcntl.LOCK_NB, fcntl.LOCK_EX | fcntl.LOCK_NB
for mine, theirs in ((exclusive, shared), (shared, exclusive)):
    tried(fcntl.flock, one, mine)
    try:
        fcntl.flock(two, theirs)
    except BlockingIOError:
        found.add(MAP["proof"])
    tried(fcntl.flock, one, fcntl.LOCK_UN)
    tried(fcntl.flock, two, fcntl.LOCK_UN)
say(found)

# %%
for command in (fcntl.F_SETLK, 37):  # 37 is F_OFD_SETLK, whose locks belong to an open file
    tried(fcntl.fcntl, one, command, struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 0, 1, 0))
answer = tried(fcntl.fcntl, two, 36, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 1, 0))  # F_OFD_GETLK
if answer and struct.unpack("hhqqi4x", answer)[0] != fcntl.F_UNLCK:
    found.add(MAP["proof"])
two.close()
for command, value in ((1024, fcntl.F_RDLCK), (1036, 2)):  # F_SETLEASE, F_SET_RW_HINT with RWH_WRITE_LIFE_SHORT
    if tried(fcntl.fcntl, one, command, value if command == 1024 else struct.pack("Q", value)) is not None:
        found.add(MAP["proof"])
say(found)

# %%
watch = libc.inotify_init1(0o4000)
libc.inotify_add_watch(watch, path.encode(), 0xFFF)
open(path, "rb").read(10)
if watch >= 0 and tried(os.read, watch, 4096):
    found.add(MAP["proof"])
folder = os.open(os.path.dirname(path), os.O_RDONLY)
if tried(fcntl.fcntl, folder, 1026, 1) is not None:  # F_NOTIFY with DN_ACCESS
    found.add(MAP["proof"])
say(found)
