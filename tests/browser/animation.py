"""Films a removal for the README: `python -m tests.browser.animation` writes docs/removal*.webp."""

import asyncio
import shutil
from pathlib import Path

from playwright.async_api import Browser, async_playwright, expect

from tests.browser.conftest import ARGUMENTS, NAMES
from tests.browser.demo import running_demo
from tests.browser.film import Film, caption, opened, stage
from tests.browser.tabs import MILLISECONDS, act_as, live_room, newest, reads, says

DOCS = Path(__file__).parents[2] / "docs"
LINE = "/hms remove Gus spamming the chat"
LENGTH = 10.0  # seconds
THEMES = {"light": "", "dark": "-dark"}


async def film(browser: Browser, theme: str, address: str) -> Film:
    """Mo asks, Gus falls silent, Max agrees, Gus is out."""
    mo, max_ = tabs = [await opened(browser, theme) for _ in range(2)]
    for tab, person in zip(tabs, ("U0MO", "U0MAX"), strict=True):
        await act_as(tab, address, person)
    await says(max_, "@mo Gus is spamming the chat of the lesson")
    await reads(newest(mo, "spamming"), "lesson")
    await stage(tabs)
    taken = Film()

    await caption(mo, "Mo, a moderator, types one line")
    await taken.shows(mo, 1.0)
    await taken.types(mo, LINE)
    await taken.shows(mo, 0.3)

    await says(mo, LINE)
    card = newest(mo, "Remove “Gus” from standup?")
    await reads(card, "decide · 10 minutes left")
    await expect(live_room(mo)).to_contain_text("muted")
    await caption(mo, "Gus is muted at once; a second moderator decides")
    await taken.shows(mo, 2.3)

    yes = newest(max_, "Remove “Gus” from standup?").get_by_role("button", name="Remove “Gus”")
    await caption(max_, "Max, some time zones away, agrees")
    await taken.shows(max_, 1.0)
    await taken.points(max_, yes, start=(900, 560))
    await taken.shows(max_, 0.4)

    await yes.click()
    await reads(newest(max_, "spamming the chat"), "@Mo removed “Gus”")
    await reads(newest(max_, "said yes"), "@Mo removed “Gus”")
    await expect(live_room(max_)).not_to_contain_text("Gus")
    await caption(max_, "Gus is out, and the channel reads who did it")
    await taken.shows(max_)
    taken.lasts(LENGTH)
    return taken


async def main() -> None:
    """Write the film and its still, once for each theme."""
    program = next(filter(None, map(shutil.which, NAMES)))
    expect.set_options(timeout=MILLISECONDS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        for theme, ending in THEMES.items():
            async with running_demo() as demo:
                taken = await film(browser, theme, demo.address)
            taken.save(DOCS / f"removal{ending}.webp")
            taken.save_still(DOCS / f"removal-still{ending}.webp")


if __name__ == "__main__":
    asyncio.run(main())
