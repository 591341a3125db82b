"""Judge the arrows of a drawing: whether each edge has one, which way it points, and whether it can be seen."""

from autograder.checking import Line, Mark

from .joining import Picture
from .pointing import at_head, at_missing, spell
from .sight import hidden_head, hidden_line
from .unfolded import Edge, read_through

#: What is wrong with a part of a drawing, and where.
Fault = tuple[str, list[Mark]]


class Arrows:
    """The arrows of a drawing."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        seen = [(tail, head) for tail, head, line in picture.arrows if hidden_line(line) is None]
        lines = {edge for tail, head in seen for edge in ((tail, head), (head, tail))}
        pointed = {(tail, head) for tail, head, line in picture.arrows if line.pointed and hidden_head(line) is None}
        self.shown = read_through({edge for edge in pointed if edge in lines})
        self.drawn = read_through({(tail, head) for tail, head, line in picture.arrows if line.pointed})
        self.anyhow = read_through({edge for tail, head, _ in picture.arrows for edge in ((tail, head), (head, tail))})

    def fault_of(self, edge: Edge, turned: bool, both: bool) -> Fault | None:
        """What is wrong with the arrow of an edge, and where.

        Args:
            edge: the edge, as the assignment has it.
            turned: whether the returned graph has it the other way round; the drawing may then show it so, too.
            both: whether the returned graph has it in both directions.
        """
        (tail, head), back = edge, edge[::-1]
        if edge in self.shown and back in self.shown and not both:
            return f"In the drawing, the edge {spell(edge)} has an arrowhead at each end.", at_head(self.picture, back)
        if edge in self.shown or (turned and back in self.shown):
            return None
        if back in self.shown:
            text = f"The arrow between {tail} and {head} points the wrong way in the drawing."
            return text, at_head(self.picture, back)
        if edge in self.drawn or (turned and back in self.drawn):
            return _why_hidden(self.picture, back if turned else edge)
        if edge in self.anyhow:
            text = f"In the drawing, the edge {spell(edge)} has no arrowhead at {head}, or has one at each end."
            return text, at_head(self.picture, edge)
        return f"The drawing does not show the edge {spell(edge)}.", at_missing(self.picture, edge)


def _why_hidden(picture: Picture, edge: Edge) -> Fault:
    """Why an arrow cannot be seen though it is drawn, and what to do; and where."""
    where = spell(edge)
    lines: list[Line] = [line for tail, head, line in picture.arrows if (tail, head) == edge]
    for line in lines:
        if reason := hidden_line(line):
            return f"The line of {where} cannot be seen in the drawing: {reason}.", at_missing(picture, edge)
        if reason := hidden_head(line):
            return f"The arrowhead of {where} cannot be seen in the drawing: {reason}.", at_head(picture, edge)
    return f"The arrow {where} cannot be seen in the drawing, or only in part.", at_missing(picture, edge)
