"""The warm parent: it loads everything that submissions import once, and every submission is forked from it.

Our side starts it fresh (exec) with a whitelisted environment: ``python -m autograder.student DESCRIPTOR PATH``.
It has never seen a test case, the reference solution, a setting or a token, and neither have its children. For each
of our grading processes it forks a keeper, which forks a worker for each submission.
"""

import gc
import importlib
import os
import selectors
import shutil
import signal
import socket
import sys
import warnings
from collections.abc import Callable
from typing import Any

from ..wire import schema
from ..wire.frames import Closed, decoder, receive_with
from .confinement import Confinement
from .forking import close_fonts, fork_patiently, register_again
from .keeper import be_keeper
from .semaphores import keep_out_of_shared_memory
from .shell import new_shell
from .unset import set_unset_values

_LIBRARIES = ("networkx", "matplotlib.pyplot")
#: Modules that functions of those libraries import when they are first called.
_LATER = ("networkx.drawing", "matplotlib.backends.backend_agg", "matplotlib.mathtext", "PIL.PngImagePlugin", "secrets")


def warm_up() -> Any:
    """Import what submissions import, draw one figure, and return a shell."""
    for name in (*_LIBRARIES, *_LATER):
        importlib.import_module(name)
    gc.freeze()  # so that the search for the figure's garbage skips the libraries
    import matplotlib.pyplot as plt
    import networkx as nx
    import numpy as np

    figure, axes = plt.subplots()
    network = nx.DiGraph([("p(1)", "q(1)"), ("q(1)", "r(1)")])
    places = {node: (index, 0) for index, node in enumerate(network)}
    nx.draw_networkx(network, places, ax=axes)
    nx.draw_networkx_edge_labels(network, places, {edge: "$M_1$" for edge in network.edges}, ax=axes)
    figure.canvas.draw()
    plt.close("all")
    close_fonts()
    np.random.default_rng(0).normal(size=(3, 3)) @ np.ones(3)
    keep_out_of_shared_memory()
    set_unset_values()
    shell = new_shell()
    shell.run_cell("%matplotlib inline\nfor _ in range(2): pass", store_history=False)
    return shell


def main() -> None:
    """Warm up, report it, and fork until our side is gone."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    confinement = Confinement(own_folder=sys.argv[2])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shell = warm_up()
    register_again()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody has to wait for keepers
    gc.collect()  # frees figures, and the font files that they hold open
    gc.freeze()  # else each fork's collector would write to, and so copy, the memory of all the parent's objects
    gc.enable()
    channel.sendall(b"!")
    with selectors.DefaultSelector() as selector:
        selector.register(channel, selectors.EVENT_READ)
        _WarmParent(selector, confinement, shell).serve()
    shutil.rmtree(os.environ["HOME"], ignore_errors=True)  # this folder was made for this process
    os._exit(0)


class _WarmParent:
    """Forks keepers once everything is loaded."""

    def __init__(self, selector: selectors.BaseSelector, confinement: Confinement, shell: Any) -> None:
        self.selector, self.confinement, self.shell = selector, confinement, shell

    def serve(self) -> None:
        """Serve our processes until none is left."""
        while self.selector.get_map():
            for key, _ in self.selector.select():
                self._serve(key.fileobj)  # type: ignore[arg-type]

    def _serve(self, channel: socket.socket) -> None:
        try:
            body, channels = receive_with(channel, 1)
        except Closed:
            self.selector.unregister(channel)
            channel.close()
            return
        order = _decode(body)
        if isinstance(order, schema.Attach):
            self.selector.register(channels[0], selectors.EVENT_READ)
            return
        if fork_patiently() == 0:
            for key in list(self.selector.get_map().values()):
                os.close(key.fd)
            be_keeper(channels[0], order.libraries, self.confinement, self.shell)
        channels[0].close()


_decode: Callable[[bytes], schema.ToParent] = decoder(schema.ToParent)  # type: ignore[arg-type]
