"""The confined process that reads pictures and sets pages: ``python -m autograder.written.setter ROOT USER FONTS...``.

It reads a frame with an order from its standard input, and writes a frame with the answer to its standard output. It
confines itself before it reads the first one.
"""

import os
import re
import site
import sys
import sysconfig
from typing import Any, BinaryIO

import msgspec
import pypdfium2
import typst

from . import seeing
from .limits import confine, limit
from .orders import Answer, Images, Order, Seeing, SetPages, Setting

HEAD = 4
_LINE = re.compile(r"\u2500 .*:(\d+):\d+$", re.MULTILINE)


def main(root: str, user: int | None, fonts: list[str]) -> None:
    """Answer orders until there are no more.

    Args:
        root: the folder where our side puts the pictures of pages. Nothing can be written there from here.
        user: the user to become before the first order is read; None to keep the current user.
        fonts: folders with fonts.
    """
    loaded = typst.Fonts(include_system_fonts=False, font_paths=fonts)
    limit(memory=True)
    decoder, into, out = msgspec.msgpack.Decoder(Order), sys.stdin.buffer, sys.stdout.buffer
    setter = _Setter(loaded, root)
    setter.warm()
    confine([*_libraries(), *fonts, root, "/dev/null", "/dev/urandom"], user)
    while (body := read_frame(into)) is not None:
        answer = setter.answer(decoder.decode(body))
        body = msgspec.msgpack.encode(answer)
        out.write(len(body).to_bytes(HEAD, "big") + body)
        out.flush()


def read_frame(stream: BinaryIO) -> bytes | None:
    """Read a frame; None at the end."""
    head = stream.read(HEAD)
    return stream.read(int.from_bytes(head, "big")) if len(head) == HEAD else None


def _libraries() -> list[str]:
    """Where Python's own modules and those of packages are: some are imported only when they are needed."""
    paths = sysconfig.get_paths()
    folders = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")} | {*site.getsitepackages()}
    folders |= {os.path.dirname(os.path.dirname(str(library.__file__))) for library in (typst, pypdfium2)}
    real = sorted(os.path.realpath(folder) for folder in folders)
    return [*real, "/lib", "/usr/lib", "/lib64", "/etc/ld.so.cache"]


class _Setter:
    def __init__(self, fonts: object, root: str) -> None:
        self._fonts, self._root = fonts, root

    def warm(self) -> None:
        """Do once everything that loads something."""
        self.answer(Setting('#set text(lang: "en")\nA $x$ `b` \U0001f600 \u4e2d \u0628'))
        seeing.warm()

    def answer(self, order: Order) -> Answer:
        """Do what is asked."""
        if isinstance(order, Seeing):
            try:
                return seeing.seen(order.content)
            except Exception as error:  # any error that Pillow and pdfium raise if it is not a picture
                return Images(problem=f"it cannot be read ({type(error).__name__})")
        try:
            return self._set(order)
        except typst.TypstError as error:
            line = _LINE.search(str(error.diagnostic or ""))
            return SetPages(problem=str(error.message)[:500], line=int(line[1]) if line else 0)
        except Exception as error:  # any other error that typst raises
            return SetPages(problem=f"{type(error).__name__}: {error}"[:500])

    def _set(self, order: Setting) -> SetPages:
        source = order.source.encode()
        options: dict[str, Any] = {"root": self._root, "font_paths": self._fonts, "ignore_system_fonts": True}
        return SetPages(pdf=typst.compile(source, format="pdf", pdf_tags=False, **options))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if sys.argv[2] else None, sys.argv[3:])
