"""The spellings of names and labels that the contract accepts, and some that it does not."""

import time
from collections.abc import Callable

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assignment.checks.names import Name, read_label, read_name, read_other
from assignment.checks.placing import without_words

#: As in the contract. N is the letter of a kind.
ANY_KIND = ["N(1)", "N1", "N_1", "N_{1}", "$N_1$", "$N(1)$", "N^{(1)}", "N[1]", "N(t=1)", r"\mathbf{N}_1"]
ANY_KIND += ["$N^{(1)}$", "N_(1)", "N 1", "N{1}", "N<1>", "N^1", "N ( 1 )", "N_{t=1}", "N, t = 1", "N⟨1⟩", "N@1", "N:1"]
ANY_KIND += [r"$\mathbf{N}_{1}$", r"$\boldsymbol{N}^{(1)}$", r"$N\left(1\right)$", r"N\,(1)", "N₁", "N⁽¹⁾", "\tN(1)\n"]
LOSS = ["L(z(1), y(1))", "loss(1)", "Loss 1", "$L(z(1), y(1))$", r"\mathcal{L}(1)", r"$\mathcal{L}_1$", "LOSS_1"]
LOSS += [r"$\mathcal{L}^{(1)}$", r"$\ell_1$", "ℒ(1)", "BCE(1)", r"$L_{1}(z_1, y_1)$", r"L(\hat{y}(1), y(1))"]
PREDICTION = [
    "ŷ(1)",
    r"\hat{y}_1",
    r"$\hat{y}(1)$",
    r"$\hat y_1$",
    r"\widehat{y}^{(1)}",
    "yhat(1)",
    "y_hat_1",
    "Ŷ1",
    "y\u0302_1",
]


#: y^(1) reads as a prediction, as if ^ were a hat; next to x^(1) and a^(1) it is the label.


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [(p, k) for p in ANY_KIND for k in ("x", "a", "z", "L", "s", "y")],
)
def test_a_spelling_of_the_contract_is_read_for_every_kind(pattern, kind):
    """Each spelling reads as kind and step, in the lecture's case and in the opposite case."""
    macro = pattern.rindex("N")
    for letter in (kind, kind.swapcase()):
        assert read_name(pattern[:macro] + letter + pattern[macro + 1 :]) == Name(kind, 1)


@pytest.mark.parametrize(
    ("spelling", "kind"), [*((text, "L") for text in LOSS), *((text, "yhat") for text in PREDICTION)]
)
def test_loss_and_prediction_have_spellings_of_their_own(spelling, kind):
    """The loss may be written with its arguments or as a word, and the prediction with any hat."""
    assert read_name(spelling) == Name(kind, 1)


@pytest.mark.parametrize(
    "node", [("x", 1), (1, "x"), ("x", "1"), ("X", "t=1"), ("$x$", 1), ("x(1)",), (r"\mathbf{x}", 1)]
)
def test_a_tuple_is_a_name(node):
    """A tuple of a letter and a number is a name, in either order."""
    assert read_name(node) == Name("x", 1)


@pytest.mark.parametrize("text", ["Node(kind='a', t=2)", "N(t=2, name='a')", "Unit(letter='A', step='2')"])
def test_a_dataclass_or_a_named_tuple_is_a_name(text):
    """With its fields' names, as Python writes it: a drawing of networkx shows it so."""
    assert read_name(text) == Name("a", 2)


def test_any_object_is_named_by_its_str():
    """A node that is an object of the student's own class is read from its ``str()``."""

    class Node:
        def __str__(self):
            return "a(2)"

    assert read_name(Node()) == Name("a", 2)


@pytest.mark.parametrize("letter", ["W", "R", "V"])
def test_a_parameter_is_a_name_without_a_step(letter):
    """W, R and V alone name the parameters, with or without TeX, and are printed without a step."""
    assert {read_name(text) for text in (letter, f"${letter}$", rf"\mathbf{{{letter}}}")} == {Name(letter, None)}
    assert str(Name(letter, None)) == letter


@pytest.mark.parametrize(
    "node",
    [
        "",
        " ",
        "1",
        "x",
        "L",
        "q(1)",
        "b1",
        "x(t)",
        "a(t-1)",
        "x(1) a(1)",
        "x1x",
        "x(1.5)",
        "W1",
        "node 1",
        "t=1",
        "h_1",
        "input 1",
        "x(-1)",
        "x(z(1))",
        "a(x(1), a(0))",
        "L(z(1), y(2))",
        "L(q(1))",
        "$$",
        "\\",
        "(1)",
        "x->a",
        None,
        7,
        (),
        ("x",),
        ("q", 1),
        ("x", 1, 2),
        ("x", "y"),
        ("x", -1),
        ("x", 1.5),
        (1, 2),
        ("W", 1),
        (("x", 1), 2),
    ],
)
def test_what_is_no_name_reads_as_none(node):
    """Other letters, a letter without a step, two names at once or two different steps are not names."""
    assert read_name(node) is None


