# title: only init is done, forward and graph raise NotImplementedError
# loses: q4, q5
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences, q5 directed graph
# cases: q5 nodes, q5 edges, q5 edge labels, q5 names in the drawing, q5 arrows in the drawing
# cases: q5 labels in the drawing, q5 arrangement of the drawing
# hint: none
# full: q3
# fill: init
# form: notebook

# %%
def forward(model, x, y):
    raise NotImplementedError

# %%
def graph():
    raise NotImplementedError
