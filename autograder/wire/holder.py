"""The plain object that some functions take as their first argument to store their results on."""


class Holder:
    """A plain object that takes attributes. An assignment may give it another name: ``class Model(Holder)``."""
