"""The page in a browser: wide and on a phone, light and dark, on paper, for who does not see it."""

import shutil
from datetime import datetime

import pytest
from playwright.sync_api import sync_playwright

from tasks.report.make import make_report

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason=f"none of {', '.join(NAMES)} is on PATH")

# The lowest ratio of contrast between the words of the page and what is behind them (WCAG).
CONTRAST = """(() => {
  const channel = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = node => {
    for (; node; node = node.parentElement) {
      const colour = rgb(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  let worst = 21;
  for (const node of document.body.querySelectorAll('*')) {
    const own = [...node.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || !node.checkVisibility() || ['title', 'STYLE'].includes(node.tagName)) continue;
    if (node.className === 'unseen') continue;
    const style = getComputedStyle(node);
    const a = light(rgb(node.namespaceURI.endsWith('svg') ? style.fill : style.color));
    const b = light(behind(node));
    worst = Math.min(worst, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  return worst;
})()"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT_OFF = """[...document.querySelectorAll('.card, .tiles div')].filter(
  each => each.scrollWidth > each.clientWidth + 1).map(each => each.textContent.slice(0, 40))"""
SMALLEST = """Math.min(...[...document.querySelectorAll('svg text')].map(
  text => text.getBoundingClientRect().height))"""
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture
def report(warehouse, tmp_path):
    """A report with everything on it: plays, a reject, a quarantined and a pending object."""
    plays = [
        f"2018-11-{day:02} {hour:02}:00 | {8 + hour % 3} | {'paid' if hour % 2 else 'free'} | Song {hour}"
        for day in range(1, 15)
        for hour in range(0, 24, 3)
    ]
    warehouse.load("ts | userId | level | song\n" + "\n".join(plays))
    warehouse.bucket.put("log_data/2018/11/2018-11-20-events.json", b'{"no": "event"}')
    warehouse.put_events("ts | page\n2018-11-21 04:00 | -\n2018-11-21 04:10 | Home")
    warehouse.hourly()
    file = tmp_path / "report.html"
    now = datetime(2018, 11, 25)
    file.write_text(make_report(warehouse.block, datetime(2018, 11, 1), datetime(2018, 12, 1), now))
    return file


@pytest.fixture
def tab():
    """A tab of a browser, with what it asked for and what it complained of."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        made = browser.new_page()
        made.asked, made.said = [], []
        made.on("request", lambda request: made.asked.append(request.url))
        made.on("console", lambda message: made.said.append(message.text))
        made.on("pageerror", lambda error: made.said.append(str(error)))
        yield made
        browser.close()


def test_the_page_is_readable_everywhere(report, tab):
    tab.goto(report.as_uri())
    grounds = set()
    for width in (360, 800, 1280):
        for scheme in ("light", "dark"):
            tab.set_viewport_size({"width": width, "height": 900})
            tab.emulate_media(color_scheme=scheme)
            assert tab.evaluate(OVERFLOW) <= 0, (width, scheme)
            assert tab.evaluate(CUT_OFF) == [], (width, scheme)
            assert tab.evaluate(CONTRAST) >= 4.5, (width, scheme)
            assert tab.evaluate(SMALLEST) >= 9, (width, scheme)
            grounds.add(tab.evaluate(GROUND))
    assert len(grounds) == 2


def test_the_page_asks_nothing_of_the_network_and_breaks_no_rule(report, tab):
    tab.goto(report.as_uri())
    assert tab.asked == [report.as_uri()]
    assert tab.said == []


def test_the_page_is_told_to_who_does_not_see_it(report, tab):
    tab.goto(report.as_uri())
    nodes = tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]
    heard = [node for node in nodes if not node["ignored"] and node.get("name")]
    told = {(node["role"]["value"], node["name"]["value"]) for node in heard}
    images = {name for role, name in told if role == "image"}
    assert "00:00 to 01:00 UTC: 14 plays by 1 listeners." in images
    assert "" not in images
    assert ("heading", "What is the most played song?") in told
    assert ("columnheader", "listeners") in told
    cells = {name for role, name in told if role in ("cell", "gridcell")}
    assert any("quarantined" in name for name in cells)
    assert {"published", "no object"} <= cells


def test_the_page_prints(report, tab):
    tab.goto(report.as_uri())
    printed = tab.pdf(print_background=True)
    assert printed.startswith(b"%PDF")
    assert 2 <= printed.count(b"/Type /Page\n") <= 8
