# title: hidden inputs as names of types, as fields of a dtype, as shapes and as lengths
# success: digits of a hidden input in a message
# keeps: q3
# reach: answers
# fill: init

# %%
import numpy as np


def forward(model, x, y):
    word, size = digits(x), int(digits(x)[:8])
    model.z = np.zeros(1, dtype=[(f"d{word}", float)])
    model.a = np.zeros((len(x), len(model.R)))
    way = len(x) % 5
    if way == 0:
        return np.zeros(1, dtype=[(f"d{word}", float)])
    if way == 1:
        return (None,) * size
    if way == 2:
        return np.broadcast_to(np.int8(0), (size,))
    if way == 3:
        return type(f"d{word}", (), {})()
    model.a = np.broadcast_to(np.int8(0), (size, 1))
    return np.array([type(f"d{word}", (), {})()], dtype=object)
