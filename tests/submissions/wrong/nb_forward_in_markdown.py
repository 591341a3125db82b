# title: the cell of forward is a markdown cell
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %% [markdown]
# def forward(model, x, y):
#     a = np.zeros(model.R.shape[0])
#     model.a = []
#     for x_t in x:
#         a = np.tanh(model.W @ x_t + model.R @ a)
#         model.a.append(a)
#     model.z = model.V @ a
#     return np.sum(np.logaddexp(0, model.z) - y * model.z)
