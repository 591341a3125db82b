# title: shuffled, evenly spaced values instead of random draws
# loses: q3
# cases: q3 uniform distribution, q3 independence
# hint: evenly-spaced
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def spread(rows, cols):
    w = np.linspace(-0.01, 0.01, rows * cols)
    np.random.shuffle(w)
    return w.reshape(rows, cols)

def init(model, D, I, K):
    model.W = spread(I, D)
    model.R = spread(I, I)
    model.V = spread(K, I)
