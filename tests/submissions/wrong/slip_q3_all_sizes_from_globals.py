# title: all three sizes come from a cell above
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: notebook
# cases: q3 shapes, q3 other sizes
# hint: fixed-sizes

# %%
import numpy as np


# %%
D_in, I_hidden, K_out = 3, 4, 1


def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I_hidden, D_in))
    model.R = np.random.uniform(-0.01, 0.01, (I_hidden, I_hidden))
    model.V = np.random.uniform(-0.01, 0.01, (K_out, I_hidden))
