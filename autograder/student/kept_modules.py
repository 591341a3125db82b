"""Libraries stay the same objects, even if a submission removes and imports them again.

Some notebooks remove a library from ``sys.modules`` and import it again. They would get different classes from those
that we look for, and would wait for the import. So they get the module that was loaded first.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_PACKAGES = {"numpy", "scipy", "pandas", "matplotlib", "mpl_toolkits", "networkx", "PIL", "IPython"}


class KeptModules(MetaPathFinder, Loader):
    """Finds the modules that were already loaded when it was created."""

    def __init__(self) -> None:
        self._kept = {name: module for name, module in sys.modules.items() if name.partition(".")[0] in _PACKAGES}

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return the spec of a kept module, or None for any other module."""
        kept = self._kept.get(name)
        if kept is None:
            return None
        return ModuleSpec(name, self, origin=getattr(kept, "__file__", None), is_package=hasattr(kept, "__path__"))

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module that was loaded first."""
        return self._kept[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: the module ran when it was first loaded."""


def keep_modules() -> None:
    """Keep the modules that are loaded now, in this process and those forked from it."""
    sys.meta_path.insert(0, KeptModules())
