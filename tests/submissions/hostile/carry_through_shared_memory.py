# title: memory that all copies share, anonymous, nameless or of System V, carries hidden inputs
# success: digits of a hidden input in the message of a public case
# keeps: q3, q4
# fill: init, forward, graph

# %%
import mmap, multiprocessing, os

areas = [mmap.mmap(-1, 4096)]
for name in ("memory", "secret"):
    descriptor = tried(os.memfd_create, MAP["mark"]) if name == "memory" else libc.syscall(447, 0)
    if descriptor is not None and descriptor >= 0:
        tried(os.ftruncate, descriptor, 4096)
        areas.append(tried(mmap.mmap, descriptor, 4096))
value = tried(multiprocessing.Array, "c", 4096)
segment = libc.shmget(0, 4096, 0o1600)
address = libc.shmat(segment, None, 0) if segment >= 0 else None
if address and address != ctypes.c_void_p(-1).value:
    areas.append((ctypes.c_char * 4096).from_address(address))
    libc.shmctl(segment, 0, None)
with open("mapped", "w+b") as stream:
    stream.truncate(4096)
    areas.append(tried(mmap.mmap, stream.fileno(), 4096))
honest = forward


def forward(model, x, y):
    word = digits(x).encode()
    for area in [area for area in areas if area is not None]:
        place = bytes(area[:4096]).find(b"\0")
        area[place : place + 10] = word + b" "
    if value is not None:
        value.value = value.value[-2000:] + word + b" "
    return honest(model, x, y)


def graph():
    texts = [bytes(area[:4096]).rstrip(b"\0") for area in areas if area is not None]
    texts.append(value.value if value is not None else b"")
    raise ValueError(" ".join(text.decode()[-130:] for text in texts if text)[:280])
