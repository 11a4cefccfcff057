"""Opening the page as somebody."""

from playwright.async_api import Page


async def act_as(page: Page, address: str, person: str, channel: str = "C0CLASSES") -> Page:
    await page.goto(f"{address}?as={person}&channel={channel}")
    return page
