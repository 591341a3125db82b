# title: V is the transpose of W if K equals D
# loses: q3
# cases: q3 independence
# hint: shared-when-equal
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

# %%
def init(model, D, I, K):
    rng = np.random.default_rng()
    u = lambda *s: rng.uniform(-0.01, 0.01, s)
    model.W = u(I, D)
    model.R = u(I, I)
    model.V = model.W.T.copy() if K == D else u(K, I)
