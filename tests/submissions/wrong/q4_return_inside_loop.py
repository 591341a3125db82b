# title: return indented one level too far: the function ends after the first step
# loses: q4
# cases: q4 example, q4 what is stored, q4 activations, q4 logit, q4 long sequences
# hint: first-step-only, z-of-first-step
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    acts = []
    for t in range(x.shape[0]):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        acts.append(a)
        z = model.V @ a
        model.a = np.array(acts)
        model.z = z
        return np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z)))
