# title: init adds a bias of ones and forward uses it
# loses: q4
# cases: q4 example, q4 activations
# hint: bias-added
# full: q3, q5
# fill: graph
# form: notebook

# %%
import numpy as np

class Model:
    pass

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
    model.b = np.ones(I)

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    acts = []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h + model.b)
        acts.append(h)
    model.a = np.array(acts)
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
