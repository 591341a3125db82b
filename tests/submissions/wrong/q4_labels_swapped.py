# title: the label is used the wrong way round: y = 1 is punished for a large z
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: label-reversed
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a_t = np.zeros(model.W.shape[0])
    a = []
    for t in range(x.shape[0]):
        a_t = np.tanh(model.W @ x[t] + model.R @ a_t)
        a.append(a_t)
    model.a = np.array(a)
    model.z = model.V @ a_t
    # -log sigma(z) = logaddexp(0, -z),  -log(1 - sigma(z)) = logaddexp(0, z)
    return y * np.logaddexp(0, model.z) + (1 - y) * np.logaddexp(0, -model.z)
