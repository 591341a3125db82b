# title: only init is done, forward and graph raise NotImplementedError
# loses: q4, q5
# full: q3
# fill: init
# form: notebook

# %%
def forward(model, x, y):
    raise NotImplementedError

# %%
def graph():
    raise NotImplementedError
