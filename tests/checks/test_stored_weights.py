"""Exercise 3: reading what init stores, whatever its shape, and naming what is wrong with it."""

import tracemalloc

import numpy as np
import pytest

from assignment.checks.weights import check_range_elsewhere, check_shape, check_shapes, numbers_each, numbers_in
from autograder.checking import OWN_TYPE, Foreign, Mistake


def by_matrix(model, D, I, K):
    rng = np.random.default_rng(6)
    model.W, model.R, model.V = (np.matrix(0.01 * (2 * rng.random(s) - 1)) for s in ((I, D), (I, I), (K, I)))
    return model


@pytest.mark.parametrize("sizes", [(1, 1, 1), (1, 5, 2), (6, 6, 6), (3, 1, 4)])
def test_small_sizes_have_their_shapes(sizes):
    """W is (I, D), R is (I, I) and V is (K, I), from one entry up."""
    D, I, K = sizes
    check_shapes(by_matrix, [sizes])
    [weights] = numbers_each(by_matrix, [sizes])
    assert {name: array.shape for name, array in weights.items()} == {"W": (I, D), "R": (I, I), "V": (K, I)}


def test_the_message_is_about_what_its_hint_is_about():
    """A matrix that is missing is told first, since the hint says where it should be."""

    def only_w(model, D, I, K):
        model.W = np.zeros((D, I))

    with pytest.raises(Mistake, match=r"^init does not store model\.R\. Write model\.R = \.\.\. inside init"):
        check_shapes(only_w, [(3, 5, 2), (4, 2, 6)])


class Holder:
    """A model."""


def one_matrix(value):
    check_shape({"W": value}, "W", {"D": 3, "I": 5, "K": 2})


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (np.zeros((3, 5)), "expected"),
        (np.zeros(15), "expected"),
        (np.zeros((5, 3, 1)), "expected"),
        (np.zeros((5, 5)), r"shape \(I, I\), expected \(I, D\)"),
        (np.zeros(()), "expected"),
        ([[0.0] * 3] * 5, "is of type list"),
        (None, "is of type NoneType"),
        (Foreign("deque"), "is of type deque"),
        (Foreign(OWN_TYPE), "is of another type"),
        (0.01, "is of type float"),
        (np.zeros((5, 3), int), "holds int64"),
        (np.zeros((5, 3), complex), "holds complex128"),
        (np.zeros((5, 3), object), "holds object"),
        (np.zeros((5, 3), bool), "holds bool"),
        (np.zeros((5, 3), np.float16), "holds float16"),
    ],
)
def test_what_is_no_float_matrix_is_refused(value, message):
    """Another shape, another type and entries that are not numbers get different messages."""
    with pytest.raises(Mistake, match=message):
        one_matrix(value)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.longdouble])
def test_floats_of_32_bits_or_more_are_accepted(dtype):
    """Any width from 32 bits on, with its numbers as they were stored."""
    value = np.arange(15, dtype=dtype).reshape(5, 3)
    one_matrix(value)
    assert numbers_in(value) is value


def test_a_missing_matrix_is_named():
    """If `init` does not store a matrix, the message names it. Returning the matrix is not enough."""
    with pytest.raises(Mistake, match=r"init does not store model\.W"):
        check_shapes(lambda model, D, I, K: np.zeros((I, D)), [(3, 5, 2)])
    with pytest.raises(Mistake, match=r"init stores model\.w, expected model\.W"):
        check_shapes(lambda model, D, I, K: setattr(model, "w", np.zeros((I, D))), [(3, 5, 2)])


def storing(**values):
    """An ``init`` that stores these values, and raises an error after that."""

    def init(model, D, I, K):
        vars(model).update(values)
        raise ZeroDivisionError

    return init


def test_numbers_are_read_whatever_their_shape_and_type():
    """Flat arrays, lists, half precision and complex numbers without imaginary parts cost the shapes only."""
    values = {"W": np.zeros(15, np.float16), "R": [[0.5, 1], [1, 2]], "V": np.ones((1, 2, 3), complex)}
    [found] = numbers_each(storing(**values), [(3, 5, 2)])
    assert {name: array.shape for name, array in found.items()} == {"W": (15,), "R": (2, 2), "V": (1, 2, 3)}
    assert {array.dtype.kind for array in found.values()} == {"f"}
    for odd in (None, "1.0", np.ones(3) * 1j, [], [[1], [2, 3]], np.array([None]), {"W": 1}, Holder()):
        assert numbers_in(odd) is None


def test_texts_are_no_numbers_and_cost_no_memory():
    """Numpy would make room for the longest text at every entry."""
    tracemalloc.start()
    try:
        assert numbers_in(["x" * 10_000, *["a"] * 2_000]) is None
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_one_matrix_may_be_missing_but_not_two():
    """The other two are judged. With one alone nothing is; if the call raised an error, that is the reason."""
    two = {"W": np.zeros(3), "V": np.ones(2)}
    [found] = numbers_each(storing(**two, w=1), [(3, 5, 2)])
    assert list(found) == ["W", "V"]
    with pytest.raises(Mistake, match="init raised ZeroDivisionError"):
        list(numbers_each(storing(W=np.zeros(3)), [(3, 5, 2)]))
    with pytest.raises(Mistake, match=r"no numbers in model\.R and model\.V"):
        list(numbers_each(lambda model, D, I, K: setattr(model, "W", np.zeros(3)), [(3, 5, 2)]))


def test_a_message_tells_no_sizes():
    """The sizes of a hidden case are written as letters."""
    with pytest.raises(Mistake) as error:
        check_shapes(lambda model, D, I, K: by_matrix(model, 77, I, K), [(13, 17, 19)])
    assert "(I, another size), expected (I, D)" in str(error.value)
    assert not {"13", "17", "19", "77"} & set(str(error.value).replace(",", " ").split())


def test_a_public_message_tells_the_call():
    """There a student can repeat it."""
    with pytest.raises(Mistake) as error:
        check_shapes(lambda model, D, I, K: by_matrix(model, I, D, K), [(7, 5, 2)], reveal=True)
    assert str(error.value).startswith(
        "After init(model, 7, 5, 2), model.W has shape (7, 5), that is (D, I), expected (5, 7), that is (I, D)."
    )


@pytest.mark.parametrize("outside_for", [None, 4, 60])
def test_entries_out_of_range_cost_one_case(outside_for):
    """What is outside the range at other sizes only is refused there. Otherwise it costs the public case alone."""

    def init(model, D, I, K):
        by_matrix(model, D, I, K)
        if outside_for == D:
            model.R[-1, 0] = 0.02

    weights = {"W": np.full((3, 3), 0.001), "R": np.full((3, 3), 0.02)}
    if outside_for is None:
        with pytest.raises(Mistake, match=r"model\.R has entries outside"):
            check_range_elsewhere(init, weights, 0.01)
    else:
        check_range_elsewhere(init, weights, 0.01)
