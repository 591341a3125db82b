"""What is no submission is refused with words that say what it is and what to do; nothing is run, so this is fast."""

import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable

import pytest

from autograder.errors import SubmissionError
from autograder.grading.submission import Wanted, parse_submission
from tests.support.samples import FUNCTIONS, GOOD, notebook, zipped

LONG = notebook(*(f"x{number} = {number}" for number in range(20)))
PAGE = b"<!DOCTYPE html>\n<html><head><title>%s</title></head><body>%s</body></html>"
CONFLICT = "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> theirs\n"


def tar_gz() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("a.ipynb"))
    return stream.getvalue()


def tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.ipynb"))
    return stream.getvalue()


def exotic_zip() -> bytes:
    """A zip whose headers name a compression that is not known here."""
    content = bytearray(zipped({"a.ipynb": LONG}))
    content[8] = content[content.index(b"PK\x01\x02") + 10] = 9
    return bytes(content)


def docx() -> bytes:
    return zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})


REFUSED: dict[str, tuple[str, bytes | Callable[[], bytes], list[str]]] = {
    "login page": (
        "hw.ipynb", PAGE % (b"University", b"<input type='password'>"), ["a web page, the login page", "download"]),
    "login page of Moodle": ("hw.ipynb", PAGE % (b"Log in to the site | Moodle", b""), ["the login page of Moodle"]),
    "page of GitHub": (
        "hw.ipynb", PAGE % (b"rnn/hw.ipynb at main - ada/rnn - GitHub", b""),
        ["a web page from GitHub", "Download raw"]),
    "page of GitHub by its site": (
        "hw.ipynb", b'\n\n<!DOCTYPE html><html lang="en"><head><meta property="og:site_name" content="GitHub" />',
        ["a web page from GitHub"]),
    "page saved by a browser": ("hw.ipynb", b"From: <Saved by Blink>\nMIME-Version: 1.0", ["a saved web page"]),
    "RIFF": ("hw.ipynb", b"RIFF\x24\0\0\0WAVEfmt ", ["hw.ipynb is not a notebook: it is a picture, sound or video"]),
    "any page": ("hw.ipynb", b"<html><body>404", ["a web page.", "hand in the .ipynb"]),
    "page as script": ("hw.py", PAGE % (b"x", b""), ["hw.py is not a Python script", "a web page"]),
    "XHTML": ("hw.ipynb", b'<?xml version="1.0"?><!-- a --><!DOCTYPE html PUBLIC><html>', ["a web page"]),
    "export": ("hw.html", PAGE % (b"hw", b'<div class="jp-Cell">'), ["the HTML export of a notebook", "Jupyter saves"]),
    "export as notebook": ("hw.ipynb.html", PAGE % (b"hw", b'<div class="jp-Cell">'), ["HTML export of a notebook"]),
    "broken off": ("hw.ipynb", LONG[: len(LONG) // 2], ["the end is missing", "upload it again"]),
    "broken off in a string": ("hw.ipynb", LONG[: LONG.index(b"x7 =") + 2], ["the end is missing"]),
    "broken off under another name": ("hw.ipynb.json", LONG[:-40], ["hw.ipynb.json", "the end is missing"]),
    "broken off as script": ("hw.py", b'{\n "cells": [', ["hw.py is not a notebook", "the end is missing"]),
    "damaged inside": ("hw.ipynb", LONG.replace(b'"x7', b'x7"'), ["it is damaged", "Jupyter saves"]),
    "merge conflict": ("hw.ipynb", b"{\n" + CONFLICT.encode() + b"}", ["merge conflict", "Resolve"]),
    "merge conflict in a script": ("hw.py", (GOOD + "\n" + CONFLICT).encode(), ["merge conflict", "Resolve"]),
    "link to Colab": ("hw.ipynb", b'{"url": "https://drive.google.com/open?id=1"}', ["link to Google Drive"]),
    "7z": ("hw.zip", b"7z\xbc\xaf\x27\x1c" + b"x" * 99, ["cannot be unpacked: it is not a zip but a 7z archive"]),
    "rar": ("hw.zip", b"Rar!\x1a\x07\x01\x00", ["it is not a zip but a RAR archive"]),
    "tar.gz": ("hw.zip", tar_gz, ["it is not a zip but a gzip archive"]),
    "tar": ("hw.zip", tar, ["it is not a zip but a tar archive"]),
    "xz": ("hw.zip", lzma.compress(b"x"), ["it is not a zip but an xz archive"]),
    "bz2": ("hw.zip", b"BZh91AY&SY", ["it is not a zip but a bzip2 archive"]),
    "tar.gz by its name": ("hw.tar.gz", tar_gz, ["no notebook (.ipynb)", "a gzip archive", "make a zip"]),
    "exotic": ("hw.zip", exotic_zip, ["a compression method that few programs support", "Make a new zip"]),
    "cut": ("hw.zip", lambda: zipped({"a.ipynb": LONG})[:-40], ["its end is missing", "Upload it again"]),
    "page as zip": ("hw.zip", PAGE % (b"Anmelden", b""), ["it is not a zip but a web page, the login page"]),
    "empty zip file": ("hw.zip", b"", ["hw.zip cannot be unpacked: it is empty"]),
    "UTF-16 script": ("hw.py", GOOD.encode("utf-16"), ["UTF-16, which Python cannot run", "save it as UTF-8"]),
    "UTF-16 without mark": ("hw.py", (GOOD * 9).encode("utf-16-le"), ["UTF-16, which Python cannot run"]),
    "latin-1 without coding": ("hw.py", "x = 'ü'".encode("latin-1"), ["not UTF-8 text", "save it as UTF-8"]),
    "unknown coding": ("hw.py", b"# coding: klingon\n", ["cannot be read in the encoding that it names"]),
    "coding of no text": ("hw.py", b"# coding: zlib\n", ["cannot be read in the encoding that it names"]),
    "coding of nothing": ("hw.py", b"# coding: undefined\n", ["cannot be read in the encoding that it names"]),
    "slow coding": ("hw.py", b"# coding: punycode\n", ["cannot be read in the encoding that it names"]),
    "NUL bytes": ("hw.py", b"x = 1\n" * 99 + b"\0\0\n", ["NUL bytes, which Python cannot run"]),
    "empty": ("hw.ipynb", b"", ["hw.ipynb is empty", "save the notebook"]),
    "zeros": ("hw.ipynb", b"\0" * 4096, ["hw.ipynb is empty"]),
    "empty script": ("hw.py", b"", ["hw.py is empty", "save the script"]),
    "empty of another name": ("homework", b"", ["homework is empty"]),
    "PDF": ("hw.pdf", b"%PDF-1.7", ["no notebook (.ipynb)", "hw.pdf", "a PDF document", ".ipynb that Jupyter saves"]),
    "PDF as notebook": ("hw.ipynb", b"%PDF-1.7", ["hw.ipynb is not a notebook: it is a PDF document"]),
    "Word": ("hw.docx", docx, ["hw.docx", "a Word document"]),
    "Word as notebook": ("hw.ipynb", docx, ["hw.ipynb is not a notebook: it is a Word document"]),
    "Word as zip": ("hw.zip", docx, ["hw.zip", "a Word document"]),
    "old Word": ("hw.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ["a Microsoft Office document"]),
    "Pages": ("hw.pages", zipped({"Index/Document.iwa": b"", "preview.jpg": b""}), ["a Pages, Numbers or Keynote"]),
    "rich text": ("hw.py", rb"{\rtf1\ansi def init}", ["hw.py is not a Python script: it is an RTF document"]),
    "picture": ("hw.ipynb", b"\x89PNG\r\n\x1a\n", ["it is a picture (PNG)"]),
    "photo": ("IMG_1.HEIC", b"\0\0\0\x18ftypheic", ["a picture or video"]),
    "LFS": (
        "hw.ipynb", b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n",
        ["a Git LFS pointer", "git lfs pull"]),
    "shortcut": ("hw.ipynb.lnk", b"L\0\0\0\x01\x14\x02\0", ["a Windows shortcut", "points to"]),
    "shortcut as notebook": ("hw.ipynb", b"L\0\0\0\x01\x14\x02\0", ["is not a notebook: it is a Windows shortcut"]),
    "link": ("hw.url", b"[InternetShortcut]\r\nURL=https://x", ["a link to a web page", "points to"]),
    "only a checkpoint": (
        "hw.zip", zipped({".ipynb_checkpoints/hw-checkpoint.ipynb": LONG, "a.pdf": b"%PDF"}),
        ["only notebook (.ipynb) in hw.zip is .ipynb_checkpoints/hw-checkpoint.ipynb", "may be an old copy"]),
    "zip in a zip in a zip": (
        "hw.zip", zipped({"a.zip": zipped({"b.zip": zipped({"hw.ipynb": LONG})})}), ["no notebook", "only a.zip"]),
    "broken zip in a zip": ("hw.zip", zipped({"w/a.zip": b"Rar!\x1a\x07"}), ["w/a.zip cannot be unpacked", "RAR"]),
    "two that were not made from the handout": (
        "hw.zip", zipped({"a.ipynb": LONG, "b.ipynb": notebook(GOOD)}), ["more than one notebook", "exactly one"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_refused(kind: str) -> None:
    """The message says what it is; it never shows Python's way of writing things, nor speaks of what is not there."""
    name, content, words = REFUSED[kind]
    with pytest.raises(SubmissionError) as caught:
        parse_submission(name, content if isinstance(content, bytes) else content(), Wanted(FUNCTIONS, "rnn"))
    message = str(caught.value)
    assert [word for word in words if word not in message] == [], message
    assert [word for word in ("Error", "b'", "<class", "password", "Errno", "\\x") if word in message] == []
    assert message.endswith(".")


def test_password() -> None:
    """A zip with a password is refused as such."""
    content = bytearray(zipped({"a.ipynb": LONG}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(SubmissionError, match=r"hw\.zip cannot be unpacked: it has a password\. Make .* without"):
        parse_submission("hw.zip", bytes(content), Wanted(FUNCTIONS))


def test_a_zip_is_what_the_content_says() -> None:
    """A plain zip that is called otherwise is opened."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("hw.ipynb", notebook(GOOD))
    assert parse_submission("hw.ipynb", stream.getvalue(), Wanted(FUNCTIONS)).cells == [GOOD]
