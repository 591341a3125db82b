# title: the range is too wide by one percent
# loses: q3
# cases: q3 range
# full: q4 q5
# hint: range-too-wide
# fill: forward graph
# form: notebook

def init(model, D, I, K):
    model.W = np.random.uniform(-0.0101, 0.0101, (I, D))
    model.R = np.random.uniform(-0.0101, 0.0101, (I, I))
    model.V = np.random.uniform(-0.0101, 0.0101, (K, I))
