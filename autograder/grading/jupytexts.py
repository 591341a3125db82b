"""Reads scripts with a header of jupytext's. We choose the format, as jupytext starts programs for some formats."""

import re

#: Formats of Python scripts that jupytext reads by itself. For others, such as marimo's, it starts a program.
_FORMATS = frozenset({"light", "percent", "hydrogen", "sphinx", "nomarker"})

_HEADER = re.compile(r"(?:#!.*\n)?(?:# -\*-.*\n)?# ---\n(?:#.*\n){0,99}?# +jupytext:(?:.*\n){1,99}?# ---\n")
#: An anchor or alias of YAML. jupytext copies what an alias stands for, which can be larger than any memory.
_ALIAS = re.compile(r"[&*]\w")

_TOLD = re.compile(r"^# +format_name: *[\"']?([\w-]*)", re.MULTILINE)
_PAIRED = re.compile(r"^# +formats: .*\bpy:(\w+)", re.MULTILINE)
_PERCENT = re.compile(r"^# ?%%(?:\s|$)", re.MULTILINE)
_MAGIC = re.compile(r"^[%!]", re.MULTILINE)

#: Nobody writes more than this, in characters and lines; options in a comment, and fences of Markdown. jupytext is
#: slow with it.
_LONGEST, _LONGEST_HEADER, _LONGEST_COMMENT, _MOST_LINES = 1_000_000, 10_000, 5_000, 5_000
_MOST_OPTIONS, _MOST_FENCES = 30, 500
_OPTION, _FENCE = re.compile(r"[^=]="), re.compile(r"```|~~~")


def cells_by_jupytext(text: str) -> list[str]:
    """The cells of a script with jupytext's header; empty if it has none, or one that is broken or unknown."""
    header = _HEADER.match(text)
    if not header or _ALIAS.search(header[0]) or _takes_long(text, header[0]):
        return []
    name = _format(text, header[0])
    if name not in _FORMATS:
        return []
    from jupytext.jupytext import TextNotebookConverter  # slow to import, and few submissions need it

    try:  # jupytext.reads would take the format from the header
        notebook = TextNotebookConverter({"extension": ".py", "format_name": name}, None).reads(text)
    except Exception:  # from YAML, nbformat and jupytext itself
        return []
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def _takes_long(text: str, header: str) -> bool:
    if len(text) > _LONGEST or len(header) > _LONGEST_HEADER or text.count("\n") > _MOST_LINES:
        return True
    comments = [line for line in text.split("\n") if line.lstrip().startswith("#")]
    return (
        any(len(line) > _LONGEST_COMMENT or len(_OPTION.findall(line)) > _MOST_OPTIONS for line in comments)
        or len(_FENCE.findall(text)) > _MOST_FENCES
    )


def _format(text: str, header: str) -> str:
    """The name of the format that a script is in: as its header says, or as it looks."""
    if told := _TOLD.search(header) or _PAIRED.search(header):
        return told[1]
    if not _PERCENT.search(text):
        return "light"
    return "hydrogen" if _MAGIC.search(text) else "percent"
