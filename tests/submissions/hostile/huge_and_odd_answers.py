# title: answers that are huge, not finite, of odd types, or full of attributes that are bombs
# success: a grader that runs out of memory or time, crashes, or gives marks
# keeps: q3=7, q4=4
# reach: answers
# fill: init

# %%
import decimal, datetime, fractions, itertools
import numpy as np

honest, turn = init, itertools.count()
odd = [
    np.broadcast_to(0.0, (10**6, 10**6)), np.full((3, 4), np.nan), np.zeros(1, "M8[s]"), np.zeros(1, "U1000000"),
    np.zeros((1,) * 32), np.array([1], np.longdouble), np.array(10**400, object), 10**5000, decimal.Decimal("1e999999"),
    fractions.Fraction(1, 3**5000), itertools.count(), (n for n in itertools.count()), range(10**18), "x" * 10**8,
    b"\0" * 10**8, float("inf"), -0.0, True, complex(0, 1), np.float16(65504), np.zeros(0), np.zeros((0, 10**9)),
    memoryview(bytearray(10**7)), datetime.timedelta.max, np.ma.masked, np.recarray((1,), [("a", float)]), {}, set(),
    slice(None), Ellipsis, NotImplemented, type, lambda: 0, np, np.random.default_rng(), np.poly1d([1]),
]


def init(model, D, I, K):
    honest(model, D, I, K)
    if (D, I, K) not in {(3, 5, 2), (4, 2, 1), (10, 20, 5)}:
        model.W, model.R, model.V = odd[next(turn) % len(odd)], odd[0], odd[(D * I) % len(odd)]
        for number in range(10**4):
            setattr(model, f"attribute{number}", odd[number % 20])
        setattr(model, "n" * 10**6, 1)


class Bomb(dict):
    def items(self):
        return ((str(n), n) for n in itertools.count())

    keys = values = __iter__ = items


class Endless:
    __slots__ = ()
    __dict__ = property(lambda self: Bomb())
    a = z = property(lambda self: odd[next(turn) % len(odd)])


def forward(model, x, y):
    way = len(x) + x.shape[1]
    model.a, model.z = odd[way % len(odd)], odd[(7 * way) % len(odd)]
    if way % 3 == 0:
        tried(setattr, model, "__class__", Endless)
        tried(setattr, model, "__dict__", Bomb(a=odd[0]))
    return odd[(3 * way) % len(odd)]
