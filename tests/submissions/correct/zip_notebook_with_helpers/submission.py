# title: a zip: the notebook imports helpers.py that lies beside it
# loses: nothing
# form: zip-notebook

# %%
import numpy as np
import matplotlib.pyplot as plt
import helpers
from helpers import small_uniform, stable_loss

class Model: pass

# %%
def init(model, D, I, K):
    model.W = small_uniform((I, D))
    model.R = small_uniform((I, I))
    model.V = small_uniform((K, I))

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), len(a)))
    for t, xt in enumerate(x):
        a = np.tanh(model.W @ xt + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    return stable_loss(model.z, y)

# %%
def graph():
    G, pos = helpers.unfold(3)
    helpers.draw(G, pos)
    plt.show()
    return G

graph()
