# title: each call sets one of three seeds, in turns
# loses: q3
# cases: q3 fresh weights
# full: q4, q5
# fill: forward, graph
# hint: seed-inside

# %%
import numpy as np


# %%
count = 0


def init(model, D, I, K):
    global count
    count += 1
    np.random.seed(count % 3)
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
