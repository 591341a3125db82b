# title: np.max(z, 0) in place of np.maximum(z, 0), which is the largest logit of all outputs
# loses: q4
# cases: q4 example, q4 loss, q4 numerical stability, q4 several outputs, q4 long sequences
# full: q3 q5
# hint: z-for-max
# fill: init graph
# form: notebook

def forward(model, x, y):
    rows, a = [], np.zeros(len(model.R))
    for xt in x:
        a = np.tanh(model.W @ xt + model.R @ a)
        rows.append(a)
    model.a, model.z = np.array(rows), model.V @ a
    z = model.z
    return np.max(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
