# title: __str__, __repr__, __del__, __eq__, __hash__, __len__ and __getattr__ that never end
# success: a grader that waits beyond its limits, or loses a case
# keeps: q3
# reach: answers
# fill: init

# %%
import time
import networkx as nx


def wait(*_, **__):
    while True:
        time.sleep(0.01)


class Endless(Exception):
    __str__ = __repr__ = __format__ = __del__ = __eq__ = __len__ = __bool__ = __iter__ = __getattr__ = wait
    __hash__ = object.__hash__
    __reduce__ = __reduce_ex__ = __array__ = __float__ = __index__ = __call__ = wait


class Meta(type):
    __name__ = property(wait)
    __qualname__ = property(wait)
    __repr__ = __str__ = wait


class Odd(Exception, metaclass=Meta):
    __str__ = wait


kept = Endless()


def forward(model, x, y):
    if len(x) == 2:
        raise Endless
    if len(x) == 6:
        raise Odd
    model.a, model.z = kept, kept
    return kept if len(x) == 300 else 0.0


def graph():
    answer = nx.DiGraph()
    answer.add_edge("x(1)", "a(1)", label=kept)
    answer.graph["name"] = kept
    return answer


# %%
del kept

# %%
raise Endless
