"""Turning the switches from outside, as a demo does."""


async def turn(served, path="switches", headers=None, **body) -> int:
    """Call a route of the control, and give the status of its answer."""
    url = f"{served.address}/_sim/slack/{path}"
    async with served.http.post(url, json=body, headers=headers) as response:
        return response.status
