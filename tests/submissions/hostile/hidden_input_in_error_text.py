# title: hidden inputs in the text, the notes and the causes of an error, and in whatever can be printed
# success: digits of a hidden input where the student sees them
# keeps: q3
# reach: answers
# fill: init

# %%
import logging, os, sys, warnings
import matplotlib.pyplot as plt


class Loud(ValueError):
    def __str__(self):
        return self.word

    __repr__ = __format__ = lambda self, *_: self.word


def forward(model, x, y):
    word = f"x is {digits(x)}, W is {digits(model.W)}, y is {y}"
    print(word)
    print(word, file=sys.stderr)
    print(word, file=sys.__stdout__)
    warnings.warn(word)
    logging.critical(word)
    for descriptor in (1, 2):
        tried(os.write, descriptor, word.encode())
    plt.figure(num=word).suptitle(word)
    tried(display, word)
    get_ipython().user_ns["word"] = word
    error = Loud(word, x)
    error.word = error.filename = error.reason = error.name = word
    error.add_note(word)
    raise error from KeyError(word)
