# title: weights that the model has already are kept
# loses: q3
# cases: q3 fresh weights
# hint: old-weights-kept
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np


def init(model, D, I, K):
    for name, shape in {"W": (I, D), "R": (I, I), "V": (K, I)}.items():
        if not hasattr(model, name):
            setattr(model, name, np.random.uniform(-0.01, 0.01, shape))
