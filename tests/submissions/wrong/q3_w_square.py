# title: W is (I, I), which only shows when D and I differ
# loses: q3
# cases: q3 shapes, q3 other sizes
# hint: wrong-argument
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    rng = np.random.default_rng()
    # the hidden layer has I neurons
    model.W = rng.uniform(-0.01, 0.01, (I, I))
    model.R = rng.uniform(-0.01, 0.01, (I, I))
    model.V = rng.uniform(-0.01, 0.01, (K, I))
