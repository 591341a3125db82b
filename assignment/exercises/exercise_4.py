# %% [markdown]
# ## Exercise 4: The forward pass ([[ points.q4 ]] points)
#
# Write `forward(model, x, y)`. It runs the network over a whole sequence and **returns the loss at the last step**,
# $L(z(T), y)$.
#
# **Arguments**
#
# - `model` holds the weights `model.W`, `model.R` and `model.V`, with the shapes of exercise 3. There are no biases.
# - `x` is a `float64` array of shape `(T, D)`. The row `x[0]` is $x(1)$, and the last row is $x(T)$. Any length from
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
# *The public test cases* check the loss in the example that follows, the shapes of `model.a` and `model.z`, and the loss at
# one extreme logit, 800. *The hidden test cases* check the activations, the logit and the loss for other sizes, other
# extreme logits, several outputs, side effects and long sequences. Except in the example, each
# step is judged from your own previous one: if `model.a` is wrong but `model.z` follows from it, you still get the points
# for `model.z`, and the same holds for the loss.

# %%
[[ stub.forward ]]

# %%
grader.check("q4")

# %% [markdown]
# *Try it (optional).* You can check this example with a pocket calculator; the public test cases use it, too. When you
# have written `init` and `forward`, remove the first `# ` of each line (select the lines and press Ctrl+/ or Cmd+/).

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
# print(toy_x[0], toy_x[2])  # still 1, 0, 0, 1 and 1, -1, 0, 0.5
# toy.V = np.array([2.0, -1, 1, 1, 0, 3]).reshape(3, 2)
# print(forward(toy, toy_x, np.array([1, 0, 1])))  # about 0.806468, 1.488897 and 0.066219, or their sum or mean
# toy.V = np.array([20000.0, -10000]).reshape(1, 2)
# print(forward(toy, toy_x, 1))  # about 2150.98
