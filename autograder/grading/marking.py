"""Draw marks on the pixels of a student's drawing, and write them as a PNG of bounded size.

The pixels are bytes that a student's process sent. They are not decoded, only read as rows of colours. Each mark is a
light line on a wider dark one, so it stands out on any background, even without colours.
"""

import io
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from ..checking.marks import Mark
from ..wire.facts import Point
from ..wire.pixels import Pixels

#: The most bytes of a picture.
LARGEST = 150_000

_DARK, _LIGHT = (20, 20, 20), (255, 214, 0)
#: In pixels of the picture: widths of both lines, room inside a mark, dash and space, half a cross, radius of a number.
_WIDE, _NARROW, _ROOM, _DASH, _SPACE, _ARM, _RADIUS = 7, 3, 5, 8, 14, 10, 10
#: A dashed line that is longer than this is not drawn.
_LONGEST = 4000
#: Marks are drawn this many times larger and then reduced, for smooth edges.
_FINE = 2
#: If the file is too large, the picture is reduced by this factor until it fits.
_SMALLER = 0.7
#: A drawing whose sides are both shorter than this is shown twice as large.
_SMALL = 400

Numbered = tuple[int, Mark]


def png_of(pixels: Pixels, marks: Iterable[Numbered]) -> tuple[bytes, int, int]:
    """Return a PNG of a drawing with marks on it, and its width and height.

    Args:
        pixels: the drawing. Its data has the right length; see ``is_whole``.
        marks: the marks, each with its number, in pixels of the drawing's facts. Numbers are written if they differ.
    """
    picture = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.data)
    marks, scale = list(marks), pixels.scale
    if max(picture.size) < _SMALL:
        picture, scale = picture.resize((2 * picture.width, 2 * picture.height)), 2 * scale
    while True:
        to_picture = _Place(pixels, scale, picture.height)
        data = _encoded(_marked(picture, [(number, mark, to_picture.of(mark)) for number, mark in marks]))
        if len(data) <= LARGEST or min(picture.size) < 50:
            return data, *picture.size
        size = max(1, round(picture.width * _SMALLER)), max(1, round(picture.height * _SMALLER))
        scale *= size[0] / picture.width
        picture = picture.resize(size, Image.Resampling.BOX)


def is_whole(pixels: Pixels) -> bool:
    """Whether a picture has as many bytes as its size says, and a plausible position and scale."""
    place = (pixels.left, pixels.bottom, pixels.scale)
    if not all(map(math.isfinite, place)) or max(map(abs, place)) > 1e6 or pixels.scale < 1e-4:
        return False
    return len(pixels.data) == 3 * pixels.width * pixels.height


class _Place:
    """Where the points of a drawing are in a picture of it."""

    def __init__(self, pixels: Pixels, scale: float, height: int) -> None:
        self.left, self.bottom, self.scale, self.height = pixels.left, pixels.bottom, scale, height

    def of(self, mark: Mark) -> list[Point]:
        """The points of a mark in the picture, with y pointing down; none if one of them is far outside."""
        points = [((x - self.left) * self.scale, self.height - (y - self.bottom) * self.scale) for x, y in mark.points]
        return points if all(-2000 < number < 4000 for point in points for number in point) else []


def _encoded(picture: Image.Image) -> bytes:
    """A PNG with at most 256 colours, which is a third of the size."""
    stream = io.BytesIO()
    few = picture.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(stream, "PNG", compress_level=6)
    return stream.getvalue()


def _marked(picture: Image.Image, marks: Sequence[tuple[int, Mark, list[Point]]]) -> Image.Image:
    if not marks:
        return picture
    pen = _Pen(picture.copy())
    for _, mark, points in marks:
        pen.draw(mark.shape, points)
    several = len({number for number, _, _ in marks}) > 1
    for number, mark, points in marks:
        if several and points and mark.shape in _SHAPES:
            pen.write(number, points, mark.shape)
    return pen.picture


_SHAPES = ("ring", "frame", "hole", "gap", "cross")


