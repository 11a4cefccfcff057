"""Walking a list to its end, whichever of its four ways 100ms has for telling where the next page starts."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol, TypeVar

LARGEST_PAGE = 100

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")
Cursor = TypeVar("Cursor", bound=str | int)
Cursor_co = TypeVar("Cursor_co", bound=str | int, covariant=True)


class Part(Protocol[T_co, Cursor_co]):
    """One page of a list of any kind."""

    @property
    def found(self) -> tuple[T_co, ...]:
        """What stands on this page."""
        ...

    @property
    def following(self) -> Cursor_co | None:
        """Where the next page starts; None when nothing can come after this one."""
        ...


async def first_of(walk: AsyncIterator[T], most: int) -> tuple[list[T], bool]:
    """The first so many of a list that is walked, and whether there are others."""
    found: list[T] = []
    async for one in walk:
        if len(found) == most:
            return found, True
        found.append(one)
    return found, False


async def each_of(page_from: Callable[[Cursor | None], Awaitable[Part[T, Cursor]]]) -> AsyncIterator[T]:
    """Walk a whole list; the next page is on its way while the caller works on this one."""
    start: Cursor | None = None
    page = await page_from(start)
    while page.following not in {None, start}:
        start = page.following
        coming = asyncio.ensure_future(page_from(start))
        try:
            for found in page.found:
                yield found
            page = await coming
        finally:  # also where the caller has seen enough
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
    for found in page.found:
        yield found
