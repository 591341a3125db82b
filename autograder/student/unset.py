"""Arrays whose values nobody has set, with the same values at every run.

``np.empty`` leaves whatever was in the memory before. A submission that reads such a value would get other marks at
every run. So here these values are far from anything that a computation gives, and finite: a product with 0 is 0.
"""

from functools import wraps
from typing import Any

import numpy as np

#: Each byte of a value that nobody has set; as a number of 64 bits, about -6e66.
_BYTE = b"\xcd"

#: The most bytes of an array to set. A larger one gets fresh memory from the kernel, which is 0 and costs nothing
#: until it is used.
_MOST = 32 * 2**20


def set_unset_values() -> None:
    """From now on, ``np.empty`` and ``np.empty_like`` give arrays with such values."""
    for name in ("empty", "empty_like"):
        setattr(np, name, _with_values(getattr(np, name)))


def _with_values(make: Any) -> Any:
    @wraps(make)
    def made(*args: Any, **kwargs: Any) -> Any:
        array = make(*args, **kwargs)
        if isinstance(array, np.ndarray) and array.dtype.char in _VALUES and array.nbytes <= _MOST:
            np.ndarray.fill(array, _VALUES[array.dtype.char])
        return array

    return made


def _value(code: str) -> Any:
    return np.frombuffer(_BYTE * np.dtype(code).itemsize, code)[0]


#: Such a value of each type of numbers.
_VALUES = {code: _value(code) for code in np.typecodes["AllInteger"] + np.typecodes["AllFloat"]}
