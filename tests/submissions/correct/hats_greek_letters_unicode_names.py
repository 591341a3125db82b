# title: \hat{y}_t on the path, Greek and accented identifiers, an edge label ·W
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

ε = 0.01

# %%
def init(модель, D, I, K):
    модель.W = np.random.uniform(-ε, ε, (I, D))
    модель.R = np.random.uniform(-ε, ε, (I, I))
    модель.V = np.random.uniform(-ε, ε, (K, I))

# %%
def σ(z):
    # in two cases, so that nothing overflows
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))

def ℓ(z, y):
    return np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z)))

def forward(model, x, y):
    α = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), len(α)))
    for τ, ξ in enumerate(x):
        α = np.tanh(model.W @ ξ + model.R @ α)
        model.a[τ] = α
    model.z = ζ = model.V @ α
    model.ŷ = σ(ζ)
    return ℓ(ζ, y)

# %%
def graph():
    Γ = nx.DiGraph()
    for t in (1, 2, 3):
        Γ.add_edge(f'$x_{t}$', f'$a_{t}$', label='·W')
        if t > 1:
            Γ.add_edge(f'$a_{t-1}$', f'$a_{t}$', label='·R')
        Γ.add_edge(f'$a_{t}$', f'$z_{t}$', label='·V')
        Γ.add_edge(f'$z_{t}$', rf'$\hat{{y}}_{t}$', label='σ')
        Γ.add_edge(rf'$\hat{{y}}_{t}$', f'$L_{t}$', label='BCE')
    height = {'x': 0, 'a': 1, 'z': 2, '\\': 3, 'L': 4}
    pos = {n: (int(n[-2]), height[n[1]]) for n in Γ}
    plt.figure(figsize=(7, 9))
    nx.draw(Γ, pos, with_labels=True, node_size=1200, node_color='bisque', font_size=15)
    nx.draw_networkx_edge_labels(Γ, pos, nx.get_edge_attributes(Γ, 'label'), rotate=False, font_size=13)
    plt.show()
    return Γ

graph()
