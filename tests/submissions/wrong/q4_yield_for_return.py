# title: forward yields the loss, so that a call does nothing
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# full: q3 q5
# hint: yield
# fill: init graph
# form: notebook

def forward(model, x, y):
    T, I = len(x), len(model.R)
    model.a = np.zeros((T, I))
    a = np.zeros(I)
    for t in range(T):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    yield float(np.sum(np.logaddexp(0, model.z) - y * model.z))
