"""Read pictures and scanned pages that students handed in, and encode them again, in a size that fits a page."""

import io

import pypdfium2
from PIL import Image, ImageOps

from .orders import Images, PageImage

#: The formats that are read. Anything else is shown as a box with the name of the file.
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")

#: A picture with more pixels is not opened; one with more on a side is made smaller.
_PIXELS, _SIDE = 60_000_000, 1700
#: The most pages of one PDF that are shown.
_PAGES = 20
#: The room on a page, in millimetres, and how many pixels of a picture make a millimetre, at least.
_WIDTH, _HEIGHT, _PER_MILLIMETRE = 165.0, 225.0, 96 / 25.4


def warm() -> None:
    """Import what the libraries would otherwise import at first use."""
    Image.preinit()
    stream = io.BytesIO()
    Image.new("RGB", (2, 2)).save(stream, "PDF")
    seen(stream.getvalue())


def seen(content: bytes) -> Images:
    """Read a picture, or the pages of a PDF.

    Raises:
        Exception: any error that the libraries raise because it is neither.
    """
    if b"%PDF-" in content[:1024]:
        return _pages(content)
    with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
        if image.width * image.height > _PIXELS:
            return Images(problem=f"it is too large: {image.width} by {image.height} pixels")
        known = image.format
        image.draft("RGB", (_SIDE, _SIDE))
        image.load()
        upright = ImageOps.exif_transpose(image)
    return Images([_written(upright, "PNG" if known in {"PNG", "GIF"} else "JPEG", full=False)])


def _pages(content: bytes) -> Images:
    document, found = pypdfium2.PdfDocument(content), list[PageImage]()
    if document.get_formtype():
        document.init_forms()
    count = len(document)
    for number in range(min(count, _PAGES)):
        page = document[number]
        width, height = (max(side, 1.0) for side in page.get_size())
        scale = min(_SIDE / max(width, height), 150 / 72)
        found.append(_written(page.render(scale=scale).to_pil(), "JPEG", full=True))
        page.close()
    return Images(found, f"only {_PAGES} of its {count} pages are shown" if count > _PAGES else "")


def _written(image: Image.Image, form: str, full: bool) -> PageImage:
    """Encode a picture again, on a white background."""
    width, height = image.size
    if max(image.size) > _SIDE:
        image.thumbnail((_SIDE, _SIDE))
    plain = image if image.mode in {"RGB", "L"} else image.convert("RGBA")
    if plain.mode == "RGBA":
        white = Image.new("RGB", plain.size, "white")
        white.paste(plain, mask=plain.getchannel("A"))
        plain = white
    best = _encoded(plain, form)
    if form == "PNG" and len(best) > 400_000:  # a photo, whatever its format
        best = min(best, _encoded(plain, "JPEG"), key=len)
    room = min(_WIDTH / width, _HEIGHT / height)
    shown = room if full else min(room, 1 / _PER_MILLIMETRE)
    return PageImage(best, round(width * shown, 2), round(height * shown, 2))


def _encoded(image: Image.Image, form: str) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **({"quality": 82} if form == "JPEG" else {}))
    return stream.getvalue()
