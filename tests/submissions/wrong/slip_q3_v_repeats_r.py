# title: V repeats the numbers of R
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: notebook
# cases: q3 independence
# hint: numbers-reused

# %%
import numpy as np


# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.resize(model.R, (K, I))
