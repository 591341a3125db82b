# title: recursion without a limit, in Python, in C, in data and in the parser
# success: a grader that recurses as well, or crashes
# keeps: q3, q5=2
# reach: answers
# fill: init

# %%
import sys


def down(n=0):
    return down(n + 1)


down()

# %%
deep = []
for _ in range(200000):
    deep = [deep]
loop = []
loop.append(loop)


class Nest:
    def __init__(self, inner):
        self.inner = inner

    def __repr__(self):
        return repr(self.inner)

    __str__ = __array__ = lambda self, *_, **__: self.__array__()


def forward(model, x, y):
    model.a, model.z = loop, deep
    if len(x) == 6:
        error = ValueError("top")
        for _ in range(20000):
            below = ValueError("below")
            below.__cause__ = below.__context__ = error
            error = below
        raise error
    if x.shape == (300, 3):
        sys.setrecursionlimit(10**9)
        return down()
    return deep


def graph():
    import networkx as nx

    answer, node = nx.DiGraph(), ()
    for _ in range(50000):
        node = (node,)
    tried(answer.add_node, node)
    answer.add_edge("x(1)", "a(1)", label=deep)
    sys.setrecursionlimit(10**9)
    tried(hash, node)
    return answer


# %%
eval("(" * 100000)

# %%
eval("-" * 1000000 + "1")
