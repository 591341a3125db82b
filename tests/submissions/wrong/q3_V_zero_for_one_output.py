# title: V is zero for one output
# loses: q3
# cases: q3 uniform distribution
# full: q4, q5
# fill: forward, graph
# hint: entry-never-drawn

# %%
import numpy as np


# %%
def init(model, D, I, K):
    def draw(*shape):
        return np.random.uniform(-0.01, 0.01, shape)

    model.W = draw(I, D)
    model.R = draw(I, I)
    model.V = draw(K, I) if K > 1 else np.zeros((1, I))
