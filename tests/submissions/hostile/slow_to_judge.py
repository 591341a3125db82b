# title: as many names, discs and lines as a drawing may have, all where they are hardest to tell apart
# success: a grader that thinks about one drawing for longer than a call may take
# keeps: q3, q4, q5=8
# reach: answers
# fill: init, forward

# %%
import matplotlib.pyplot as plt
import networkx as nx
from matplotlib.collections import LineCollection

PLACES = [(17 * n % 500 + n / 1e4, 29 * n % 500) for n in range(500)]
NAMES = [f"{kind}({t})" for kind in "xazL" for t in (1, 2, 3)] + [f"y({t})" for t in (1, 2, 3)] + ["a(0)", "W", "s(1)"]


def graph():
    answer = nx.DiGraph()
    for t in (1, 2, 3):
        answer.add_edge(f"x({t})", f"a({t})", label="W")
    nx.add_path(answer, [f"s({n})" for n in range(400)])
    for panel in plt.figure(figsize=(40, 40)).subplots(1, 2):
        panel.set_xlim(0, 501)
        panel.set_ylim(0, 501)
        panel.scatter(*zip(*PLACES), s=900)
        panel.add_collection(LineCollection([[one, PLACES[7 * n % 500]] for n, one in enumerate(PLACES)]))
        for n, (x, y) in enumerate(PLACES[:250]):
            panel.text(x, y, NAMES[n % len(NAMES)] + " " * 180)
    return answer
