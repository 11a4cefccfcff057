"""The rooms at 100ms of those whose database it is, each with a past session: the same ids whenever built."""

from collections.abc import Callable
from datetime import timedelta

from sandbox.hms.state.poll.poll import Option, PollBody, Question
from sandbox.hms.state.world import World
from tests.way import MORNING, Clock

ROOMS = ("standup", "yoga", "webinar", "choir", "exam")
LEFT = MORNING + timedelta(hours=27)  # when what was left open was asked for
BACK = LEFT + timedelta(minutes=5)  # when somebody starts it again


def town(clock: Clock) -> Callable[[World], None]:
    """Build them as they were in the beginning, whatever the time is now."""

    def furnish(world: World) -> None:
        now, clock.now = clock.now, MORNING - timedelta(days=30)  # long before anybody looked
        for name in ROOMS:
            room = world.add_room(name)
            room.join("Hana", "host")
            room.end()
        asked = Question(text="Ready?", options=[Option(text="Yes"), Option(text="No")])
        world.polls.make(PollBody(title="Ready?", questions=[asked]))
        clock.now = now

    return furnish
