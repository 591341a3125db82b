# title: a random bias is added to the logit
# loses: q4
# cases: q4 example, q4 logit, q4 no side effects
# hint: random
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    K, I = model.V.shape
    c = np.random.randn(K)      # bias of the output layer
    h = np.zeros(I)
    acts = []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        acts.append(h)
    model.a = np.array(acts)
    model.z = model.V @ h + c
    return np.logaddexp(0, model.z) - y * model.z
