# title: R is given the shape of W, (I, D)
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: notebook
# cases: q3 shapes, q3 other sizes
# hint: wrong-argument

# %%
import numpy as np


# %%
def init(model, D, I, K):
    for name, shape in {"W": (I, D), "R": (I, D), "V": (K, I)}.items():
        setattr(model, name, np.random.uniform(-0.01, 0.01, shape))
