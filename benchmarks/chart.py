"""The chart of docs/performance.md: seconds of the pipeline and of its peers, on one scale each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from benchmarks.results import kept, median

WIDTH, LEFT, RIGHT = 760, 150, 80
ROW, BAR, HEAD = 26, 16, 40
OURS, THEIRS = "#2563eb", "#94a3b8"
Group = tuple[str, list[tuple[str, float]]]


def draw(peers: Sequence[tuple[str, str, tuple[str, ...]]]) -> str:
    """The chart as SVG."""
    groups = list(_groups(peers))
    height = sum(HEAD + ROW * len(bars) for _, bars in groups) + 20
    body = "\n".join(_shapes(groups))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="system-ui, sans-serif" font-size="13">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _groups(peers: Sequence[tuple[str, str, tuple[str, ...]]]) -> Iterator[Group]:
    for source, size, names in peers:
        if document := kept(source):
            rounds = document["figures"]["rounds"]
            title = f"{document['options'][size]:,} events, seconds"
            yield title, [(name, median([one[name]["whole"] for one in rounds])) for name in names]


def _shapes(groups: list[Group]) -> Iterator[str]:
    top = 0
    for title, bars in groups:
        yield f'<text x="10" y="{top + 26}" font-weight="600">{escape(title)}</text>'
        top += HEAD
        longest = max(value for _, value in bars)
        for name, value in bars:
            yield from _bar(top, name, value, longest)
            top += ROW


def _bar(top: int, name: str, value: float, longest: float) -> Iterator[str]:
    length = max(2, round((WIDTH - LEFT - RIGHT) * value / longest))
    colour = OURS if name == "ours" else THEIRS
    middle = top + BAR - 3
    yield f'<text x="{LEFT - 8}" y="{middle}" text-anchor="end">{escape(name)}</text>'
    yield f'<rect x="{LEFT}" y="{top}" width="{length}" height="{BAR}" rx="2" fill="{colour}"/>'
    yield f'<text x="{LEFT + length + 6}" y="{middle}">{value:.1f}</text>'
