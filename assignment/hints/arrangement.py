"""What may be wrong with the arrangement of a drawing (exercise 5)."""

from itertools import combinations, pairwise
from math import dist

from autograder.checking import Mistake, Point

from ..checks.heads import to_segment
from ..checks.joining import Picture, course_of, spacing_of
from ..checks.labels import detours
from ..checks.layout import check_arrangement
from ..checks.names import Name
from ..checks.unfolded import KINDS, Edge
from ..checks.watching import Seen
from .drawings import drawing_hint
from .hint import Hint

ALL_AT_ONE_POINT = Hint("all-at-one-point", "All nodes have the same position.")
SAME_PLACE = Hint("kinds-at-one-place", "{one} and {other} have the same position at every time step.")
NO_TIME = Hint(
    "position-without-time", "The time steps are on top of each other: the position of a node must depend on t."
)
NODES_TOO_BIG = Hint("nodes-too-big", "The nodes are bigger than the gaps between them: use a smaller node_size.")
TWO_OVERLAP = Hint("two-nodes-overlap", "Only these two nodes overlap: look at the position of {one} or {other}.")
PAIRS_OVERLAP = Hint("nodes-overlap", "{count} pairs of nodes overlap: move them apart, or use smaller nodes.")
ON_ONE_LINE = Hint("on-one-line", "All nodes are on one line: use one axis for t and the other for the kind of node.")
THROUGH_NODE = Hint("edge-through-node", "This is the only such edge: move one of the three nodes, or bend the edge.")
THROUGH_NODES = Hint(
    "edges-through-nodes", "Edges run through other nodes in {count} places: are the positions in the wrong order?"
)
AUTOMATIC = Hint(
    "automatic-layout",
    "It looks like an automatic layout, which knows nothing about time: compute each position from the kind and t.",
)
CIRCLE = Hint(
    "circular-layout", "The nodes are on a circle: compute each position from the kind and t, in rows and columns."
)
KIND_BACKWARDS = Hint("kind-backwards-in-time", "Only {kind} runs in the opposite direction: look at its positions.")
TIME_ORDER = Hint("time-order", "The time steps are in the order {order}: t should only increase, or only decrease.")
STEP_UPSIDE_DOWN = Hint("step-differs", "Only at t = {t} are the kinds in another order: look at the positions there.")

_EQUAL = 2.0


def layout_hint(seen: Seen) -> Hint | None:
    """Return the likely cause where the positions of all nodes are wrong. Then much of the rest is hidden, too."""
    centres = _centres(seen)
    points = list(centres.values())
    if len(points) < 2:
        return None
    if all(dist(points[0], point) <= _EQUAL for point in points):
        return ALL_AT_ONE_POINT
    if _on_a_line(points) and len({name.t for name in centres}) > 1:
        return ON_ONE_LINE
    if _on_a_circle(points):
        return CIRCLE
    return AUTOMATIC if _is_scattered(points) and not _is_in_order(centres, seen.steps) else None


def arrangement_hint(seen: Seen) -> Hint | None:
    """Return the likely cause where nodes overlap, edges cross nodes, or time does not run along an axis."""
    if hint := drawing_hint(seen) or layout_hint(seen):
        return hint
    picture, centres = seen.picture, _centres(seen)
    overlapping = [pair for pair in combinations(picture.nodes, 2) if picture.overlap(*pair)]
    if overlapping:
        return _overlap_hint(picture, overlapping, centres)
    crossed = [edge for edge in seen.expected.told(picture) for _ in _on_the_way(picture, edge)]
    if hint := _order_hint(centres, seen):
        return hint
    if len(crossed) == 1:
        return THROUGH_NODE
    return THROUGH_NODES.about(count=str(len(crossed))) if crossed else None


def are_misplaced(seen: Seen, hidden: list[Edge], every: list[Edge]) -> bool:
    """Whether edges or labels are likely to be hidden because nodes stand in the wrong places.

    Args:
        seen: what was returned and drawn.
        hidden: the edges with something that cannot be seen.
        every: all edges that can be judged.
    """
    picture = seen.picture
    try:
        check_arrangement(picture, seen.expected)
    except Mistake:  # then edges may lie on each other, too
        piled = {name for pair in combinations(picture.nodes, 2) if picture.overlap(*pair) for name in pair}
        beside = all(piled & set(edge) or _on_the_way(picture, edge) for edge in hidden)
        return bool(hidden) and (beside or len(hidden) < len(every) or layout_hint(seen) is not None)
    return False


def _on_the_way(picture: Picture, edge: Edge) -> list[Name]:
    """The nodes through whose middle an edge goes."""
    if edge in detours(picture):
        return []
    course = course_of(picture, edge)
    found = []
    for name, placed in picture.nodes.items():
        near = min(to_segment(placed.box.centre, a, b) for a, b in pairwise(course))
        if name not in edge and near < max(placed.radius / 2, _EQUAL):
            found.append(name)
    return found


def _centres(seen: Seen) -> dict[Name, Point]:
    nodes = seen.picture.nodes
    return {name: nodes[name].box.centre for name in seen.expected.nodes if name in nodes}


