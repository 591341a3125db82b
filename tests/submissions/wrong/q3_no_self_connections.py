# title: the diagonal of R is set to zero
# loses: q3
# cases: q3 uniform distribution
# hint: zero-diagonal
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    np.fill_diagonal(model.R, 0.0)    # a neuron does not feed itself
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
