# title: draws from [-1, 1] are squared, with their sign, which makes small entries likelier
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: script
# cases: q3 uniform distribution
# hint: bell-shaped

# %%
import numpy as np


# %%
def init(model, D, I, K):
    for name, shape in (("W", (I, D)), ("R", (I, I)), ("V", (K, I))):
        u = np.random.uniform(-1, 1, shape)
        setattr(model, name, 0.01 * u * np.abs(u))
