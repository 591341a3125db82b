# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # [[ title ]]
#
# Five exercises, [[ total_points ]] points
#
# A recurrent network reads a sequence one step at a time and carries what it has seen along in its activation. In
# this assignment you take such a network apart: first its loss with pen and paper, then the network in code, and at
# last its picture as a graph.
#
# **You will learn**
#
# - why a formula that is correct on paper can fail in floating-point arithmetic, and how to rewrite it;
# - why the sigmoid and the cross-entropy together have such a simple derivative;
# - how a recurrent network uses the same three weight matrices again at every time step;
# - how a recurrent network turns into an ordinary feed-forward graph once it is unfolded over time.
#
# | exercise | what you hand in | graded by | points |
# |:---|:---|:---|---:|
# | 1 &nbsp; A loss that does not overflow | a proof and an explanation | a person | [[ points.q1 ]] |
# | 2 &nbsp; The derivative of the loss | a derivation | a person | [[ points.q2 ]] |
# | 3 &nbsp; Weights to begin with | the function `init` | tests | [[ points.q3 ]] |
# | 4 &nbsp; The forward pass | the function `forward` | tests | [[ points.q4 ]] |
# | 5 &nbsp; The network as a graph | the function `graph` | tests | [[ points.q5 ]] |
# | | | **total** | **[[ total_points ]]** |

# %% [markdown]
# ## How to work and how to hand in
#
# 1. Open this notebook, `[[ notebook ]]`, in JupyterLab, and leave it in its folder, beside the folder `tests`.
# 2. Type your answers to exercises 1 and 2 into the cells provided for them; for exercises 3, 4 and 5, write the
#    bodies of the three functions. You may add cells wherever you like.
# 3. Below each function a cell such as `grader.check("q3")` runs the public tests. Run it as often as you like.
# 4. When you are done, choose *Kernel > Restart Kernel and Run All Cells*. A fresh kernel is the proof that nothing
#    depends on a cell you have deleted or changed since.
# 5. Look at what `grader.check_all()` says at the end, and **save** the notebook.
# 6. Upload `[[ notebook ]]` to Gradescope. The zip file that the last cell makes is just as good.
#
# ## Rules of the game
#
# - **Names.** The functions keep their names: `init`, `forward`, `graph`. You may rename their parameters or add
#   optional ones; the tests pass all arguments by position.
# - **Public and hidden tests.** The checks in this notebook are a part of the tests. The hidden ones ask nothing that
#   is not written here, but they use other sizes and other values. So take every size from the arguments, never from
#   a variable that some other cell has set.
# - **The model.** `model` is a plain object: write `model.W = ...`. It is never a dictionary, so `model["W"]` does
#   not work.
# - **Given weights.** The tests of exercise 4 put weights of their own into the model before they call `forward`. A
#   mistake in `init` therefore does not spoil exercise 4, and `forward` must use whatever it finds in `model.W`,
#   `model.R` and `model.V`. Further attributes that your `init` stores are there as well if it runs; attributes that
#   only another cell sets are not.
# - **Other cells** may do what you like: print, plot, try things out. All cells are run before the tests, so keep
#   long experiments out of the version that you hand in. A cell that fails costs you only what depends on it:
#   JupyterLab stops there when it runs all cells, the grading goes on. What comes after an `exit()`, though, does not
#   count.
# - **Time.** Each test has a limit of a few seconds. A plain solution needs far less than one.
# - **Packages.** `numpy`, `scipy`, `networkx`, `matplotlib` and `pandas` are there when your work is graded. Do not
#   count on internet access, or on files beside the notebook.

# %% [markdown]
# ## Setup
#
# Run this cell first. Should it fail, the file `README.md` knows the usual reasons.

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import otter

grader = otter.Notebook("[[ notebook ]]")

