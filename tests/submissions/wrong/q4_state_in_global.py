# title: the state lives in a global variable and is never reset
# loses: q4
# cases: q4 example, q4 no side effects
# hint: state-carried
# full: q3, q5
# fill: init, graph
# form: script

# %%
import numpy as np

state = None

# %%
def forward(model, x, y):
    global state
    I = model.R.shape[0]
    if state is None or len(state) != I:
        state = np.zeros(I)
    model.a = np.zeros((len(x), I))
    for t, x_t in enumerate(x):
        state = np.tanh(model.W @ x_t + model.R @ state)
        model.a[t] = state
    model.z = model.V @ state
    return np.logaddexp(0, model.z) - y * model.z
