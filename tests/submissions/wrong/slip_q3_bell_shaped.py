# title: a beta distribution on the right interval, denser in the middle
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: notebook
# cases: q3 uniform distribution
# hint: bell-shaped

# %%
import numpy as np


# %%
def init(model, D, I, K):
    def draw(*shape):
        return 0.02 * np.random.beta(3, 3, shape) - 0.01

    model.W, model.R, model.V = draw(I, D), draw(I, I), draw(K, I)
