# title: a script indented with tabs, statements joined by semicolons, Umlaute in the comments
# loses: nothing
# form: script

import numpy as np; import networkx as nx; import matplotlib; import matplotlib.pyplot as plt

class Model: pass

# Gewichte gleichmäßig verteilt, größer als -0.01 und kleiner als 0.01
def init(model, D, I, K):
	r = np.random.uniform
	model.W = r(-0.01, 0.01, (I, D)); model.R = r(-0.01, 0.01, (I, I)); model.V = r(-0.01, 0.01, (K, I))

# Vorwärtslauf
def forward(model, x, y):
	T = len(x); a = np.zeros(len(model.R)); model.a = np.zeros((T, len(model.R)))
	for t in range(T):
		a = np.tanh(model.W @ x[t] + model.R @ a); model.a[t] = a
	model.z = model.V @ a
	return np.logaddexp(0, model.z) - y * model.z

# Zeichnung: die Zeit läuft nach rechts
def graph():
	G = nx.DiGraph(); pos = {}
	for t in 1, 2, 3:
		G.add_edge('x%d' % t, 'a%d' % t, label='W'); G.add_edge('a%d' % t, 'z%d' % t, label='V')
		G.add_edge('z%d' % t, 'L%d' % t, label='Verlust')
		if t > 1: G.add_edge('a%d' % (t - 1), 'a%d' % t, label='R')
		for i in range(4): pos['xazL'[i] + str(t)] = (t, i)
	plt.figure(figsize=(6, 7)); nx.draw(G, pos, with_labels=True, node_size=800, node_color='#dddd88')
	nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label')); plt.title('Übung 5'); plt.show()
	return G

graph()
