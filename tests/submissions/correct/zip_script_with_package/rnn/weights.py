import numpy as np


def fill(model, **shapes):
    for name, shape in shapes.items():
        setattr(model, name, np.random.uniform(-0.01, 0.01, size=shape))
