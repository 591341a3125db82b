# title: R is a triangle minus its transpose
# loses: q3
# cases: q3 uniform distribution
# full: q4, q5
# fill: forward, graph
# hint: antisymmetric

# %%
import numpy as np


# %%
def init(model, D, I, K):
    def draw(*shape):
        return np.random.uniform(-0.01, 0.01, shape)

    model.W, model.V = draw(I, D), draw(K, I)
    upper = np.triu(draw(I, I), 1)
    model.R = upper - upper.T
