# title: the sizes come from globals and the arguments are ignored
# loses: q3
# cases: q3 shapes, q3 other sizes
# hint: fixed-sizes
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

n_inputs, n_hidden, n_outputs = 3, 6, 1

def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (n_hidden, n_inputs))
    model.R = np.random.uniform(-0.01, 0.01, (n_hidden, n_hidden))
    model.V = np.random.uniform(-0.01, 0.01, (n_outputs, n_hidden))
