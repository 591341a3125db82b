# title: R begins with the numbers of W
# loses: q3
# cases: q3 independence
# hint: numbers-reused
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

# %%
def init(model, D, I, K):
    rng = np.random.default_rng()
    u = lambda *s: rng.uniform(-0.01, 0.01, s)
    m = min(D, I)
    model.W = u(I, D)
    model.R = u(I, I)
    model.V = u(K, I)
    model.R[:, :m] = model.W[:, :m]
