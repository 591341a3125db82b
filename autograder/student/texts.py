"""How large texts are, which takes matplotlib longer to find out than all else in reading a drawing of a graph.

matplotlib remembers that for each figure anew. Here all figures share it, and where many submissions are graded, the
names and labels that are written most often are measured once, before the first.
"""

from typing import Any

#: Spellings of a name, and the sizes in points that networkx and matplotlib have for names and for labels.
_NAMES = ("${}_{}$", "${}_{{{}}}$", "${}({})$", "${}^{{({})}}$", "{}({})", "{}{}", "{}_{}")
_NAME_SIZE, _LABEL_SIZE = 12, 10

#: So many texts are remembered.
_MOST = 1000
_known: dict[Any, tuple[float, float, float]] = {}


def share_sizes() -> None:
    """Let all figures share what is known of the sizes of texts; they open a font only for what is new."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import RendererAgg

    measure = RendererAgg.get_text_width_height_descent
    settings = [name for name in mpl.rcParams if name.startswith(("font.", "mathtext.", "text."))]

    def measured(renderer: Any, text: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        style = vars(renderer).setdefault("_text_style", str([mpl.rcParams[name] for name in settings]))
        key = text, hash(prop), ismath, renderer.dpi, style
        if key not in _known:
            size: tuple[float, float, float] = measure(renderer, text, prop, ismath)
            if len(_known) >= _MOST:
                return size
            _known[key] = size
        return _known[key]

    RendererAgg.get_text_width_height_descent = measured  # type: ignore[method-assign]


def measure_usual_texts() -> None:
    """Measure the usual names and labels."""
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    names = [spelling.format(kind, step) for spelling in _NAMES for kind in "xazL" for step in (1, 2, 3)]
    labels = [form.format(letter) for form in ("{}", "${}$") for letter in "WRV"]
    for size, texts in ((_NAME_SIZE, names), (_LABEL_SIZE, labels)):
        for text in texts:
            axes.text(0, 0, text, size=size).get_window_extent(renderer)
    plt.close(figure)
