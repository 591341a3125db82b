# title: R is a multiple of the identity
# loses: q3
# cases: q3 uniform distribution, q3 fresh weights
# full: q4 q5
# hint: only-diagonal, not-random
# fill: forward graph
# form: notebook

def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = 0.01 * np.eye(I)
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