WRAPPERS = ["{}", "${}$", " {} ", "${}$ ", "\u200b{}"]
LETTERS = ["{}", r"\mathbf{{{}}}", r"\mathrm{{{}}}", r"{{{}}}", r"\boldsymbol{{{}}}", r"\text{{{}}}", r"\mathit {}"]
JOINTS = ["", "_", "^", " ", "_ ", "^ "]
BRACKETS = ["{}", "({})", "[{}]", "{{{}}}", "<{}>", "{{({})}}", "{{[{}]}}", "({{{}}})", "( {} )"]
STEPS = ["{}", "t={}", "t = {}", "0{}"]
KINDS = {"x": "x", "a": "a", "z": "z", "s": "s", "y": "y", "l": "L", "loss": "L", "ŷ": "yhat", "yhat": "yhat"}


@given(*(st.sampled_from(part) for part in (WRAPPERS, LETTERS, JOINTS, BRACKETS, STEPS)), st.data())
@settings(max_examples=400, derandomize=True, deadline=None)  # the same draws in every run; time does not matter
def test_any_combination_of_spellings_reads_back(wrapper, letter, joint, bracket, step, data):
    """Every mix of TeX, brackets, scripts and case reads as the kind and step that it was made from."""
    kind, t = data.draw(st.sampled_from(sorted(KINDS))), data.draw(st.integers(0, 99))
    shown = data.draw(st.sampled_from([kind, kind.upper(), kind.title()]))
    text = wrapper.format(letter.format(shown) + joint + bracket.format(step.format(t)))
    assert read_name(text) == Name(KINDS[kind], t)


@pytest.mark.slow
@given(st.text(max_size=40))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_no_text_at_all_breaks_the_readers(text):
    """Whatever a student writes, the readers return a known kind or nothing, and never raise."""
    name = read_name(text)
    assert name is None or name.kind in {"x", "s", "a", "z", "y", "yhat", "L", "W", "R", "V"}
    assert read_label(text) <= {"W", "R", "V"}


@pytest.mark.parametrize("letter", ["W", "R", "V"])
@pytest.mark.parametrize(
    "pattern", ["{}", "${}$", "{} x", "{}x(1)", r"\mathbf{{{}}}", "·{}", "· {}", "*{}", r"\cdot {}"]
)
def test_a_label_says_its_parameter(pattern, letter):
    """W is recognised with or without TeX, with a multiplication sign or a factor after it, in either case."""
    assert read_label(pattern.format(letter)) == read_label(pattern.format(letter.lower())) == {letter}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        *(("", set()), ("sigma", set()), ("weights", set()), ("BCE", set()), ("y(1)", set()), ("V W", {"V", "W"})),
        *(("W x + R a", {"W", "R"}), ("Wxa", set()), ("recurrent", set()), ("$W$ (input)", {"W"}), ("WR", set())),
    ],
)
def test_a_label_is_read_letter_by_letter(text, named):
    """A letter inside a word is not a parameter, and a label may name two parameters."""
    assert read_label(text) == named


def test_a_name_is_printed_as_the_handout_writes_it():
    """Messages write a name with its step in round brackets."""
    assert str(Name("a", 2)) == "a(2)"


@pytest.mark.parametrize(
    ("node", "read"),
    [
        *(("h(1)", ("h", 1)), ("$h_{2}$", ("h", 2)), ("hidden 3", ("hidden", 3)), (("h", 1), ("h", 1))),
        *((("h", 1, 2), None), ((), None), ("h", None), ("1", None), (("h", "t"), None)),
    ],
)
def test_a_word_of_its_own_is_read_with_its_step(node, read):
    """A letter or word that the assignment does not use, and a step, as text or as a tuple of two."""
    assert read_other(node) == read


@pytest.mark.parametrize("read", [read_name, read_other, read_label])
@pytest.mark.parametrize("text", ["x" + "t " * 60 + "!", "x" + "t" * 9000, "x" + "t= " * 3000, "$" + r"\hat{" * 2000])
def test_no_name_takes_long_to_read(read: Callable[[str], object], text: str) -> None:
    """Names come from students, and we read them in our own process."""
    begun = time.process_time()
    read(text)
    assert time.process_time() - begun < 2  # less than a millisecond; without care, forever


def test_a_hat_before_many_spaces_is_read_at_once():
    """Whatever counts as a space: the time grows with the length only. By its third power, this would take years."""
    for space in (" ", "\u00a8", "\t"):
        assert read_label("hat" + space * 100_000 + "q") == set()
    assert read_name(r"$\hat { { y } }_1$") == Name("yhat", 1)


def test_nodes_of_a_graph_may_explain_their_names():
    """Words on the same line or another are left out, unless another node has the plain name."""
    graph = nx.DiGraph([("x(1)\ninput", "hidden a(1)"), ("hidden a(1)", "z(1): logit"), ("x(2)", "x(2)\ninput")])
    assert set(without_words(graph).edges) == {("x(1)", "a(1)"), ("a(1)", "z(1)"), ("x(2)", "x(2)\ninput")}
