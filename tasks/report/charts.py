"""Charts as plain SVG: pygal draws them, the page's stylesheet colours them, nothing moves in them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from markupsafe import Markup
from pygal import PluginImportFixer, StackedBar
from pygal.style import Style

# pygal's import hook serves its maps alone, and has the form that Python warns of.
sys.meta_path[:] = [hook for hook in sys.meta_path if not isinstance(hook, PluginImportFixer)]

WIDTH, HEIGHT = 460, 215  # small, so that the words stay readable on a phone
SPACE = "{http://www.w3.org/2000/svg}"
LETTER = 8  # the width of one in a label
STYLE = Style(
    label_font_size=13, major_label_font_size=13, font_family="sans-serif", value_font_size=13
)


def stacked_bars(
    name: str,
    words: str,
    labels: Sequence[str],
    series: Mapping[str, Sequence[int]],
    unit: str,
    colours: Sequence[str],
) -> Markup:
    """One bar for a label, its parts the series; `words` tell what is seen to who does not see it."""
    room = WIDTH // (LETTER * (max(map(len, labels), default=1) + 2))
    chart = StackedBar(
        width=WIDTH,
        height=HEIGHT,
        style=STYLE,
        css=[],
        js=[],
        margin=8,
        spacing=6,
        max_scale=6,
        show_legend=False,
        include_x_axis=True,
        x_labels=_different(labels),
        x_labels_major_every=-(-len(labels) // room) or 1,
        show_minor_x_labels=False,
        truncate_label=-1,
        value_formatter=lambda value: f"{value:,.0f}",
        no_data_text="nothing",
    )
    for title, values in series.items():
        chart.add(title, list(values))
    return _plain(
        chart.render(is_unicode=True), f"{name}-words", words, list(series), unit, colours
    )


def _different(labels: Sequence[str]) -> list[str]:
    """pygal knows a label by its words: one that comes again gets spaces that nobody sees."""
    return [label + "\u200b" * labels[:n].count(label) for n, label in enumerate(labels)]


def _plain(
    drawn: str, name: str, words: str, series: list[str], unit: str, colours: Sequence[str]
) -> Markup:
    """The drawing alone: pygal's styles, scripts and hidden data go, a name and words come."""
    root = ElementTree.fromstring(drawn.encode())
    graph = next(group for group in root.iter(f"{SPACE}g") if "graph" in group.get("class", ""))
    svg = ElementTree.Element("svg", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img")
    svg.set("aria-labelledby", name)
    ElementTree.SubElement(svg, "title", id=name).text = words
    svg.append(graph)
    for number, (title, colour) in enumerate(zip(series, colours, strict=False)):
        _tell_series(graph, number, colour, f"{title} {unit}".strip())
    _strip(svg)
    return Markup(ElementTree.tostring(svg, encoding="unicode"))


def _tell_series(graph: ElementTree.Element, number: int, colour: str, words: str) -> None:
    """Colour a series, and make what pygal hides beside each bar for its script the bar's title."""
    for group in graph.iter(f"{SPACE}g"):
        if f"serie-{number} " not in f"{group.get('class')} ":
            continue
        group.set("class", f"series {colour}")
        for bar in group.iter(f"{SPACE}g"):
            hidden = {d.get("class"): d.text or "" for d in bar.findall(f"{SPACE}desc")}
            if "value" in hidden:
                told = f"{hidden.get('x_label', '')}: {hidden['value']} {words}"
                ElementTree.SubElement(bar, "title").text = told


def _strip(element: ElementTree.Element) -> None:
    """Take away what only pygal's script and styles use, and digits that nobody sees."""
    element.tag = element.tag.removeprefix(SPACE)
    for name, value in list(element.items()):
        if name in ("rx", "ry"):
            del element.attrib[name]
        elif name in ("x", "y", "width", "height") and "." in value:
            element.set(name, f"{float(value):.1f}")
    for child in list(element):
        if child.tag == f"{SPACE}desc" or "overlay" in child.get("class", ""):
            element.remove(child)
        else:
            _strip(child)
