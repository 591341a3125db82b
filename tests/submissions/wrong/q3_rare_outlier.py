# title: about one entry in 200 is pushed out of the range, to 0.02
# loses: q3
# cases: q3 range, q3 uniform distribution
# hint: few-outside
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def draw(rows, cols):
    w = np.random.uniform(-0.01, 0.01, (rows, cols))
    w[np.abs(w) < 0.00005] = 0.02     # nearly zero: the neuron would never learn
    return w

def init(model, D, I, K):
    model.W = draw(I, D)
    model.R = draw(I, I)
    model.V = draw(K, I)
