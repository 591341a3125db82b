# title: the number of hidden units is the global 4, whatever the argument says
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: notebook
# cases: q3 shapes, q3 other sizes
# hint: fixed-sizes

# %%
import numpy as np


# %%
HIDDEN = 4


def init(model, D, I, K):
    rng = np.random.default_rng()
    model.W = rng.uniform(-0.01, 0.01, (HIDDEN, D))
    model.R = rng.uniform(-0.01, 0.01, (HIDDEN, HIDDEN))
    model.V = rng.uniform(-0.01, 0.01, (K, HIDDEN))
