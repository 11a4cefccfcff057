"""A film of the page: pictures with a caption and a pointer, each shown for as long as it takes to see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, FloatRect, Locator, Page, ViewportSize

VIEWPORT = ViewportSize(width=1200, height=688)
CUT: FloatRect = {"x": 236, "y": 0, "width": 964, "height": 688}  # without the list of channels
FRAME = 0.05  # seconds
STEPS = 10  # of the pointer on its way
MILLISECONDS = 1000
# A caption below the page, and a pointer above it, which screenshots are without. No style sheet: the
# policy of the page allows none but its own.
STAGE = """() => {
  const caption = document.createElement("p"), pointer = document.createElement("div");
  for (const part of document.querySelectorAll(".workspace, .conversation, .places, .rooms"))
    part.style.height = "calc(100dvh - 48px)";
  Object.assign(caption.style, {position: "fixed", inset: "auto 0 0 236px", margin: 0, zIndex: 9,
    font: "600 19px/48px system-ui, sans-serif", textAlign: "center", color: "#fff", background: "#12362d"});
  Object.assign(pointer.style, {position: "fixed", zIndex: 10, pointerEvents: "none", display: "none"});
  pointer.innerHTML = `<svg width="26" height="30" viewBox="0 0 13 15"><path fill="#111" stroke="#fff"
    d="M1 1v11l3-2.6 1.8 4.1 2-.9-1.8-4h4z"/></svg>`;
  document.documentElement.append(caption, pointer);
  window.staged = {caption, pointer};
}"""
SAYS = "words => { window.staged.caption.textContent = words; }"
POINTS = """([x, y]) => Object.assign(window.staged.pointer.style,
  {display: "block", left: `${x}px`, top: `${y}px`})"""


@dataclass(frozen=True)
class Film:
    """Pictures in the order in which they were taken, and how many seconds each of them stands."""

    pictures: list[bytes] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    async def shows(self, tab: Page, seconds: float = FRAME) -> None:
        """What somebody sees now, for so long."""
        self.pictures.append(await tab.screenshot(clip=CUT, animations="disabled", caret="hide"))
        self.seconds.append(seconds)

    async def types(self, tab: Page, line: str) -> None:
        """Somebody types a line, two letters a picture; nothing is sent, nor completed as Slack would not."""
        box = tab.locator("#message")
        for end in range(2, len(line) + 2, 2):
            await box.evaluate("(box, text) => { box.value = text; }", line[:end])
            await self.shows(tab)

    async def points(self, tab: Page, target: Locator, start: tuple[float, float]) -> None:
        """The pointer goes from somewhere to the middle of a button, slower as it arrives."""
        box = await target.bounding_box()
        assert box
        end = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        for step in range(STEPS + 1):
            left = (1 - step / STEPS) ** 2
            await tab.evaluate(POINTS, [e + (s - e) * left for s, e in zip(start, end, strict=True)])
            await self.shows(tab)

    def lasts(self, seconds: float) -> None:
        """Let the last picture stand until the film has this length."""
        self.seconds[-1] += seconds - sum(self.seconds)

    def save(self, path: Path) -> None:
        """Write it without loss: pages are flat, so that only what changes takes bytes."""
        first, *rest = [_drawn(picture) for picture in self.pictures]
        shown = [round(MILLISECONDS * seconds) for seconds in self.seconds]
        first.save(path, save_all=True, append_images=rest, duration=shown, loop=0, lossless=True, method=6)

    def save_still(self, path: Path) -> None:
        """Write the picture that stands longest before the last one, for who prefers less motion."""
        longest = max(range(len(self.seconds) - 1), key=self.seconds.__getitem__)
        _drawn(self.pictures[longest]).save(path, lossless=True, method=6)


def _drawn(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture)).convert("RGB")


async def opened(browser: Browser, theme: str) -> Page:
    """Open a tab as it is filmed."""
    return await browser.new_page(viewport=VIEWPORT, color_scheme=theme, device_scale_factor=2)


async def stage(tabs: Sequence[Page]) -> None:
    """Give each of them a caption and a pointer."""
    for tab in tabs:
        await tab.evaluate(STAGE)


async def caption(tab: Page, words: str) -> None:
    """Say below the page what goes on in it."""
    await tab.evaluate(SAYS, words)
