"""TeX as students write it, right and wrong: what Jupyter shows must come out, the rest as its source."""

#: Formulas that MathJax shows. Each must come out as a formula.
SHOWN = {
    name: text
    for name, text in enumerate(r"""
$e^{-z}$
$ z $ with spaces, $z$.
$$\log(1+e^z) = \log\bigl(1+e^{-|z|}\bigr)+\max(0,z)$$
\(a+b\) and \\(c+d\\)
\[ \sigma(z) = \frac{1}{1+e^{-z}} \]
\\[ \hat y = \sigma(z) \\]
\begin{align} L &= -y\log p \\ &\quad - (1-y)\log(1-p) \end{align}
\begin{align*} a &= b & c &= d \\ e &= f & g &= h \end{align*}
\begin{aligned} a &= b \\ &= c \end{aligned}
$$\begin{aligned} a &= b \\ &= c \end{aligned}$$
\begin{equation} x = y \end{equation}
\begin{equation*} x = y \end{equation*}
\begin{gather} a = b \\ c = d \end{gather}
\begin{multline} a + b + c \\ + d + e \end{multline}
\begin{eqnarray} a &=& b \\ c &=& d \end{eqnarray}
\begin{split} a &= b \\ &= c \end{split}
$$|z| = \begin{cases} z & \text{if } z > 0 \\ -z & \text{otherwise} \end{cases}$$
\begin{cases} a & b \\ c & d \end{cases}
$$\begin{matrix} 1 & 2 \\ 3 & 4 \end{matrix}$$
$$\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}\begin{bmatrix} 1 \\ 2 \end{bmatrix}$$
$$\begin{vmatrix} a & b \\ c & d \end{vmatrix} \begin{Bmatrix} a \end{Bmatrix} \begin{Vmatrix} b \end{Vmatrix}$$
$\begin{smallmatrix} a & b \\ c & d \end{smallmatrix}$
$$\begin{array}{c|c} a & b \\ \hline c & d \end{array}$$
$\text{if } x \text{ is large}$
$\text{for all $x > 0$ here}$
$\operatorname{sign}(z)$ and $\operatorname*{argmax}_z f(z)$
$z \in \mathbb{R}, n \in \mathbb N$
$\mathbf{W}\mathbf x + \mathrm{const} + \mathit{diff}$
$\mathcal{L}(\hat y, y) \quad \mathscr{L} \quad \mathfrak{g} \quad \mathsf{S} \quad \mathtt{t}$
$\boldsymbol{\theta} + \bm{\alpha}$
$\frac{\partial L}{\partial z} = \sigma(z) - y$
$\dfrac{a}{b} + \tfrac{c}{d} + \cfrac{1}{1+\cfrac{1}{2}}$
$\frac12 + \frac ab$
$a \over b$
${n \choose k} = \binom{n}{k}$
$\left( \frac{a}{b} \right) \left[ c \right] \left\{ d \right\} \left| e \right| \left\| f \right\|$
$\left. \frac{dy}{dx} \right|_{x=0}$
$\bigl( \Bigl( \biggl( \Biggl( x \Biggr) \biggr) \Bigr) \bigr)$
$\lvert z \rvert + \lVert w \rVert + \lfloor x \rfloor + \lceil y \rceil + \langle u, v \rangle$
$\underbrace{1+e^z}_{>0} \quad \overbrace{a+b}^{c}$
$\overline{ab} + \underline{c} + \widehat{abc} + \tilde{d} + \bar{x} + \vec{v} + \dot{x} + \ddot{x}$
$\stackrel{!}{=} \overset{(a)}{\leq} \underset{z \to 0}{\lim}$
$\lim_{z \to \infty} \sigma(z) = 1$
$\sum_{i=1}^{n} x_i \prod_{j} y_j \int_0^\infty e^{-x}\,dx \oint \iint$
$\sum\limits_{i=1}^n i + \int\nolimits_a^b$
$\displaystyle \sum_{i} \frac{1}{i}$
$\sqrt{x} + \sqrt[3]{y}$
$f'(x) + f''(x) + f^{\prime}$
$x_1, \ldots, x_n, \cdots, \vdots, \ddots, \dots$
$a \leq b \geq c \neq d \approx e \equiv f \sim g \propto h \ll i \gg j$
$A \implies B \iff C \Rightarrow D \Leftrightarrow E \to F \mapsto G \longrightarrow H$
$\forall x \exists y : x \in A \cup B \cap C \setminus D \subseteq E \subset F \notin G \emptyset \varnothing$
$\alpha\beta\gamma\delta\epsilon\varepsilon\zeta\eta\theta\vartheta\iota\kappa\lambda\mu\nu\xi\pi\rho\sigma\tau$
$\upsilon\phi\varphi\chi\psi\omega\Gamma\Delta\Theta\Lambda\Xi\Pi\Sigma\Phi\Psi\Omega$
$a \cdot b \times c \div d \pm e \mp f \ast g \star h \circ i \bullet j \oplus k \otimes l \odot m$
$\infty \nabla \partial \hbar \ell \Re \Im \aleph \angle \triangle \square \blacksquare \checkmark$
$a \, b \; c \: d \! e \quad f \qquad g ~ h \ i$
$\log \ln \exp \sin \cos \tan \tanh \min \max \sup \inf \det \dim \ker \arg \gcd \Pr$
$\mathrm{d}x \quad \mathrm{BCE}$
$x \tag{1}$
$$ E = mc^2 \tag{*} $$
\begin{align} a &= b \label{eq:1} \\ c &= d \nonumber \end{align}
$\color{red}{x} + \textcolor{blue}{y} + {\color{green} z}$
$\boxed{\sigma(z) - y}$
$\cancel{x} + \bcancel{y} + \xcancel{z}$
$\xrightarrow{n \to \infty} \xleftarrow{a}$
$\substack{a \\ b} \quad \sum_{\substack{i < n \\ j < m}} x_{ij}$
$a \mod b, a \bmod b, a \pmod b$
$\not= \not\in \neg p \land q \lor r \wedge s \vee t$
$\mathop{\mathrm{softmax}}_i$
$\phantom{x} y \hspace{1em} z \vspace{2mm}$
$\hat{y}^{(t)}_{i,j} + x^{2^{3}} + a_{b_{c}}$
$1{,}000 + 0.5\% \$ \& \# \_ \{ \}$
$\left\{ \begin{array}{ll} 1 & x > 0 \\ 0 & x \le 0 \end{array} \right.$
$$ a = b \\ c = d $$
$$\begin{gathered} a \\ b \end{gathered}$$
$\newcommand{\R}{\mathbb{R}} \R^n$
$\newcommand{\f}[2]{\frac{#1}{#2}} \f{a}{b}$
$\def\sig{\sigma} \sig(z)$
$\DeclareMathOperator{\softplus}{softplus} \softplus(z)$
$\renewcommand{\vec}[1]{\mathbf{#1}} \vec{x}$
$σ(z) − y ≤ 1, ∂L/∂z, ∈ ℝ, x² , √2$
$\mathbb{1}_{z > 0} + \mathbb{E}[X]$
$\because a \therefore b \quad \Box \quad \dagger$
$\left(\begin{smallmatrix} 1 \\ 2 \end{smallmatrix}\right)^{\!\top} A^\top A^T A^{\mathsf T}$
$x\rm{abc} {\bf W} {\it x} {\cal L}$
$p(y \mid x) \quad p(y | x) \quad \Vert x \Vert$
$\textbf{bold} \textit{it} \textrm{rm} \texttt{tt} \mbox{box}$
$\frac{d}{dz}\left[\log\left(1+e^{z}\right)\right]=\frac{e^{z}}{1+e^{z}}$
$\hphantom{a}\vphantom{b}c \smash{d}$
$e^{-\left|z\right|}$
$\require{cancel}\cancel{5}$
$a\lt b\gt c$
$\underline{\underline{L = 0}}$
$\left<a,b\right>\ \left\lfloor x\right\rfloor$
$\overrightarrow{AB} + \overleftrightarrow{CD}$
$x \in [0,1) \cup ]2,3[$
$\exp\{-z\}$
$\hat{\mathbf{y}} = \text{softmax}(\mathbf{W}\mathbf{h} + \mathbf{b})$
$\Big| \big\| \bigg/ \backslash$
$100^\circ \quad 45°$
$\frac{\mathrm d L}{\mathrm d z}\Bigg|_{z=0}$
$\sideset{}{'}\sum x$
$\middle| \left( a \middle| b \right)$
""".strip("\n").splitlines(), 1)
}  # fmt: skip

#: Formulas with a slip, which MathJax shows in red or not at all. Each must be there as it was typed.
WRONG = {
    name: text
    for name, text in enumerate(r"""
$\frac{1}{2$
$\left( x$
$x \right)$
$\begin{align} a \end{aligned}$
$\sigmoid(z)$
$\undefined$
$a^b^c$
$\frac{}$
$}{$
$\begin{tikzpicture}\draw (0,0);\end{tikzpicture}$
$\includegraphics{/etc/passwd}$
$\input{/etc/passwd}$
\begin{itemize} \item one \end{itemize}
$\sqrt[3$
$_$
$\text{unclosed$
$x & y \\\\ $ z
$\write18{ls}$
""".strip("\n").splitlines(), 1)
}  # fmt: skip