# %% [markdown]
# ## The network
#
# The input is a sequence of vectors $x(1), x(2), \dots, x(T)$. With $a(0) = 0$, the network computes for
# $t = 1, 2, \dots, T$
#
# $$
# \begin{aligned}
# s(t) &= W\,x(t) + R\,a(t-1) \\
# a(t) &= \tanh\bigl(s(t)\bigr) \\
# z(t) &= V\,a(t) \\
# \hat y(t) &= \sigma\bigl(z(t)\bigr)
# \end{aligned}
# $$
#
# where $\sigma(z) = 1/(1 + e^{-z})$ is the sigmoid function. Both $\tanh$ and $\sigma$ act on each entry of a vector
# separately. There are no biases. As a picture, with the loop that makes the network recurrent:
#
# ```
#                      +----- R <-----+     a(t-1) comes back
#                      |              |     one step later
#                      v              |
#     x(t) --- W --> s(t) -- tanh --> a(t) --- V --> z(t) -- sigma --> yhat(t)
# ```
#
# | symbol | meaning | shape |
# |:---|:---|:---|
# | $x(t)$ | input at time $t$ | $D$ |
# | $s(t)$ | weighted sum that goes into the hidden units | $I$ |
# | $a(t)$ | activation of the hidden units | $I$ |
# | $z(t)$ | logit, the output before the sigmoid | $K$ |
# | $\hat y(t)$ | prediction, every entry between 0 and 1 | $K$ |
# | $W$ | weights from the input to the hidden units | $I \times D$ |
# | $R$ | weights from the hidden units to themselves, one step later | $I \times I$ |
# | $V$ | weights from the hidden units to the output | $K \times I$ |
#
# The vectors change from step to step, the three matrices do not: the network is the same at every time.
#
# ### The loss
#
# Let the label be $y \in \{0, 1\}$, and let $p$, with $0 < p < 1$, be the probability that is predicted for $y = 1$.
# The binary cross-entropy of the two is
#
# $$
# L_{\mathrm{BCE}}(p, y) = -\bigl(y \log p + (1 - y) \log(1 - p)\bigr),
# $$
#
# with the natural logarithm. The network predicts $p = \sigma(z)$, so we look at the loss as a function of the logit:
#
# $$
# L(z, y) = L_{\mathrm{BCE}}\bigl(\sigma(z), y\bigr).
# $$
#
# In exercises 1 and 2, $z$ is a single real number. With $K > 1$ outputs the network answers $K$ separate yes-or-no
# questions: there are $K$ labels, and every output has a loss of its own.

# %% [markdown]
# ### The model object
#
# The functions below store the network's arrays in an object of this class. There is nothing to do here.

# %%
class Model:
    """A place to keep a network: `init` stores W, R and V in it, `forward` adds a and z.

    It begins empty and takes any attribute: after `model = Model()` you may write `model.W = ...`.
    """


# %% [markdown]
# <!-- BEGIN QUESTION -->
#
# ## Exercise 1: A loss that does not overflow ([[ points.q1 ]] points)
#
# Work out $L(z, y)$ and you will meet the function $\log(1 + e^z)$. On paper it is harmless. A computer has its
# difficulties, as the next cell shows. Both columns should be the same, since $1 - \sigma(z) = 1/(1 + e^z)$, and the
# exact values are about $4.2 \cdot 10^{-18}$, $0.693$, $20.000000002$, $40$ and $1000$.

# %%
print("     z    log(1 + e^z)   -log(1 - sigma(z))")
for logit in (-40.0, 0.0, 20.0, 40.0, 1000.0):
    with np.errstate(all="ignore"):
        direct = np.log(1 + np.exp(logit))
        by_sigma = -np.log(1 - 1 / (1 + np.exp(-logit)))
    print(f"{logit:6.0f}   {direct:13.11g}   {by_sigma:18.11g}")

# %% [markdown]
# **Show how to do better.**
#
# a) Prove that for every real number $z$
#
# $$
# \log(1 + e^z) = \log\bigl(1 + e^{-\lvert z\rvert}\bigr) + \max(0, z).
# $$
#
# b) Explain why the right-hand side is numerically stable. Think of very large and of very negative $z$, and compare
#    with the left-hand side as well as with the way that computes $\sigma(z)$ first and takes logarithms afterwards:
#    what overflows, where does the logarithm of 0 turn up, where do digits get lost?
#
# c) Use the identity to write $L(z, y)$ as a formula in $z$ and $y$ that is stable for all $z$ and holds for $y = 0$
#    as well as for $y = 1$. Show how you get there.
#
# *How to answer:* double-click the cell below and type. Formulas are LaTeX: `$e^{-z}$` within a line, and longer ones
# between two lines with `$$`.

# %% [markdown] tags=["answer", "q1"]
# **Your answer to exercise 1:**
#
# *(Replace this line with your answer.)*

# %% [markdown]
# <!-- END QUESTION -->
# <!-- BEGIN QUESTION -->
#
# ## Exercise 2: The derivative of the loss ([[ points.q2 ]] points)
#
# To train the network one needs to know how the loss changes with the logit. Derive
#
# $$
# \frac{\partial L(z, y)}{\partial z}
# $$
#
# for $y \in \{0, 1\}$, and simplify the result until it contains nothing but $\sigma$, $z$ and $y$. Show the steps.
#
# *Hint:* you may start from any form of $L$. Mind that $\max(0, z)$ and $\lvert z\rvert$ have a kink at $z = 0$,
# while $L$ has none.

# %% [markdown] tags=["answer", "q2"]
# **Your answer to exercise 2:**
#
# *(Replace this line with your answer.)*

# %% [markdown]
# <!-- END QUESTION -->
#
# ## Exercise 3: Weights to begin with ([[ points.q3 ]] points)
#
# Write `init(model, D, I, K)`. It draws the network's weights at random and stores them in the model:
#
# | attribute | shape |
# |:---|:---|
# | `model.W` | `(I, D)` |
# | `model.R` | `(I, I)` |
# | `model.V` | `(K, I)` |
#
# - All three are numpy arrays of floats (`float64`, or at least `float32`) and have exactly these shapes for any
#   sizes $D, I, K \ge 1$. The sizes come from the arguments.
# - Every entry is drawn from the continuous uniform distribution on $[-[[ weight_range ]],\ [[ weight_range ]]]$,
#   independently of all others. No entry ever lies outside this interval.
# - The three matrices are three separate arrays with numbers of their own, also when their shapes happen to agree.
# - Every call draws fresh weights. So do not set a seed inside `init`; setting one at the top of the notebook is
#   fine.
#
# What `init` returns does not matter, and it may store further attributes. There are no biases.
#
# *Why small and random?* With small weights $s(t)$ is near 0, where $\tanh$ is steepest and far from saturation. And
# if all weights began equal, all hidden units would compute the same and receive the same gradients, and training
# could never tell them apart.

# %%
[[ stub.init ]]

# %%
grader.check("q3")

# %% [markdown]
# ## Exercise 4: The forward pass ([[ points.q4 ]] points)
#
# Write `forward(model, x, y)`. It runs the network over a whole sequence and **returns the loss at the last step**,
# $L(z(T), y)$.
#
# **What it is given**
#
# - `model` holds the weights `model.W`, `model.R` and `model.V`, in the shapes of exercise 3. There are no biases.
# - `x` is a `float64` array of shape `(T, D)`: the row `x[0]` is $x(1)$, the last row is $x(T)$. Any length from
#   $T = 1$ to $T = 2000$ must work.
# - `y` is the label of the sequence: for $K = 1$ the number 0 or 1, an int or a float; for $K > 1$ an array of shape
#   `(K,)` of zeros and ones.
#
# **What it leaves in the model**
#
# - `model.a`, an array of shape `(T, I)`: the activations $a(1), \dots, a(T)$ in this order, one per row. $a(0)$ is
#   not among them.
# - `model.z`, an array of shape `(K,)`: the logit $z(T)$ of the last step, before the sigmoid. For $K = 1$ a plain
#   number will do.
#
# **What it returns**
#
# - For $K = 1$ the loss as a number.
# - For $K > 1$ the losses of the $K$ outputs as an array, or their sum, or their mean: choose what you like.
#
# **What else counts**
#
# - *Stable.* The loss is finite and correct for every logit with $\lvert z\rvert \le 10^4$. Exercise 1 tells you how.
#   Cutting $\hat y$ off at some tiny $\varepsilon$ and $1 - \varepsilon$ avoids the infinity, but gives a wrong loss,
#   and does not count. (`np.log1p(u)` computes $\log(1 + u)$ without losing a tiny $u$.)
# - *Precise.* Double precision, which numpy uses by default, is best. Single precision is enough, half precision is
#   not.
# - *Clean.* `forward` changes neither the weights nor `x` and `y`, not even the shape of `x`.
# - *No memory.* Every call begins with $a(0) = 0$, whatever was called before. Two calls with the same weights, `x`
#   and `y` give the same result.
# - *Any length.* Use a loop over time: a function that calls itself 2000 levels deep runs into Python's recursion
#   limit.

# %%
[[ stub.forward ]]

# %%
grader.check("q4")

# %% [markdown]
# *Try it (optional).* With all weights equal to 1 you can follow the network with a pocket calculator. Once `init`
# and `forward` are written, take away the first `# ` of each line (select the lines and press Ctrl+/ or Cmd+/).

