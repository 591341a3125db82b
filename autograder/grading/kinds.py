"""Recognises, by its first bytes, a file that is neither a notebook nor a script, to tell the student what it is."""

import re
import zipfile
from dataclasses import dataclass

from .directories import opened_zip

_NOTEBOOK = "Hand in the .ipynb that Jupyter saves."
_PACK = "Hand in the notebook itself, or make a zip."
_SHORTCUT = "It has no content of its own. Find the file that it points to, and hand in that one."


@dataclass(frozen=True)
class Kind:
    """What a file is, and what the student should do."""

    what: str
    """With an article, to follow "it is"."""
    todo: str = _NOTEBOOK


def _archive(name: str) -> Kind:
    return Kind(name, _PACK)


_STARTS = {
    b"%PDF": Kind("a PDF document"),
    b"7z\xbc\xaf\x27\x1c": _archive("a 7z archive"),
    b"Rar!\x1a\x07": _archive("a RAR archive"),
    b"\x1f\x8b": _archive("a gzip archive (such as .tar.gz)"),
    b"\xfd7zXZ\x00": _archive("an xz archive (such as .tar.xz)"),
    b"BZh": _archive("a bzip2 archive (such as .tar.bz2)"),
    b"\x28\xb5\x2f\xfd": _archive("a Zstandard archive"),
    b"MSCF": _archive("a CAB archive"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Kind("a Microsoft Office document (such as .doc)"),
    b"{\\rtf": Kind("an RTF document, as a word processor saves it"),
    b"\x89PNG\r\n": Kind("a picture (PNG)"),
    b"\xff\xd8\xff": Kind("a picture (JPEG)"),
    b"GIF8": Kind("a picture (GIF)"),
    b"II*\x00": Kind("a picture (TIFF)"),
    b"MM\x00*": Kind("a picture (TIFF)"),
    b"L\x00\x00\x00\x01\x14\x02\x00": Kind("a Windows shortcut", _SHORTCUT),
    b"[InternetShortcut]": Kind("a link to a web page", _SHORTCUT),
    b"[Desktop Entry]": Kind("a desktop shortcut", _SHORTCUT),
    b"book\x00\x00\x00\x00mark": Kind("a macOS alias", _SHORTCUT),
    b"version https://git-lfs.github.com/spec/": Kind(
        "a Git LFS pointer, not the file itself",
        "Run 'git lfs pull', or download the file itself, and hand in that one.",
    ),
    b"\x7fELF": Kind("a program"),
    b"bplist00": Kind("a macOS property list or web archive"),
    b"SQLite format 3": Kind("a database"),
    b"\x89HDF\r\n": Kind("a data file (HDF5)"),
    b"\x93NUMPY": Kind("a numpy data file"),
}

#: The directory of a document takes no more bytes.
_LARGEST_DIRECTORY = 2**19
#: These documents are zips. A folder or file inside each shows which kind it is.
_OFFICE = {
    "word/": Kind("a Word document"),
    "xl/": Kind("an Excel workbook"),
    "ppt/": Kind("a PowerPoint presentation"),
    "content.xml": Kind("an OpenDocument text or spreadsheet"),
    "Index/": Kind("a Pages, Numbers or Keynote document"),
    "Index.zip": Kind("a Pages, Numbers or Keynote document"),
}


def kind_of(content: bytes) -> Kind | None:
    """The kind of a file; None if it is unknown, or a notebook, a script or a plain zip."""
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    if content[257:262] == b"ustar":
        return _archive("a tar archive")
    if content[4:8] == b"ftyp":
        return Kind("a picture or video from a phone or camera")
    if content[:4] == b"RIFF":
        return Kind("a picture, sound or video (RIFF)")
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return _web(content)


def _office(content: bytes) -> Kind | None:
    try:
        with opened_zip(content, _LARGEST_DIRECTORY) as archive:
            names = archive.namelist()
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return None
    if not {"[Content_Types].xml", "mimetype", "Index/Document.iwa", "Index.zip"} & set(names):
        return None
    return next((kind for start, kind in _OFFICE.items() if any(name.startswith(start) for name in names)), None)


#: Words in the title, the address or the name of a site, and the site they belong to.
_SITES = (
    ("github", "GitHub"), ("gitlab", "GitLab"), ("colab", "Google Colab"), ("google drive", "Google Drive"),
    ("drive.google", "Google Drive"), ("kaggle", "Kaggle"), ("gradescope", "Gradescope"), ("moodle", "Moodle"),
    ("instructure", "Canvas"), ("canvas", "Canvas"), ("brightspace", "Brightspace"), ("blackboard", "Blackboard"),
    ("dropbox", "Dropbox"), ("onedrive", "OneDrive"), ("sharepoint", "SharePoint"), ("nbviewer", "nbviewer"),
    ("jupyterhub", "JupyterHub"), ("jupyter", "Jupyter"), ("ilias", "ILIAS"), ("deepnote", "Deepnote"),
)  # fmt: skip
_LOGIN = re.compile(
    r"type=[\"']?password|<title>[^<]{0,200}?(?:log ?-?in|sign ?-?in|log ?on|anmeld|einlogg|connexion|single sign"
    r"|shibboleth|authenticat)"
)
_EXPORT = re.compile(
    r"jp-(?:notebook|cell|inputarea)|id=[\"']notebook-container|class=[\"'][^\"']{0,200}\binput_area\b"
)


def _web(content: bytes) -> Kind | None:
    head = content[:200_000].decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "replace")
    head = head.lstrip("\ufeff \t\r\n").lower()
    if head.startswith(("from: <saved by", "mime-version:")):
        return Kind("a saved web page")
    if not head.startswith("<") or head.startswith("<<<<<<<"):
        return None
    if not re.match(r"<!doctype html|<html|<head|<body|<script|<(?:\?xml|!--)[^\0]{0,2000}?<(?:!doctype )?html", head):
        return Kind("a macOS property list, such as a link", _SHORTCUT) if "<plist" in head else None
    if _EXPORT.search(head):
        return Kind("the HTML export of a notebook, a web page")
    again = "Open it where you are logged in, download the notebook itself, and hand in the .ipynb."
    site = _site(head)
    if _LOGIN.search(head):
        return Kind(f"a web page, the login page{f' of {site}' if site else ''}", again)
    if site in {"GitHub", "GitLab"}:
        return Kind(f"a web page from {site}", "Use its button 'Download raw file', and hand in the .ipynb.")
    return Kind(f"a web page{f' from {site}' if site else ''}", again)


def _site(head: str) -> str:
    """The site that a page comes from, judging by its name, title or addresses; empty if unknown."""
    named = re.findall(r"og:site_name[\"']\s+content=[\"']([^\"']{0,200})|<title[^<>]{0,200}>([^<]{0,200})", head)
    texts = [" ".join(map("".join, named)), *re.findall(r"https?://([\w.-]{1,200})", head)[:3]]
    return next((name for text in texts for word, name in _SITES if word in text), "")
