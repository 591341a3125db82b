# title: R is triangular: half of its entries are always 0
# loses: q3
# cases: q3 uniform distribution
# full: q4 q5
# hint: one-triangle
# fill: forward graph
# form: notebook

def init(model, D, I, K):
    pass
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.tril(np.random.uniform(-0.01, 0.01, (I, I)))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
