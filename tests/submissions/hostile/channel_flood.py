# title: the channel to the grader flooded with records, answers and half-finished frames
# success: a grading process that grows by hundreds of megabytes, or waits for ever
# keeps: q3, q5
# reach: answers
# fill: init, graph

# %%
import os, threading, time
import msgspec

bodies = [msgspec.msgpack.encode({"type": "cell", "number": number, "output": "\U0001f600" * 20000}) for number in range(2, 60)]


def flood():
    deadline = time.monotonic() + 3
    number = 60
    while time.monotonic() < deadline:
        body = msgspec.msgpack.encode({"type": "cell", "number": number, "output": "\U0001f600" * 20000})
        for descriptor in (3, 4, 5):
            tried(os.write, descriptor, len(body).to_bytes(4, "big") + body)
        number += 1


def forward(model, x, y):
    model.a = [[0.0] * 1000] * 1000
    model.z = {str(n): [n] * 1000 for n in range(1000)}
    for descriptor in range(3, 32):
        tried(os.set_blocking, descriptor, False)
        tried(os.write, descriptor, (8 << 20).to_bytes(4, "big"))
    time.sleep(1)
    return [[[0.0] * 100] * 100] * 100


flood()
