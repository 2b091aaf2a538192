"""Lines of points, for drawing maps: how large a ring is, and a line with fewer points."""

from collections.abc import Callable

Point = tuple[float, float]
Ring = list[int]  # numbers of arcs; below zero, an arc taken backwards


def joined(ring: Ring, arcs: list[list[Point]]) -> list[Point]:
    """The points of a ring, the first of them once."""
    return [point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])[:-1]]


def area(points: list[Point]) -> float:
    """The area of a ring in square units of its points; its sign says which way the ring runs."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True)) / 2


def simplified(points: list[Point], tolerance: Callable[[Point], float]) -> list[Point]:
    """The line without the points that stray less than is allowed where they are (Douglas and Peucker, 1973)."""
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        start, end = spans.pop()
        if end - start < 2:
            continue
        strays = (
            (_stray(points[n], points[start], points[end]) / tolerance(points[n]), n) for n in range(start + 1, end)
        )
        stray, at = max(strays)
        if stray > 1:
            kept.add(at)
            spans += [(start, at), (at, end)]
    return [points[n] for n in sorted(kept)]


def _stray(point: Point, start: Point, end: Point) -> float:
    """From a point to the segment between two others."""
    run, rise = end[0] - start[0], end[1] - start[1]
    length = run * run + rise * rise
    share = 0 if not length else ((point[0] - start[0]) * run + (point[1] - start[1]) * rise) / length
    share = min(1, max(0, share))
    return ((point[0] - start[0] - share * run) ** 2 + (point[1] - start[1] - share * rise) ** 2) ** 0.5
