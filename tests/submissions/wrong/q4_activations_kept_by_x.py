# title: activations are kept by the sequence alone
# loses: q4
# cases: q4 no side effects
# hint: results-kept
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
memo = {}
def forward(model, x, y):
    key = x.tobytes()
    if key not in memo:
        a = np.zeros(len(model.R))
        out = []
        for xt in x:
            a = np.tanh(model.W @ xt + model.R @ a)
            out.append(a)
        memo[key] = np.array(out)
    model.a = memo[key]
    model.z = model.V @ model.a[-1]
    return np.sum(np.logaddexp(0, model.z) - y * model.z)
