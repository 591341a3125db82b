# title: every function wears a decorator that counts and times the calls
# loses: nothing
# form: notebook

# %%
import functools, time
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

calls = {}

def counted(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        result = f(*args, **kwargs)
        calls.setdefault(f.__name__, []).append(time.perf_counter() - start)
        print(f'{f.__name__}: call number {len(calls[f.__name__])}')
        return result
    return wrapper

# %%
@counted
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
    return model.W, model.R, model.V

# %%
@counted
def forward(*args):
    model, x, y = args
    a = functools.reduce(
        lambda rows, xt: rows + [np.tanh(model.W @ xt + model.R @ rows[-1])], x, [np.zeros(model.R.shape[0])])
    model.a = tuple(a[1:])
    model.z = model.V @ a[-1]
    return np.mean(np.maximum(0, model.z) - y * model.z + np.log1p(np.exp(-np.abs(model.z))))

# %%
@functools.lru_cache
def build():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f'x({t})', f'a({t})', label='W')
        G.add_edge(f'a({t})', f'z({t})', label='V')
        G.add_edge(f'z({t})', f'L({t})', label='loss')
        if t > 1:
            G.add_edge(f'a({t-1})', f'a({t})', label='R')
    return G

@counted
def graph():
    G = build()
    pos = {n: (int(n[2]), 'xazL'.index(n[0])) for n in G}
    plt.figure(figsize=(6, 6))
    nx.draw(G, pos, with_labels=True, node_size=900, node_color='mediumaquamarine')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'))
    plt.show()
    return G.copy(as_view=True)

graph()
print(calls)
