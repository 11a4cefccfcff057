"""Bare slack-bolt for Python as its documentation begins: the defaults, and a listener that only acks."""

import os
import sys

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

app = AsyncApp(
    client=AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
)


@app.command("/hms")
async def acknowledge(ack: AsyncAck) -> None:
    await ack()


if __name__ == "__main__":
    app.start(int(sys.argv[1]), host="127.0.0.1")
