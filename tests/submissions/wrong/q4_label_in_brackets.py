# title: the label is taken out of y with brackets, which fails for one output and gives all outputs the first label
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability
# cases: q4 several outputs, q4 long sequences
# full: q3 q5
# hint: label-indexed one-label-for-all
# fill: init graph
# form: notebook

def forward(model, x, y):
    rows, a = [], np.zeros(len(model.R))
    for xt in x:
        a = np.tanh(model.W @ xt + model.R @ a)
        rows.append(a)
    model.a, model.z = np.array(rows), model.V @ a
    z = model.z
    return np.logaddexp(0, z) - y[0] * z
