# title: tanh applied twice: the state is squashed again when it enters the next step
# loses: q4
# cases: q4 example, q4 activations
# hint: tanh-twice
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    s = np.zeros(model.R.shape[0])
    A = []
    for x_t in x:
        s = np.tanh(model.W @ x_t + model.R @ np.tanh(s))
        A.append(s)
    model.a = np.array(A)
    model.z = model.V @ A[-1]
    return np.logaddexp(0, model.z) - y * model.z
