# title: the arrays have a complex dtype
# loses: q3
# cases: q3 shapes, q3 other sizes
# hint: other-type
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    # complex so that the eigenvalues of R can be assigned later on
    model.W = np.random.uniform(-0.01, 0.01, (I, D)).astype(complex)
    model.R = np.random.uniform(-0.01, 0.01, (I, I)).astype(complex)
    model.V = np.random.uniform(-0.01, 0.01, (K, I)).astype(complex)
