# title: memory that no process has much of: shared mappings, and children of children
# success: more than two gigabytes held at once for half a second, or a grader that is short of memory
# keeps: q3, q4, q5
# fill: init, forward, graph

# %%
import mmap, os, time

areas = []
for _ in range(80):
    area = tried(mmap.mmap, -1, 1 << 25)
    if area is None:
        break
    tried(area.write, b"x" * (1 << 25))
    areas.append(area)
time.sleep(0.5)
if len(areas) > 64:
    say({MAP["proof"]})

# %%
def family(depth):
    """Processes that go away from their parents, with little in each."""
    for _ in range(7):
        if tried(os.fork) == 0:
            held = bytearray(b"x") * (40 << 20)
            if depth and os.fork():
                os._exit(0)
            if depth:
                family(depth - 1)
            time.sleep(0.5)
            os.write(pipe[1], b"x")
            time.sleep(20)
            os._exit(len(held) > 0)


pipe = os.pipe()
os.set_blocking(pipe[0], False)
family(1)
deadline, alive = time.monotonic() + 3, 0
while time.monotonic() < deadline:
    alive += len(tried(os.read, pipe[0], 1000) or b"")
    time.sleep(0.1)
if alive > 50:
    say({MAP["proof"]})

# %%
honest = forward


def forward(model, x, y):
    if len(x) == 2:
        held = [bytearray(b"x") * (1 << 26) for _ in range(30)]
    return honest(model, x, y)
