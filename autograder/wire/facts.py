"""The visible contents of a drawing, as plain numbers and strings.

The student's side extracts these facts (``student/extraction``). Our side judges them (an assignment's checks).
Coordinates are in pixels, with x to the right and y upwards, except for curves.
"""

from dataclasses import dataclass, field

Point = tuple[float, float]


@dataclass
class Box:
    """An axis-parallel box."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def centre(self) -> Point:
        """The middle of the box."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def width(self) -> float:
        """Width in pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in pixels."""
        return self.y1 - self.y0

    def gap(self, other: "Box") -> float:
        """Distance between two boxes; 0 if they touch."""
        dx = max(self.x0 - other.x1, other.x0 - self.x1, 0.0)
        dy = max(self.y0 - other.y1, other.y0 - self.y1, 0.0)
        return float((dx * dx + dy * dy) ** 0.5)


@dataclass
class Sight:
    """How well something can be seen in the finished figure."""

    contrast: float = 21.0
    """The contrast ratio with what is behind it, from 1 to 21, over at least half of what is left of it."""
    left: float = 1.0
    """The share of it that nothing covers and nothing cuts off, from 0 to 1."""
    size: float = 10.0
    """In points: the size of a text, the width of a line, the length of an arrowhead."""
    opacity: float = 1.0
    """From 0 to 1, as drawn."""


@dataclass
class Marker:
    """A symbol that can stand for a node: a scatter point, a circle, a box around a text."""

    box: Box
    round: bool
    corners: list[Point] = field(default_factory=list)
    """The corners of its outline, if they are few: it may be an arrowhead."""
    sight: Sight = field(default_factory=Sight)


@dataclass
class Text:
    """A piece of text."""

    text: str
    box: Box
    sight: Sight = field(default_factory=Sight)
    angle: float = 0.0
    """How far it is turned to the left, in degrees."""


@dataclass
class Line:
    """A line or an arrow from one point to another."""

    tail: Point
    head: Point
    path: list[Point]
    """The points along the line, from tail to head."""
    pointed: bool
    """Whether there is an arrowhead at the head, and none at the tail."""
    sight: Sight = field(default_factory=Sight)
    tip: Sight = field(default_factory=Sight)
    """The arrowhead, if there is one."""
    piece: bool = field(default=False, kw_only=True)
    """Whether it is a step of a curve through many points, which is there as a whole, too."""


@dataclass
class Curve:
    """The points that a chart line connects, in the units of its axes."""

    xs: list[float]
    ys: list[float]


@dataclass
class Drawing:
    """Everything that one pair of axes shows, or all axes of a figure."""

    markers: list[Marker] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    title: str = ""
    x_label: str = ""
    """The label of the horizontal axis."""
    y_label: str = ""
    """The label of the vertical axis."""
    whole: bool = False
    """Whether it holds several pairs of axes of one figure together."""
    figure: int = 0
    """Which of the figures that the call drew it is part of, counted from 0."""
    broken: str = ""
    """The error that matplotlib raises when it draws the figure. Then nobody sees it, and the rest is empty."""
