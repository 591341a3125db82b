"""Boxes in a drawing that are no nodes: frames of texts, and tiles of a background (exercise 5)."""

from math import dist

from autograder.checking import Box, Marker

#: Fewer boxes side by side may be nodes that touch each other. Comparing more than the second number is too slow.
_FEWEST_TILES, _MOST_TILES = 6, 200


def tiles(boxes: list[Box]) -> list[Box]:
    """The boxes that cover an area without gaps, as the cells of ``pcolormesh`` do: each touches others of its size."""
    touching = [
        box
        for box in boxes[:_MOST_TILES]
        if sum(alike(box, other) and _touch(box, other) for other in boxes[:_MOST_TILES]) >= 2
    ]
    return touching if len(touching) >= _FEWEST_TILES else []


def _touch(one: Box, other: Box) -> bool:
    """Whether two boxes of one size are side by side, or one above the other, with a common border."""
    (x1, y1), (x2, y2) = one.centre, other.centre
    across, up = abs(x1 - x2), abs(y1 - y2)
    return (up < 1 and abs(across - one.width) < 1) or (across < 1 and abs(up - one.height) < 1)


def is_frame_of_text(marker: Marker, texts: list[Box], names: list[Box], others: list[Marker]) -> bool:
    """Whether a symbol is the frame of one of these texts: it is wider by as much as it is higher.

    A circle is a frame, too, unless nodes have circles of the same size.
    """
    box = marker.box
    for text in texts:
        if dist(box.centre, text.centre) < 2:
            if abs((box.width - text.width) - (box.height - text.height)) < 1.5:
                return True
            same = [other.box for other in others if alike(box, other.box)]
            if marker.round and not any(contains(one, name.centre) for one in same for name in names):
                return True
    return False


def alike(one: Box, other: Box) -> bool:
    """Whether two boxes have the same size."""
    return abs(one.width - other.width) < 1 and abs(one.height - other.height) < 1


def contains(box: Box, point: tuple[float, float]) -> bool:
    """Whether a point lies in a box."""
    return box.x0 <= point[0] <= box.x1 and box.y0 <= point[1] <= box.y1
