# title: R applied to the input and W to the state
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# hint: w-r-swapped
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    R, W, V = model.W, model.R, model.V
    a_prev = np.zeros(model.R.shape[0])
    a = []
    for x_t in x:
        a_prev = np.tanh(W @ x_t + R @ a_prev)
        a.append(a_prev)
    model.a = np.array(a)
    model.z = V @ a_prev
    return np.logaddexp(0, model.z) - y * model.z
