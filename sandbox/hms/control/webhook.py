"""Control of the emulated webhooks: where they go, what goes wrong on the way, and what became of them."""

from typing import Annotated

from pydantic import BaseModel, Field

from sandbox.hms.events.delivery import Endpoint
from sandbox.hms.events.webhooks import Weather
from sandbox.hms.operation import Body, Call, operation
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer

Share = Annotated[float, Field(ge=0, le=1)]


class WebhookBody(BaseModel, strict=True):
    """Where webhooks go, and how bad the way is."""

    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    headers: dict[str, str] = Field(default={}, repr=False)
    loss: Share = 0
    repeat: Share = 0
    reorder_s: Annotated[float, Field(ge=0)] = 0
    seed: int = 0


@operation("control.webhook", "PUT", "/webhook", body=Body.REQUIRED)
def webhook(world: World, call: Call) -> Answer:
    """Set the workspace's webhook, as the dashboard does."""
    body = call.read(WebhookBody)
    world.webhooks.go_to(Endpoint(url=body.url, headers=body.headers))
    world.webhooks.set_weather(Weather(**body.model_dump(exclude={"url", "headers"})))
    return {}


@operation("control.deliveries", "GET", "/webhook/deliveries")
def deliveries(world: World, call: Call) -> Answer:
    """Show what was sent, or is about to be; all of it or one kind of event."""
    wanted = call.query.get("type")
    found = [each for each in world.webhooks.deliveries if wanted in {"", each.event.type}]
    return {"deliveries": [delivery.shown() for delivery in found]}
