"""What somebody does in a tab of the page, and what they read there."""

import re

from playwright.async_api import Locator, Page, expect

from tests.patience import PATIENCE

MILLISECONDS = 1000 * PATIENCE


async def act_as(page: Page, address: str, person: str, channel: str = "C0CLASSES") -> Page:
    page.set_default_timeout(MILLISECONDS)
    await page.goto(f"{address}?as={person}&channel={channel}")
    return page


async def says(page: Page, line: str) -> None:
    await page.get_by_role("textbox", name="Message #classes").fill(line)
    await page.keyboard.press("Escape")  # the list of commands, which would take Enter for itself
    await page.keyboard.press("Enter")


def newest(page: Page, words: str) -> Locator:
    """The newest message that says this."""
    return page.get_by_role("log").get_by_role("article").filter(has_text=words).last


async def reads(where: Locator, words: str | re.Pattern[str]) -> None:
    await expect(where).to_contain_text(words)


def live_room(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("[Rr]oom standup$"))
