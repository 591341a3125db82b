# title: a sequence of one step goes on from the activations of the call before, as in streaming
# loses: q4
# cases: q4 no side effects
# full: q3, q5
# fill: init, graph
# form: notebook
# hint: state-carried

# %%
import numpy as np


def forward(model, x, y):
    a = np.zeros(len(model.R))
    if len(x) == 1 and hasattr(model, "a") and model.a.shape == (1, len(a)):
        a = model.a[-1]
    activations = []
    for x_t in x:
        a = np.tanh(model.W @ x_t + model.R @ a)
        activations.append(a)
    model.a = np.array(activations)
    model.z = model.V @ a
    return np.sum(np.logaddexp(0, model.z) - y * model.z)
