# title: nothing is computed, forward returns 0
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# hint: constant-returned, not-stored
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np


def forward(model, x, y):
    return 0.0
