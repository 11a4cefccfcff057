"""A world in which there is one of everything that can be asked for."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from bot.hms import Hms, LiveStream, Poll, PollOption, Question
from bot.hms.live_streams import StreamRecording
from bot.hms.poll import RightAnswer
from bot.hms.sip import Trunk
from sandbox.hms.events.delivery import Endpoint
from sandbox.hms.state.peer import Peer
from sandbox.hms.state.poll.poll_run import Vote
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.world import World

PLATFORM = SecretStr("rtmp://live.example/app/K-1")
TRUNK = Trunk(username="desk", password=SecretStr("S-1"), address="sip.example", from_number="+15550199")
QUIZ = Poll(
    title="Capitals",
    type="quiz",
    start="manual",
    questions=(
        Question(
            text="France?",
            answer=RightAnswer(options=(2,)),
            options=(PollOption(text="Lyon"), PollOption(text="Paris"), PollOption(text="Nice")),
        ),
        Question(text="Why?", type="long-answer"),
    ),
)


@dataclass
class Stage:
    """What there is: ``standup`` is live, ``studio`` records and streams, ``tower`` is pushed.

    Nobody is in ``quiet``. Over are a session, its film, and a webhook that nobody took.
    """

    world: World
    standup: Room
    studio: Room
    tower: Room
    quiet: Room
    gus: Peer
    guest_code: SecretStr = field(init=False)
    app_token: SecretStr = field(init=False)
    film: Any = field(init=False)
    stream: LiveStream = field(init=False)
    quiz: Poll = field(init=False)
    trunk: str = field(init=False)
    replay: str = field(init=False)

    @property
    def template(self) -> Any:
        return self.standup.template

    @property
    def recording(self) -> Any:
        return self.studio.beams[0]

    @property
    def push(self) -> Any:
        return self.tower.beams[0]

    @property
    def past(self) -> Any:
        return self.standup.sessions[0]

    @property
    def poll(self) -> Any:
        return self.world.polls.find(self.quiz.id)

    @property
    def run(self) -> Any:
        return self.world.polls.runs(self.poll)[0]


async def built(hms: Hms, world: World) -> Stage:
    """Furnish the world by the operations themselves and by what people do in the apps."""
    rooms = [world.add_room(name, live=name != "quiet") for name in ("standup", "studio", "tower", "quiet")]
    await _film(hms, world, rooms[0])
    stage = Stage(world, *rooms, gus=rooms[0].join("Gus", user_id="gus-17"))
    await _open_doors(hms, stage)
    await _start(hms, stage)
    await _ask_the_room(hms, stage)
    await _miss_a_webhook(hms, stage)
    stage.film = await hms.recordings.get(stage.standup.beams[0].id)
    return stage


async def _film(hms: Hms, world: World, room: Room) -> None:
    """Record a session and end it."""
    started = await hms.recordings.start_for_room(room.id)
    world.advance(60)
    await hms.recordings.stop(started.id)
    room.end()
    world.advance(600)


async def _open_doors(hms: Hms, stage: Stage) -> None:
    codes = await hms.room_codes.create_all(stage.standup.id)
    stage.guest_code = next(each.code for each in codes if each.role == "guest")
    stage.app_token = (await hms.room_codes.auth_token(stage.guest_code)).token
    await hms.stream_keys.create(stage.standup.id)
    stage.trunk = (await hms.sip.create_trunk(TRUNK)).id
    await hms.sip.start_call("+15550123", room_code=stage.guest_code, trunk_id=stage.trunk, name="Ivy")


async def _start(hms: Hms, stage: Stage) -> None:
    await hms.recordings.start_for_room(stage.studio.id)
    stage.stream = await hms.live_streams.start_for_room(
        stage.studio.id, recording=StreamRecording(hls_vod=True)
    )
    await hms.external_streams.start_for_room(stage.tower.id, [PLATFORM])
    stage.world.advance(60)


async def _ask_the_room(hms: Hms, stage: Stage) -> None:
    stage.quiz = await hms.polls.create(QUIZ)
    await hms.polls.link_room(stage.standup.id, [stage.quiz.id])
    stage.world.polls.vote(stage.standup, stage.poll, stage.gus, 1, Vote(options=[2], text=""))


async def _miss_a_webhook(hms: Hms, stage: Stage) -> None:
    webhooks = stage.world.webhooks
    webhooks.go_to(Endpoint(url="http://127.0.0.1:9/hook"))  # nobody listens there
    stage.quiet.join("Gus")
    webhooks.go_to(None)
    for _ in range(4):
        while delivery := webhooks.next_due():
            webhooks.answered(delivery, status=500)
        stage.world.advance(20)
    stage.quiet.end()
    day = {"start_time": stage.world.now() - timedelta(days=1), "end_time": stage.world.now()}
    stage.replay = (await hms.analytics.replay_webhooks(status="success", **day)).workflow_id
