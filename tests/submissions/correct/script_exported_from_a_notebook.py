# title: an exported notebook with In[ ] comments and get_ipython() calls
# loses: nothing
# form: script

#!/usr/bin/env python
# coding: utf-8

# # Assignment 5

# In[1]:


get_ipython().run_line_magic('matplotlib', 'inline')
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt


# In[2]:


class Model:
    pass

def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))


# In[5]:


def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), len(a)))
    for t in range(len(x)):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    return np.log1p(np.exp(-np.abs(model.z))) + np.maximum(0, model.z) - model.z * y


# In[6]:


get_ipython().run_cell_magic('time', '', 'm = Model()\ninit(m, 2, 3, 1)\nforward(m, np.ones((5, 2)), 0)\n')


# In[9]:


def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f'x({t})', f'a({t})', label='W')
        G.add_edge(f'a({t})', f'z({t})', label='V')
        G.add_edge(f'z({t})', f'L({t})', label='BCE')
        if t > 1:
            G.add_edge(f'a({t-1})', f'a({t})', label='R')
    pos = {n: (int(n[2]), 'xazL'.index(n[0])) for n in G}
    nx.draw(G, pos, with_labels=True, node_size=900, node_color='skyblue')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'))
    plt.show()
    return G

graph()


# In[ ]:
