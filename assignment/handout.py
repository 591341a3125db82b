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
# A recurrent network reads a sequence one step at a time. Its activation carries what the network has seen so far. In
# this assignment you study such a network from three sides: its loss, with pen and paper; the network itself, in
# code; and its computation, as a graph.
#
# **You will learn**
#
# - why a formula that is correct on paper can fail in floating-point arithmetic, and how to rewrite it;
# - why the sigmoid and the cross-entropy together have such a simple derivative;
# - how a recurrent network uses the same three weight matrices at every time step;
# - how a recurrent network becomes an ordinary feed-forward graph when it is unfolded over time.
#
# | exercise | what you hand in | graded by | points |
# |:---|:---|:---|---:|
# | 1 &nbsp; A loss that does not overflow | a proof and an explanation | a person | [[ points.q1 ]] |
# | 2 &nbsp; The derivative of the loss | a derivation | a person | [[ points.q2 ]] |
# | 3 &nbsp; Initial weights | the function `init` | tests | [[ points.q3 ]] |
# | 4 &nbsp; The forward pass | the function `forward` | tests | [[ points.q4 ]] |
# | 5 &nbsp; The network as a graph | the function `graph` | tests | [[ points.q5 ]] |
# | | | **total** | **[[ total_points ]]** |

# %% [markdown]
# ## How to work and how to hand in
#
# 1. Open this notebook, `[[ notebook ]]`, in JupyterLab. Leave it in its folder, next to the folder `tests`.
# 2. For exercises 1 and 2, type your answers into the cells provided. For exercises 3, 4 and 5, write the bodies of
#    the three functions. You may add cells wherever you like.
# 3. Below each function, a cell such as `grader.check("q3")` runs the public tests. Run it as often as you like.
# 4. When you have finished, choose *Kernel > Restart Kernel and Run All Cells*. This shows that your work does not
#    depend on a cell that you have since deleted or changed.
# 5. Look at the result of `grader.check_all()` at the end, and **save** the notebook.
# 6. Upload `[[ notebook ]]` to Gradescope. You may also upload the zip file that the last cell makes.
#
# ## Rules
#
# - **Names.** Keep the names of the functions: `init`, `forward`, `graph`. You may rename their parameters or add
#   optional ones, because the tests pass all arguments by position.
# - **Public and hidden tests.** The checks in this notebook are only some of the tests. The hidden tests ask for
#   nothing that is not written here, but they use other sizes and values. So take every size from the arguments,
#   never from a variable that another cell has set.
# - **The model.** `model` is a plain object: write `model.W = ...`. It is never a dictionary, so `model["W"]` does
#   not work.
# - **Given weights.** The tests of exercise 4 put their own weights into the model before they call `forward`. So a
#   mistake in `init` does not cost points in exercise 4, and `forward` must use whatever weights are in `model.W`,
#   `model.R` and `model.V`. If your `init` runs and stores other attributes, they are there as well. Attributes that
#   only another cell sets are not.
# - **Other cells** may do what you like: print, plot, try things out. All cells are run before the tests, so remove
#   long experiments before you hand in. If a cell fails, you lose only the points that depend on it. (JupyterLab stops
#   at such a cell when it runs all cells; grading continues.) Cells after an `exit()` are not run.
# - **Time.** Each test has a time limit of a few seconds. A simple solution needs much less than one second.
# - **Packages.** When your work is graded, `numpy`, `scipy`, `networkx`, `matplotlib` and `pandas` are available. Do
#   not rely on internet access, or on other files in your folder.

# %% [markdown]
# ## Setup
#
# Run this cell first. If it fails, look up the usual reasons in the file `README.md`.

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
# where $\sigma(z) = 1/(1 + e^{-z})$ is the sigmoid function. Both $\tanh$ and $\sigma$ are applied to each entry of a
# vector. There are no biases. The loop in this picture makes the network recurrent:
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
# | $s(t)$ | weighted sum, the input of the hidden units | $I$ |
# | $a(t)$ | activation of the hidden units | $I$ |
# | $z(t)$ | logit, the output before the sigmoid | $K$ |
# | $\hat y(t)$ | prediction, every entry between 0 and 1 | $K$ |
# | $W$ | weights from the input to the hidden units | $I \times D$ |
# | $R$ | weights from the hidden units to themselves, one step later | $I \times I$ |
# | $V$ | weights from the hidden units to the output | $K \times I$ |
#
# The vectors change from step to step. The three matrices do not: the network is the same at every time step.
#
# ### The loss
#
# Let $y \in \{0, 1\}$ be the label, and let $p$, with $0 < p < 1$, be the predicted probability that $y = 1$. Their
# binary cross-entropy is
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
# In exercises 1 and 2, $z$ is a single real number. With $K > 1$ outputs, the network answers $K$ separate yes-or-no
# questions: there are $K$ labels, and each output has its own loss.

# %% [markdown]
# ### The model object
#
# The functions below store the network's arrays in an object of this class. You need not change anything here.

# %%
class Model:
    """Holds a network: `init` stores W, R and V in it, and `forward` adds a and z.

    A new model is empty. You can set any attribute: after `model = Model()`, write `model.W = ...`.
    """


# %% [markdown]
# <!-- BEGIN QUESTION -->
#
# ## Exercise 1: A loss that does not overflow ([[ points.q1 ]] points)
#
# If you write out $L(z, y)$, you will come across the function $\log(1 + e^z)$. On paper it is harmless, but a
# computer has trouble with it, as the next cell shows. Both columns should be equal, since
# $1 - \sigma(z) = 1/(1 + e^z)$. The exact values are about $4.2 \cdot 10^{-18}$, $0.693$, $20.000000002$, $40$ and
# $1000$.

# %%
print("     z    log(1 + e^z)   -log(1 - sigma(z))")
for logit in (-40.0, 0.0, 20.0, 40.0, 1000.0):
    with np.errstate(all="ignore"):
        direct = np.log(1 + np.exp(logit))
        by_sigma = -np.log(1 - 1 / (1 + np.exp(-logit)))
    print(f"{logit:6.0f}   {direct:13.11g}   {by_sigma:18.11g}")

# %% [markdown]
# **Show how to compute it reliably.**
#
# a) Prove that for every real number $z$
#
# $$
# \log(1 + e^z) = \log\bigl(1 + e^{-\lvert z\rvert}\bigr) + \max(0, z).
# $$
#
# b) Explain why the right-hand side is numerically stable. Consider very large and very negative $z$. Compare it with
#    the left-hand side, and with computing $\sigma(z)$ first and its logarithm afterwards. What overflows? Where does
#    the logarithm of 0 occur? Where are digits lost?
#
# c) Use the identity to write $L(z, y)$ as one formula in $z$ and $y$ that is stable for all $z$ and holds for both
#    $y = 0$ and $y = 1$. Show how you derive it.
#
# *How to answer:* double-click the cell below and type. Write formulas in LaTeX: `$e^{-z}$` within a line, and longer
# ones between two lines with `$$`.

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
# To train the network, we need to know how the loss changes with the logit. Derive
#
# $$
# \frac{\partial L(z, y)}{\partial z}
# $$
#
# for $y \in \{0, 1\}$, and simplify the result until it contains only $\sigma$, $z$ and $y$. Show your steps.
#
# *Hint:* you may start from any form of $L$. Note that $\max(0, z)$ and $\lvert z\rvert$ have a kink at $z = 0$, but
# $L$ does not.

# %% [markdown] tags=["answer", "q2"]
# **Your answer to exercise 2:**
#
# *(Replace this line with your answer.)*

# %% [markdown]
# <!-- END QUESTION -->
#
# ## Exercise 3: Initial weights ([[ points.q3 ]] points)
#
# Write `init(model, D, I, K)`. It draws random weights for the network and stores them in the model:
#
# | attribute | shape |
# |:---|:---|
# | `model.W` | `(I, D)` |
# | `model.R` | `(I, I)` |
# | `model.V` | `(K, I)` |
#
# - All three are numpy arrays of floats (`float64`, or at least `float32`). They have exactly these shapes for any
#   sizes $D, I, K \ge 1$. Take the sizes from the arguments.
# - Every entry is drawn from the continuous uniform distribution on $[-[[ weight_range ]],\ [[ weight_range ]]]$,
#   independently of all other entries. No entry is ever outside this interval.
# - The three matrices are separate arrays, each with its own random numbers, even if their shapes are equal.
# - Every call draws new weights. So do not set a seed inside `init`. You may set one at the top of the notebook.
#
# It does not matter what `init` returns, and it may store other attributes. There are no biases.
#
# *The public tests* look at the shapes and types for some sizes, and whether any number is outside the range.
# *The hidden tests* look at other sizes, and whether the numbers are uniformly distributed, independent, and new in
# each call.
#
# *Why small and random?* If the weights are small, $s(t)$ is near 0, where $\tanh$ is steepest and far from saturation.
# If all weights were equal at the start, all hidden units would compute the same values and receive the same
# gradients. Training could never make them different.

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
# **Arguments**
#
# - `model` holds the weights `model.W`, `model.R` and `model.V`, with the shapes of exercise 3. There are no biases.
# - `x` is a `float64` array of shape `(T, D)`. The row `x[0]` is $x(1)$, the last row is $x(T)$. Any length from
#   $T = 1$ to $T = 2000$ must work.
# - `y` is the label of the sequence. For $K = 1$ it is the number 0 or 1, an int or a float. For $K > 1$ it is an array
#   of zeros and ones of shape `(K,)`.
#
# **Store in the model**
#
# - `model.a`, an array of shape `(T, I)`: the activations $a(1), \dots, a(T)$ in this order, one in each row. Do not
#   include $a(0)$.
# - `model.z`, an array of shape `(K,)`: the logit $z(T)$ of the last step, before the sigmoid. For $K = 1$ it may be a
#   plain number.
#
# **Return**
#
# - for $K = 1$, the loss as a number;
# - for $K > 1$, the losses of the $K$ outputs as an array, or their sum, or their mean, as you like.
#
# **Requirements**
#
# - *Stable.* The loss is finite and correct for every logit with $\lvert z\rvert \le 10^4$. Exercise 1 tells you how.
#   Clipping $\hat y$ to $[\varepsilon, 1 - \varepsilon]$ with a tiny $\varepsilon$ avoids the infinity but gives a
#   wrong loss, so it does not count. (`np.log1p(u)` computes $\log(1 + u)$ accurately even if $u$ is tiny.)
# - *Precise.* Double precision, numpy's default, is best. Single precision is enough; half precision is not.
# - *No side effects.* `forward` does not change the weights, `x` or `y`, not even the shape of `x`.
# - *No memory.* Every call starts with $a(0) = 0$, whatever was called before. Two calls with the same weights, `x` and
#   `y` give the same result.
# - *Any length.* Use a loop over time. A function that calls itself 2000 times would exceed Python's recursion limit.
#
# *The public tests* look at the loss in the example below, at the shapes of `model.a` and `model.z`, and at the loss at one extreme
# logit, 800. *The hidden tests* look at the activations, the logit and the loss for other sizes, at other extreme
# logits, several outputs, side effects and long sequences. Except in the example, a logit that is right for your own
# activations counts, and so does a loss that is right for your own logit. So one mistake does not cost all points.

# %%
[[ stub.forward ]]

# %%
grader.check("q4")

# %% [markdown]
# *Try it (optional).* You can check this example with a pocket calculator; the public tests use it, too. When you have
# written `init` and `forward`, remove the first `# ` of each line (select the lines and press Ctrl+/ or Cmd+/).

# %%
# toy = Model()
# init(toy, 4, 2, 1)
# toy.W = np.array([1, 0.5, 0, -0.5, 0, -1, 0.5, 1]).reshape(2, 4)
# toy.R = np.array([0.5, -1, 0, 0.5]).reshape(2, 2)
# toy.V = np.array([2.0, -1]).reshape(1, 2)
# toy_x = np.array([1, 0, 0, 1, 0, 1, 1, 0, 1, -1, 0, 0.5]).reshape(3, 4)
# print(forward(toy, toy_x, 1))  # about 0.806468, and 0.591371 for the label 0
# print(toy.a)  # rows of about (0.462117, 0.761594), (-0.030526, -0.118642) and (0.339368, 0.893834)
# print(toy.z)  # about -0.215098
# toy.V = 10000 * toy.V
# print(forward(toy, toy_x, 1))  # about 2150.98

# %% [markdown]
# ## Exercise 5: The network as a graph ([[ points.q5 ]] points)
#
# Unfolded over time, a recurrent network is a graph without cycles. Every quantity at every time step is a separate
# node, and an arrow from one node to another means that the first is used to compute the second. Here every step has
# a label $y(t)$, and therefore a loss $L(t) = L\bigl(z(t), y(t)\bigr)$.
#
# Write `graph()`, without parameters. It **returns** this graph for $t = [[ steps_list ]]$ as a directed `networkx`
# graph, such as an `nx.DiGraph`, and **draws** it with `matplotlib`.
#
# **Nodes** ([[ node_count ]]): $x(t)$, $a(t)$, $z(t)$ and $L(t)$ for $t = [[ steps_list ]]$. Choose one way to write
# their names:
#
# | node | for example |
# |:---|:---|
# | $x(1)$ | `x(1)`, `x1`, `x_1`, `x_{1}`, `$x_1$`, `x[1]`, `x(t=1)`, `('x', 1)` |
# | $a(1)$, $z(1)$ | the same |
# | $L(1)$ | the same, or `loss(1)`, `L(z(1), y(1))` |
#
# **Edges** ([[ edge_count ]]) and their labels:
#
# | edge | for | label |
# |:---|:---|:---|
# | from $x(t)$ to $a(t)$ | every $t$ | `W` |
# | from $a(t-1)$ to $a(t)$ | every $t$ but the first | `R` |
# | from $a(t)$ to $z(t)$ | every $t$ | `V` |
# | from $z(t)$ to $L(t)$ | every $t$ | any sensible label, such as `BCE` |
#
# Store the label as an attribute of the edge: `add_edge(..., label="W")`. `$W$` is as good as `W`.
#
# **The drawing** must be made by `graph()` itself and be readable without any explanation:
#
# - every node is shown with its name, on the node or beside it; a colour legend is not enough;
# - every edge is shown as an arrow with a head, and with its label;
# - all of it can be seen: names, labels, lines and arrowheads stand out from what is behind them, nothing covers them,
#   and letters have 4 points or more. Big nodes hide arrowheads unless `draw_networkx_edges` gets the same `node_size`;
# - no two nodes overlap, and no edge runs through the middle of another node;
# - time runs along one axis, in the same direction for each of the four kinds $x$, $a$, $z$ and $L$;
# - along the other axis, the four kinds are in the same order at every time step.
#
# You may add more nodes: the initial state $a(0)$, with an edge to $a(1)$; the labels $y(t)$, with edges to $L(t)$; the
# sums $s(t)$, between $x(t)$, $a(t-1)$ and $a(t)$; the predictions $\hat y(t)$, between $z(t)$ and $L(t)$ or beside
# $L(t)$; and the parameters $W$, $R$ and $V$. Edges at these nodes need no label. You may also add a title, a time
# arrow or colours. Do not add other time steps, or other edges between the [[ node_count ]] nodes above.
#
# *Tips.* Return only the graph, not a tuple. Compute the position of each node from its kind and its time step. An
# automatic layout knows nothing about time and may be different in every run. Leave the figure open: end with
# `plt.show()` if you like, but not with `plt.close()`. To look at your drawing, call `graph()` in a cell of its own.
# The check below looks at the drawing as grading does. What the edges are and what their labels say is tested later.

# %%
[[ stub.graph ]]

# %%
grader.check("q5")

# %% [markdown]
# ## Before you hand in
#
# - Your answers to exercises 1 and 2 are in their cells, and the formulas are displayed correctly.
# - Your three functions take every size from their arguments.
# - You have restarted the kernel and run all cells, and the result below is what you expect.
# - You have saved the notebook.

# %%
grader.check_all()

# %% [markdown]
# The next cell saves the notebook and packs it into a zip file that you may upload instead. If it warns that it could
# not save the notebook, save the notebook yourself (*File > Save Notebook*) and run the cell again.

# %%
grader.export(pdf=False, force_save=True, ignore_log=True)