# %%
# toy = Model()
# init(toy, 1, 1, 1)
# toy.W, toy.R, toy.V = np.ones((1, 1)), np.ones((1, 1)), np.ones((1, 1))
# print(forward(toy, np.array([0.5, 0.5]).reshape(2, 1), 1))  # about 0.3884
# print(toy.a.ravel())  # about 0.4621 and 0.7452
# toy.V = np.full((1, 1), 10000.0)
# print(forward(toy, np.array([0.5, 0.5]).reshape(2, 1), 0))  # about 7452.2

# %% [markdown]
# ## Exercise 5: The network as a graph ([[ points.q5 ]] points)
#
# Unfolded over time, a recurrent network is a graph without cycles: every quantity at every time step is a node of
# its own, and an arrow says which quantity goes into the calculation of which. Here every step has a label $y(t)$ and
# hence a loss $L(t) = L\bigl(z(t), y(t)\bigr)$.
#
# Write `graph()`, without parameters. It **returns** this graph for $t = [[ steps_list ]]$ as a directed `networkx`
# graph, such as an `nx.DiGraph`, and it **draws** it with `matplotlib`.
#
# **Nodes** ([[ node_count ]]): $x(t)$, $a(t)$, $z(t)$ and $L(t)$ for $t = [[ steps_list ]]$. Choose one way to spell
# their names:
#
# | node | for instance |
# |:---|:---|
# | $x(1)$ | `x(1)`, `x1`, `x_1`, `x_{1}`, `$x_1$`, `x[1]`, `x(t=1)`, `('x', 1)` |
# | $a(1)$, $z(1)$ | likewise |
# | $L(1)$ | likewise, or `loss(1)`, `L(z(1), y(1))` |
#
# **Edges** ([[ edge_count ]]), which point from what is used to what is computed, and their labels:
#
# | edge | for | label |
# |:---|:---|:---|
# | from $x(t)$ to $a(t)$ | every $t$ | `W` |
# | from $a(t-1)$ to $a(t)$ | every $t$ but the first | `R` |
# | from $a(t)$ to $z(t)$ | every $t$ | `V` |
# | from $z(t)$ to $L(t)$ | every $t$ | what you find sensible, such as `BCE` |
#
# A label is best kept as an attribute of its edge, `add_edge(..., label="W")`. `$W$` is as good as `W`.
#
# **The drawing** is made by `graph()` itself and must be readable without any explanation:
#
# - every node is shown with its name: written on it or beside it; a legend of colours is not enough;
# - every edge is shown with its direction, as an arrow with a head, and with its label;
# - no two nodes overlap, no edge runs through the middle of a node that it does not belong to, and no label is hidden
#   under a node;
# - time runs along one axis, always in the same direction, for each of the four kinds $x$, $a$, $z$ and $L$;
# - along the other axis the four kinds stand in the same order at every time step.
#
# If you like it more complete, you may add nodes for the initial state $a(0)$, which leads to $a(1)$; for the labels
# $y(t)$, which lead to $L(t)$; for the sums $s(t)$, between $x(t)$, $a(t-1)$ and $a(t)$; for the predictions
# $\hat y(t)$, between $z(t)$ and $L(t)$ or beside $L(t)$; and for the parameters $W$, $R$ and $V$. Edges at these
# nodes need no label. A title, a time arrow or colours are welcome too. But no further time steps, please, and no
# other edges between the [[ node_count ]] nodes above.
#
# *Tips.* Return the graph alone, not a tuple. Compute the position of each node from its kind and its time instead of
# leaving it to an automatic layout, which knows nothing about time and may come out differently on every run. Leave
# the figure open: `plt.show()` at the end is fine, `plt.close()` is not. To look at your drawing, call `graph()` in a
# cell of its own.

# %%
[[ stub.graph ]]

# %%
grader.check("q5")

# %% [markdown]
# ## Before you hand in
#
# - The answers to exercises 1 and 2 are in their cells and their formulas are displayed properly.
# - The three functions take every size from their arguments.
# - You have restarted the kernel and run all cells, and the result below is what you expect.
# - The notebook is saved.

# %%
grader.check_all()

# %% [markdown]
# The next cell saves the notebook and packs it into a zip file, in case you prefer to upload that. If it warns that
# it could not save the notebook, save it yourself (*File > Save Notebook*) and run the cell again.

# %%
grader.export(pdf=False, force_save=True, ignore_log=True)
