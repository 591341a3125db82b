# title: frames of the wall's own kind, sent out of turn and with contents that contradict themselves
# success: marks, or a grading process that stumbles over a frame
# keeps: q5=4
# reach: answers

# %%
import os, socket, struct
import msgspec


def frame(message):
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(4, "big") + body


right = {"type": "answer", "value": 0.158419, "attributes": {"a": {"type": "array", "dtype": "f8", "shape": [2, 1],
         "data": struct.pack("2d", 0.761594, 0.881130)}, "z": 1.762259}}
odd = [
    {"type": "ready", "functions": {"init": "callable", "forward": "callable", "graph": "callable"}},
    {"type": "array", "dtype": "f8", "shape": [0, 2**40, 2**40, 2**40], "data": b""},
    {"type": "array", "dtype": "O", "shape": [1], "data": b"\0" * 8},
    {"type": "array", "dtype": "b1", "shape": [4], "data": b"\x02\xff\x00\x07"},
    {"type": "array", "dtype": "f16", "shape": [2], "data": b"\xff" * 32},
    {"type": "graph", "directed": True, "multi": False, "nodes": ["x(1)"] * 500, "edges": [[0, 499, {}]] * 2000},
    {"type": "graph", "directed": True, "multi": True, "nodes": [], "edges": [[10**9, 0, {}]]},
    {"type": "odd", "kind": "Mistake", "array": None},
    {"type": "items", "tuple": True, "values": [float("nan")] * 20000},
]


class Liar:
    """Answers every call at once, with frames of its own."""

    def __init__(self, value):
        self.value = value

    def __call__(self, *_):
        for descriptor in range(3, 64):
            if tried(os.fstat, descriptor):
                for _ in range(3):
                    tried(os.write, descriptor, frame({"type": "answer", "value": self.value, "drawings": []}))
                    tried(os.write, descriptor, frame(right))
        os._exit(0)


init, forward, graph = Liar(odd[1]), Liar(odd[3]), Liar(odd[5])

# %%
for descriptor in range(3, 64):
    tried(os.write, descriptor, frame({"type": "cell", "number": 2}))
    tried(os.write, descriptor, frame({"type": "confined", "layers": [], "missing": [], "readable": []}))
    for message in odd:
        tried(os.write, descriptor, frame(message))
