"""The interpreter that runs the tests, packed in the form in which uv fetches one: a stand-in for a download."""

import hashlib
import json
import platform
import sys
import sysconfig
import tarfile
from pathlib import Path
from typing import BinaryIO

#: What uv's list of downloads is called where it comes from a file.
LIST = "downloads.json"

_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
_LEFT_OUT = {"site-packages", "dist-packages", "test", "__pycache__", "ensurepip", f"config-{_VERSION}"}


def pack(folder: Path, seen_as: str) -> str:
    """Write the interpreter and uv's list of downloads, which has nothing else.

    Args:
        folder: where to.
        seen_as: path of the folder where uv runs.

    Returns:
        The version of the interpreter, as ``uv python install`` wants it.
    """
    archive = folder / "python.tar.gz"
    program = Path(sys.base_prefix, "bin", f"python{_VERSION}").resolve()
    with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
        tar.addfile(*_program(folder, program, f"python/bin/python{_VERSION}"))
        shared = Path(str(sysconfig.get_config_var("LIBDIR")), str(sysconfig.get_config_var("INSTSONAME")))
        if sysconfig.get_config_var("Py_ENABLE_SHARED") and shared.is_file():
            tar.add(shared, f"python/lib/{shared.name}")
        library = Path(sysconfig.get_path("stdlib"))
        tar.add(library, f"python/lib/{library.name}", filter=lambda m: None if Path(m.name).name in _LEFT_OUT else m)
    version, (major, minor, patch) = platform.python_version(), sys.version_info[:3]
    machine = platform.machine()
    entry = {
        "name": "cpython", "arch": {"family": machine, "variant": None}, "os": "linux", "libc": "gnu",
        "major": major, "minor": minor, "patch": patch, "prerelease": "", "variant": None, "build": "20260101",
        "url": f"file://{seen_as}/{archive.name}", "sha256": hashlib.sha256(archive.read_bytes()).hexdigest(),
    }  # fmt: skip
    (folder / LIST).write_text(json.dumps({f"cpython-{version}-linux-{machine}-gnu": entry}), encoding="utf-8")
    return version


def _program(folder: Path, program: Path, name: str) -> tuple[tarfile.TarInfo, BinaryIO]:
    """The program, which finds its library beside itself wherever it is unpacked."""
    content = program.read_bytes()
    beside, path = b"$ORIGIN/../lib", f"{sys.base_prefix}/lib".encode()
    if len(path) >= len(beside):
        content = content.replace(path + b"\0", beside.ljust(len(path), b"\0") + b"\0")
    changed = folder / program.name
    changed.write_bytes(content)
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o755
    return member, changed.open("rb")
