"""What a file is that is neither a notebook nor a script, told by its first bytes, in words for its student."""

import io
import re
import zipfile
from dataclasses import dataclass

_NOTEBOOK = "Hand in the .ipynb that Jupyter saves."
_PACK = "Hand in the notebook itself, or make a zip."
_SHORTCUT = "It holds no content of its own. Find the file that it leads to, and hand in that one."


@dataclass(frozen=True)
class Kind:
    """What a file is, and what to do."""

    what: str
    """With its article, to follow "it is"."""
    todo: str = _NOTEBOOK


def _archive(name: str) -> Kind:
    return Kind(name, _PACK)


_STARTS = {
    b"%PDF": Kind("a PDF document"),
    b"7z\xbc\xaf\x27\x1c": _archive("a 7z archive"),
    b"Rar!\x1a\x07": _archive("a RAR archive"),
    b"\x1f\x8b": _archive("a gzip archive (as in .tar.gz)"),
    b"\xfd7zXZ\x00": _archive("an xz archive (as in .tar.xz)"),
    b"BZh": _archive("a bzip2 archive (as in .tar.bz2)"),
    b"\x28\xb5\x2f\xfd": _archive("a Zstandard archive"),
    b"MSCF": _archive("a CAB archive"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Kind("a document of Microsoft Office (as in .doc)"),
    b"{\\rtf": Kind("an RTF document, as a word processor saves it"),
    b"\x89PNG\r\n": Kind("a picture (PNG)"),
    b"\xff\xd8\xff": Kind("a picture (JPEG)"),
    b"GIF8": Kind("a picture (GIF)"),
    b"II*\x00": Kind("a picture (TIFF)"),
    b"MM\x00*": Kind("a picture (TIFF)"),
    b"L\x00\x00\x00\x01\x14\x02\x00": Kind("a shortcut of Windows", _SHORTCUT),
    b"[InternetShortcut]": Kind("a link to a web page", _SHORTCUT),
    b"[Desktop Entry]": Kind("a shortcut of the desktop", _SHORTCUT),
    b"book\x00\x00\x00\x00mark": Kind("an alias of macOS", _SHORTCUT),
    b"version https://git-lfs.github.com/spec/": Kind(
        "a pointer of Git LFS, which stands for the file in a repository",
        "Run 'git lfs pull', or download the file itself, and hand in that one.",
    ),
    b"\x7fELF": Kind("a program"),
    b"bplist00": Kind("a property list or web archive of macOS"),
    b"SQLite format 3": Kind("a database"),
    b"\x89HDF\r\n": Kind("a data file (HDF5)"),
    b"\x93NUMPY": Kind("a data file of numpy"),
}

#: A folder or file inside a zip that shows what it is, since these documents are zips.
_OFFICE = {
    "word/": Kind("a Word document"),
    "xl/": Kind("an Excel workbook"),
    "ppt/": Kind("a PowerPoint presentation"),
    "content.xml": Kind("an OpenDocument text or sheet"),
    "Index/": Kind("a document of Pages, Numbers or Keynote"),
    "Index.zip": Kind("a document of Pages, Numbers or Keynote"),
}


def kind_of(content: bytes) -> Kind | None:
    """What a file is, if that can be told and it is neither a notebook, a script nor a plain zip."""
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    if content[257:262] == b"ustar":
        return _archive("a tar archive")
    if content[4:8] == b"ftyp":
        return Kind("a picture or film of a phone or camera")
    if content[:4] == b"RIFF":
        return Kind("a picture, sound or film (RIFF)")
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return _web(content)


def _office(content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return None
    if not {"[Content_Types].xml", "mimetype", "Index/Document.iwa", "Index.zip"} & set(names):
        return None
    return next((kind for start, kind in _OFFICE.items() if any(name.startswith(start) for name in names)), None)


#: Words in the title, the address or the site's name, and whose page it is.
_SITES = (
    ("github", "GitHub"), ("gitlab", "GitLab"), ("colab", "Google Colab"), ("google drive", "Google Drive"),
    ("drive.google", "Google Drive"), ("kaggle", "Kaggle"), ("gradescope", "Gradescope"), ("moodle", "Moodle"),
    ("instructure", "Canvas"), ("canvas", "Canvas"), ("brightspace", "Brightspace"), ("blackboard", "Blackboard"),
    ("dropbox", "Dropbox"), ("onedrive", "OneDrive"), ("sharepoint", "SharePoint"), ("nbviewer", "nbviewer"),
    ("jupyterhub", "JupyterHub"), ("jupyter", "Jupyter"), ("ilias", "ILIAS"), ("deepnote", "Deepnote"),
)  # fmt: skip
_LOGIN = re.compile(
    r"type=[\"']?password|<title>[^<]*(?:log ?-?in|sign ?-?in|log ?on|anmeld|einlogg|connexion|single sign|shibboleth"
    r"|authenticat)"
)
_EXPORT = re.compile(r"jp-(?:notebook|cell|inputarea)|id=[\"']notebook-container|class=[\"'][^\"']*\binput_area\b")


def _web(content: bytes) -> Kind | None:
    head = content[:200_000].decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "replace")
    head = head.lstrip("\ufeff \t\r\n").lower()
    if head.startswith(("from: <saved by", "mime-version:")):
        return Kind("a saved web page")
    if not head.startswith("<") or head.startswith("<<<<<<<"):
        return None
    if not re.match(r"<!doctype html|<html|<head|<body|<script|<(?:\?xml|!--)[^\0]{0,2000}?<(?:!doctype )?html", head):
        return Kind("a property list of macOS, such as a link", _SHORTCUT) if "<plist" in head else None
    if _EXPORT.search(head):
        return Kind("the HTML export of a notebook, a web page")
    again = "Open it where you are logged in, download the notebook itself, and hand in the .ipynb."
    site = _site(head)
    if _LOGIN.search(head):
        return Kind(f"a web page, the login page{f' of {site}' if site else ''}", again)
    if site in {"GitHub", "GitLab"}:
        return Kind(f"a web page of {site}", "Use its button 'Download raw file', and hand in the .ipynb.")
    return Kind(f"a web page{f' of {site}' if site else ''}", again)


def _site(head: str) -> str:
    """Whose page it is, as far as its name, title or addresses tell."""
    named = re.findall(r"og:site_name[\"']\s+content=[\"']([^\"']{0,200})|<title[^>]*>([^<]{0,200})", head)
    texts = [" ".join(map("".join, named)), *re.findall(r"https?://([\w.-]{1,200})", head)[:3]]
    return next((name for text in texts for word, name in _SITES if word in text), "")