class _Pen:
    """Draws marks. Points are in pixels of the picture, with y pointing down."""

    def __init__(self, picture: Image.Image) -> None:
        self.picture, self.size = picture, picture.size
        self.numbers: list[Point] = []

    def draw(self, shape: str, points: list[Point]) -> None:
        """Draw a mark: first its dark line, then the light one on it."""
        lines = courses(shape, points)
        if not lines:
            return
        with self._canvas([point for line in lines for point in line], _WIDE) as (canvas, to_canvas):
            for width, colour in ((_WIDE, _DARK), (_NARROW, _LIGHT)):
                for line in lines:
                    _draw_line(canvas, [to_canvas(point) for point in line], width * _FINE, (*colour, 255))

    def write(self, number: int, points: list[Point], shape: str) -> None:
        """Write the number of a mark beside it, away from other numbers."""
        place = self._free_place(points, shape)
        self.numbers.append(place)
        radius = _RADIUS * _FINE
        with self._canvas([place], _RADIUS + 1) as (canvas, to_canvas):
            x, y = to_canvas(place)
            box = (x - radius, y - radius, x + radius, y + radius)
            canvas.ellipse(box, fill=(*_DARK, 255), outline=(*_LIGHT, 255), width=2 * _FINE)
            font = ImageFont.load_default(13 * _FINE)
            canvas.text((x, y), str(number), fill=(255, 255, 255, 255), font=font, anchor="mm")

    @contextmanager
    def _canvas(
        self, points: list[Point], margin: int
    ) -> Iterator[tuple[ImageDraw.ImageDraw, Callable[[Point], Point]]]:
        """An enlarged canvas for the part of the picture around some points. It is put on the picture at the end."""
        width, height = self.size
        xs, ys = zip(*points, strict=True)
        left, top = max(math.floor(min(xs)) - margin, 0), max(math.floor(min(ys)) - margin, 0)
        right, bottom = min(math.ceil(max(xs)) + margin, width), min(math.ceil(max(ys)) + margin, height)
        shape = max(right - left, 1), max(bottom - top, 1)
        layer = Image.new("RGBA", (shape[0] * _FINE, shape[1] * _FINE), (*_DARK, 0))
        yield ImageDraw.Draw(layer), lambda point: ((point[0] - left) * _FINE, (point[1] - top) * _FINE)
        layer = layer.reduce(_FINE)
        self.picture.paste(layer.convert("RGB"), (left, top), layer.getchannel("A"))

    def _free_place(self, points: list[Point], shape: str) -> Point:
        xs, ys = zip(*points, strict=True)
        room = _RADIUS + (_ARM if shape == "cross" else _ROOM)
        middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        if shape == "gap":
            middle = points[len(points) // 2] if len(points) > 2 else middle
            places = [(middle[0] + room * x, middle[1] + room * y) for x, y in ((1, -1), (-1, -1), (1, 1), (-1, 1))]
        else:
            sides = ((min(xs) - room / 2, max(xs) + room / 2), (min(ys) - room / 2, max(ys) + room / 2))
            places = [(sides[0][i], sides[1][j]) for i, j in ((1, 0), (0, 0), (1, 1), (0, 1))]
        inside = [self._inside(place) for place in places]
        return max(inside, key=self._distance)

    def _inside(self, place: Point) -> Point:
        width, height = self.size
        x, y = place
        return min(max(x, _RADIUS), width - _RADIUS), min(max(y, _RADIUS), height - _RADIUS)

    def _distance(self, place: Point) -> float:
        """How far a place is from the nearest number. Beyond a limit, more distance makes no difference."""
        return min([2.5 * _RADIUS, *(math.dist(place, other) for other in self.numbers)])


def _draw_line(canvas: ImageDraw.ImageDraw, line: list[Point], width: int, colour: tuple[int, int, int, int]) -> None:
    canvas.line(line, fill=colour, width=width, joint="curve")
    if line[0] != line[-1]:
        for x, y in (line[0], line[-1]):
            canvas.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=colour)


def courses(shape: str, points: list[Point]) -> list[list[Point]]:
    """The lines that a mark consists of; none if its shape is unknown or it has no points."""
    if not points or shape not in _SHAPES:
        return []
    if shape == "cross":
        (x, y), *_ = points
        return [[(x - _ARM, y - _ARM), (x + _ARM, y + _ARM)], [(x - _ARM, y + _ARM), (x + _ARM, y - _ARM)]]
    if shape == "gap":
        return _dashes(points)
    xs, ys = zip(*points, strict=True)
    x0, y0, x1, y1 = min(xs) - _ROOM, min(ys) - _ROOM, max(xs) + _ROOM, max(ys) + _ROOM
    if shape == "frame":
        return [[(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]]
    wide, high = max(x1 - x0, 16) / 2 + 0.1 * (x1 - x0), max(y1 - y0, 16) / 2 + 0.1 * (y1 - y0)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    ring = [
        (x + wide * math.cos(turn * math.tau / 72), y + high * math.sin(turn * math.tau / 72)) for turn in range(73)
    ]
    return [ring] if shape == "ring" else _dashes(ring)


def _dashes(course: list[Point]) -> list[list[Point]]:
    """Cut a line into dashes."""
    if sum(math.dist(a, b) for a, b in pairwise(course)) > _LONGEST:
        return []
    dashes: list[list[Point]] = []
    place, is_on = 0.0, True
    current = [course[0]]
    for a, b in pairwise(course):
        length, done = math.dist(a, b), 0.0
        while length - done > 1e-9:
            step = min((_DASH if is_on else _SPACE) - place, length - done)
            done, place = done + step, place + step
            point = a[0] + (b[0] - a[0]) * done / length, a[1] + (b[1] - a[1]) * done / length
            current.append(point)
            if place >= (_DASH if is_on else _SPACE) - 1e-9:
                dashes += [current] if is_on else []
                current, place, is_on = [point], 0.0, not is_on
    return dashes + ([current] if is_on and len(current) > 1 else [])
