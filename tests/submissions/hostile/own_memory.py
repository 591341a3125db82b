# title: the process' own memory, page by page, for what a parent left in it
# success: a secret in the note
# keeps: nothing

# %%
import os

found, mine = set(), set(map(str, MAP.values()))
words = re.compile(rb"zq7[0-9a-f]{16}")
maps = read("/proc/self/maps").decode()
try:
    memory = open("/proc/self/mem", "rb", 0)
except OSError:
    memory = None
for line in maps.splitlines():
    area, rights, _, _, _, *name = line.split(None, 5)
    start, end = (int(part, 16) for part in area.split("-"))
    if "r" not in rights or "w" not in rights or end - start > 2**28 or (name and name[0].startswith(("/usr", "[v"))):
        continue
    for place in range(start, end, 1 << 22):
        size = min(1 << 22, end - place)
        if memory is not None:
            data = tried(os.pread, memory.fileno(), size, place) or b""
        else:
            data = ctypes.string_at(place, size)
        found |= {word.decode() for word in words.findall(data)}
say(found - mine)

# %%
# Without /proc: /dev/null takes bytes only from pages that are there, so it tells where memory is.
if not maps:
    pipe = os.pipe()
    near = id(found) & ~0xFFF
    for place in range(near - 2**26, near + 2**26, 4096):
        if libc.write(pipe[1], ctypes.c_void_p(place), 4096) == 4096:
            found |= secrets_in(os.read(pipe[0], 4096))
    say(found - mine)
