# title: the call begins with the last state of the call before, kept on the model
# loses: q4
# cases: q4 no side effects
# hint: state-carried
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    if not hasattr(model, "h"):
        model.h = np.zeros(model.R.shape[0])
    acts = []
    for x_t in x:
        model.h = np.tanh(model.W @ x_t + model.R @ model.h)
        acts.append(model.h)
    model.a = np.array(acts)
    model.z = model.V @ model.h
    return np.logaddexp(0, model.z) - y * model.z
