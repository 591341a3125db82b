# %% [markdown]
# <!-- BEGIN QUESTION -->
#
# ## Exercise 1: A loss that does not overflow ([[ points.q1 ]] points)
#
# If you write out $L(z, y)$, you will come across the function $\log(1 + e^z)$. On paper it is harmless, but a
# computer has trouble with it, as the next cell shows. The last two columns should be equal, since
# $1 - \sigma(z) = 1/(1 + e^z)$. The true values are about $4.2 \cdot 10^{-18}$, $0.693$, $20.000000002$, $40$ and
# $1000$.

# %%
print("     z    log(1 + e^z)   -log(1 - sigma(z))")
for logit in (-40.0, 0.0, 20.0, 40.0, 1000.0):
    with np.errstate(all="ignore"):
        direct = np.log(1 + np.exp(logit))
        by_sigma = -np.log(1 - 1 / (1 + np.exp(-logit)))
    print(f"{logit:6.0f}   {direct:13.11g}   {by_sigma:18.11g}")

# %% [markdown]
# **Show how to compute $\log(1 + e^z)$ reliably.**
#
# a) Prove that for every real number $z$
#
# $$
# \log(1 + e^z) = \log\bigl(1 + e^{-\lvert z\rvert}\bigr) + \max(0, z).
# $$
#
# b) Explain why the right-hand side is numerically stable. Consider very large and very negative $z$. Compare it with
#    the left-hand side, and with first computing $\sigma(z)$ and then taking its logarithm. What overflows? Where does
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
# *Check your derivative (optional, not graded).* Type your result between the quotation marks in the last line of the
# next cell, as a Python expression in `z` and `y`. You may use `sigma(z)`, and functions of numpy such as `exp` and
# `log`. Run the cell. It compares your formula with the slope of $L(z, y)$, measured between two points that are close
# together, and shows where they differ. It cannot check your proof.

# %%
def check_derivative(formula):
    """Plot a formula in z and y beside the measured slope of the loss, for both labels."""
    if not formula:
        return
    z, step = np.linspace(-8, 8, 161), 1e-5
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
    for y, ax in zip((0, 1), axes):
        sigma = lambda u: 1 / (1 + np.exp(-u))
        loss = lambda u: -(y * np.log(sigma(u)) + (1 - y) * np.log(1 - sigma(u)))
        slope = (loss(z + step) - loss(z - step)) / (2 * step)
        try:
            with np.errstate(all="ignore"):
                yours = eval(formula, {**vars(np), "np": np, "sigma": sigma, "z": z, "y": y}) + 0 * z
        except Exception as error:
            plt.close(figure)
            return print(f"This formula cannot be computed: {error}. (Write a power as **, and a product as *.)")
        gap = np.nan_to_num(abs(yours - slope), nan=np.inf)
        differs = gap > 1e-4
        ax.plot(z, slope, linewidth=6, alpha=0.35, label="measured slope")
        ax.plot(z, yours, label="your formula")
        ax.plot(z[differs], yours[differs], "r.", label="different")
        ax.set(title=f"y = {y}", xlabel="z")
        ax.legend()
        if differs.any():
            print(f"y = {y}: differs at {differs.sum()} of {z.size} points, most at z = {z[gap.argmax()]:g}.")
        else:
            print(f"y = {y}: agrees at all {z.size} points.")
    plt.show()


check_derivative("")