def _on_a_line(points: list[Point]) -> bool:
    first, last = min(points), max(points)
    length = max(dist(first, last), 1e-9)
    (x0, y0), (x1, y1) = first, last
    return all(abs((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) / length <= _EQUAL for x, y in points)


def _on_a_circle(points: list[Point]) -> bool:
    """Whether all points are on an ellipse that is parallel to the axes, at equal distances, as after stretching."""
    xs, ys = zip(*points, strict=True)
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    width, height = max(max(xs) - min(xs), 1e-9) / 2, max(max(ys) - min(ys), 1e-9) / 2
    radii = [(((x - middle[0]) / width) ** 2 + ((y - middle[1]) / height) ** 2) ** 0.5 for x, y in points]
    return len(points) >= 8 and max(radii) - min(radii) < 0.1


def _is_scattered(points: list[Point]) -> bool:
    """Whether the points are in neither rows nor columns, as nobody places them by hand."""
    return len(points) >= 8 and all(_levels(places) > 0.7 * len(points) for places in zip(*points, strict=True))


def _levels(places: tuple[float, ...]) -> int:
    """How many different places there are along an axis."""
    ordered = sorted(places)
    return 1 + sum(later - earlier > _EQUAL for earlier, later in pairwise(ordered))


def _overlap_hint(picture: Picture, pairs: list[tuple[Name, Name]], centres: dict[Name, Point]) -> Hint | None:
    if len(pairs) == 1:
        (one, other), *_ = pairs
        return TWO_OVERLAP.about(one=str(one), other=str(other))
    same = [pair for pair in pairs if dist(*(picture.nodes[name].box.centre for name in pair)) <= _EQUAL]
    if len(same) == len(pairs) and all(one.kind == other.kind for one, other in same):
        return NO_TIME
    lags = {(one.kind, other.kind, (other.t or 0) - (one.t or 0)) for one, other in (sorted(pair) for pair in same)}
    if len(same) == len(pairs) and len(lags) == 1:
        kind, second, lag = lags.pop()
        later = f"t{lag:+d}" if lag else "t"
        return SAME_PLACE.about(one=f"{kind}(t)", other=f"{second}({later})")
    gap = spacing_of(list(centres.values()))
    sizes = [max(placed.box.width, placed.box.height) for placed in picture.nodes.values()]
    apart = not same and 2 * len(pairs) >= len(centres)
    if apart and gap < sorted(sizes)[len(sizes) // 2]:
        return NODES_TOO_BIG
    return AUTOMATIC if _is_scattered(list(centres.values())) else PAIRS_OVERLAP.about(count=str(len(pairs)))


def _order_hint(centres: dict[Name, Point], seen: Seen) -> Hint | None:
    """The cause where the nodes are in rows and columns, but in a wrong order."""
    found = [hint for axis in (0, 1) if (hint := _along(centres, axis, seen.steps))]
    return found[0] if len(found) == 1 else None


def _is_in_order(centres: dict[Name, Point], steps: int) -> bool:
    """Whether time runs along an axis for all kinds, and the kinds are in the same order along the other."""
    ways = (tuple(range(1, steps + 1)), tuple(range(steps, 0, -1)))
    return any(
        all(_order_of(centres, kind, axis, steps) == way for kind in KINDS)
        and len({_kinds_at(centres, 1 - axis, t) for t in range(1, steps + 1)}) == 1
        for axis in (0, 1)
        for way in ways
    )


def _kinds_at(centres: dict[Name, Point], axis: int, t: int) -> tuple[str, ...]:
    """The order of the kinds along an axis, at a time step."""
    return tuple(sorted(KINDS, key=lambda kind: centres[Name(kind, t)][axis]))


def _along(centres: dict[Name, Point], axis: int, steps: int) -> Hint | None:
    """The cause, if time should run along this axis."""
    orders = {kind: order for kind in KINDS if (order := _order_of(centres, kind, axis, steps))}
    if len(orders) < len(KINDS):
        return None
    ways = sorted(orders.values(), key=lambda order: sum(other == order for other in orders.values()))
    usual = ways[-1]
    odd = [kind for kind in KINDS if orders[kind] != usual]
    straight = usual in (tuple(range(1, steps + 1)), tuple(range(steps, 0, -1)))
    if straight and len(odd) == 1:
        return KIND_BACKWARDS.about(kind=f"{odd[0]}(t)") if orders[odd[0]] == usual[::-1] else None
    if odd:
        return None
    if not straight:
        return TIME_ORDER.about(order=", ".join(map(str, usual)))
    return _kinds_hint(centres, 1 - axis, steps)


def _order_of(centres: dict[Name, Point], kind: str, axis: int, steps: int) -> tuple[int, ...] | None:
    """The order in which the time steps of a kind stand along an axis; None if that cannot be told."""
    places = [(centres[Name(kind, t)][axis], t) for t in range(1, steps + 1) if Name(kind, t) in centres]
    places.sort()
    apart = all(later[0] - earlier[0] > _EQUAL for earlier, later in pairwise(places))
    return tuple(t for _, t in places) if apart and len(places) == steps else None


def _kinds_hint(centres: dict[Name, Point], axis: int, steps: int) -> Hint | None:
    orders = {t: _kinds_at(centres, axis, t) for t in range(1, steps + 1)}
    for t, order in orders.items():
        others = {other for step, other in orders.items() if step != t}
        if len(others) == 1 and order not in others and steps > 2:
            return STEP_UPSIDE_DOWN.about(t=str(t))
    return None
