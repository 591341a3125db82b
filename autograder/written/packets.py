"""Packets: all answers to one question in one PDF, in the order of their codes, which is random."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import AutograderError, our_fault
from ..grading.files import write_file, write_json
from ..sandbox.text import amount
from .notebook import NotebookCell
from .preparing import Preparation
from .rubric import Rubric, as_markdown
from .sheets import PageHead, Section, make_pdf
from .store import MadePages, WrittenStore
from .typesetter import Typesetter

#: The list of empty answers.
EMPTY_FILE = "empty-answers.txt"


def write_packets(
    store: WrittenStore, output: Path, titles: Mapping[str, str], kept: Mapping[str, MadePages],
    codes: Mapping[str, str], names: Mapping[str, str],
) -> list[str]:  # fmt: skip
    """Write a packet for each question, and the list of those without an answer.

    Args:
        store: the PDFs.
        output: the folder of the class.
        titles: the heading of each question.
        kept: what is known about each submission, by label.
        codes: the code of each submission.
        names: the students' names, if graders may see them.

    Returns:
        Messages for the user, one line for each question.

    Raises:
        AutograderError: a file cannot be written.
    """
    told, lines = list[str](), list[str]()
    order = sorted(kept, key=lambda label: (len(codes[label]), codes[label]))
    try:
        for question, title in titles.items():
            answered = [label for label in order if question not in kept[label].empty]
            empty = [label for label in order if question in kept[label].empty]
            _join(store, question, answered)
            shown = [f"{codes[label]} {names.get(label, '')}".strip() for label in empty]
            lines += [f"{question}  {title}: {len(empty)} without an answer", *(f"    {one}" for one in shown), ""]
            told.append(f"{store.packet(question)}: {amount(len(answered), 'answer')}, {len(empty)} empty")
        store.packets.mkdir(parents=True, exist_ok=True)
        write_file(store.packets / EMPTY_FILE, "\n".join(lines).encode())
    except OSError as error:
        raise AutograderError(f"cannot write to {output}: {our_fault(error)}") from error
    return told


def _join(store: WrittenStore, question: str, answered: Sequence[str]) -> None:
    """Join PDFs that we have made."""
    import pypdfium2

    target = store.packet(question)
    if not answered:
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    packet = pypdfium2.PdfDocument.new()
    for label in answered:
        with pypdfium2.PdfDocument(store.part(label, question)) as part:
            packet.import_pages(part)
    stream = io.BytesIO()
    packet.save(stream)
    write_file(target, stream.getvalue())


def write_rubric(store: WrittenStore, rubric: Rubric) -> list[str]:
    """Write what graders need to agree: for each question, its items with their levels and a sample of each.

    Returns:
        Messages for the user.

    Raises:
        AutograderError: a file cannot be written.
    """
    typesetter, told = Typesetter(), list[str]()
    try:
        store.rubric.parent.mkdir(parents=True, exist_ok=True)
        write_json(store.rubric, rubric)
        for question in rubric.questions:
            preparation = Preparation(typesetter)
            pages = as_markdown(question)
            texts = [NotebookCell(number, "markdown", text) for number, (_, text) in enumerate(pages, 1)]
            titles = preparation.pieces([NotebookCell(0, "markdown", f"### {title}") for title, _ in pages])
            pieces = [
                piece for pair in zip(titles, preparation.pieces(texts), strict=True) for many in pair for piece in many
            ]
            about = PageHead(f"Rubric  \u2013  {question.name}", question.title)
            write_file(store.rubric_pages(question.name), make_pdf(typesetter, about, [Section("", pieces)]).pdf)
            size = f"{amount(len(question.items), 'item')}, {amount(question.points, 'point')}"
            told.append(f"{store.rubric_pages(question.name)}: {size}")
    except OSError as error:
        raise AutograderError(f"cannot write to {store.packets}: {our_fault(error)}") from error
    finally:
        typesetter.close()
    return told
