"""How the page looks: pictures of it, and what is wrong with it for eyes, keyboards and screen readers.

Every picture is kept in ``build/screenshots``, named by what it shows, the width and the theme.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, Page

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
# What axe finds, a line each. Its answer holds the whole page many times over: it stays in the browser.
FOUND = """async rules => {
  const found = await axe.run({ resultTypes: ["violations"], ...rules });
  const lines = ({ id, help, nodes }) => nodes.map(node => `${id}: ${help}: ${node.html}`);
  return found.violations.flatMap(lines);
}"""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# What needs more room than it has, a line each; only a phone may have to push a table aside.
CUT = """() => {
  const boxes = "html, .log, #rooms, dialog, dialog .blocks, .actions, .room, .composer";
  const all = document.querySelectorAll(innerWidth < 720 ? boxes : `${boxes}, .table`);
  const cut = [...all].filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth);
  return cut.map(one => `cut off: ${one.outerHTML.slice(0, 200)}`);
}"""


@dataclass(frozen=True)
class Look:
    """A size and a theme in which somebody may have the page."""

    width: int
    height: int
    theme: str

    def __str__(self) -> str:
        return f"{self.width}-{self.theme}"

    @asynccontextmanager
    async def tab(self, browser: Browser) -> AsyncIterator[Page]:
        viewport = {"width": self.width, "height": self.height}
        async with await browser.new_page(viewport=viewport, color_scheme=self.theme) as page:
            yield page

    async def shows(self, page: Page, what: str) -> list[str]:
        """Keep a picture; answer what is wrong, or nothing."""
        await page.screenshot(path=PICTURES / f"{what}-{self}.png", animations="disabled")
        return await problems(page, COLOURS if self.theme == "dark" else {})


LOOKS: Sequence[Look] = [
    Look(width, height, theme) for width, height in ((1280, 800), (390, 844)) for theme in ("light", "dark")
]


async def problems(page: Page, rules: Mapping[str, object] = {}) -> list[str]:
    """Whatever axe finds, down to the slightest, and what is cut off: a line each.

    A theme changes nothing but colours: in the second one only ``rules`` about those are asked.
    """
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    return await page.evaluate(FOUND, rules) + await page.evaluate(CUT)
