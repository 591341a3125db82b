"""The plain object that some functions take as their first argument, and store their results on."""


class Holder:
    """A plain object that takes attributes. An assignment may give it another name: ``class Model(Holder)``."""
