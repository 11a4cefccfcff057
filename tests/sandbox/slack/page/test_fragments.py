from typing import Any

from sandbox.hms.state.beam.beam import Kind, Order
from sandbox.hms.state.poll.poll import Option, PollBody, Question
from sandbox.hms.state.room.message import Message
from sandbox.hms.state.world import World
from sandbox.slack.page.fragments import Scene, fragments
from sandbox.slack.page.live import with_hand
from sandbox.slack.page.seat import sit
from sandbox.slack.workspace import Workspace
from tests.sandbox.slack.page.app import CARD, FORM, ScriptedApp, section


def seen(
    workspace: Workspace, person: str, channel: str = "C0CLASSES", world: World | None = None
) -> dict[str, str]:
    seat = sit(workspace, {"as": person, "channel": channel})
    drawn = fragments(Scene(workspace, world), seat)
    return {name: " ".join(fragment.split()) for name, fragment in drawn.items()}


async def test_a_message_has_its_author_its_time_in_the_zone_of_the_reader_and_its_words(
    workspace: Workspace,
) -> None:
    await workspace.says("U0VI", "C0CLASSES", "hello *@mo* <b>")
    mo, max_ = seen(workspace, "U0MO")["log"], seen(workspace, "U0MAX")["log"]
    assert 'aria-label="Vi 11:30"' in mo
    assert 'aria-label="Vi 16:00"' in max_
    assert '<strong><span class="mention mention-me">@Mo</span></strong> &lt;b&gt;' in mo
    assert "APP" not in mo


async def test_the_app_has_a_badge_and_an_edit_is_marked(workspace: Workspace) -> None:
    said = workspace.state.app.posts("C0CLASSES", "Ends it.", CARD)
    assert "APP" in seen(workspace, "U0MO")["log"]
    assert "(edited)" not in seen(workspace, "U0MO")["log"]
    workspace.state.app.edits("C0CLASSES", said.ts, "Ended.", [section("*Ended.*")])
    assert "(edited)" in seen(workspace, "U0MO")["log"]
    assert "<strong>Ended.</strong>" in seen(workspace, "U0MO")["log"]


async def test_what_is_for_one_person_is_seen_by_nobody_else(workspace: Workspace) -> None:
    workspace.state.app.whispers("C0CLASSES", "U0MO", "Sure?")
    assert "Only visible to you" in seen(workspace, "U0MO")["log"]
    assert "Sure?" not in seen(workspace, "U0MAX")["log"]


async def test_replies_stand_under_what_they_answer(workspace: Workspace) -> None:
    asked = workspace.state.app.posts("C0CLASSES", "first")
    workspace.state.app.posts("C0CLASSES", "second")
    await workspace.says("U0MAX", "C0CLASSES", "a reply", asked.ts)
    log = seen(workspace, "U0MO")["log"]
    assert log.index("first") < log.index('aria-label="Thread"') < log.index("a reply") < log.index("second")
    assert log.count("in a thread") == 2  # one can answer the two, and not the reply


async def test_a_reply_stays_when_what_it_answers_is_gone(workspace: Workspace) -> None:
    asked = workspace.state.app.posts("C0CLASSES", "first")
    await workspace.says("U0MAX", "C0CLASSES", "a reply", asked.ts)
    workspace.state.app.deletes("C0CLASSES", asked.ts)
    assert "a reply" in seen(workspace, "U0MO")["log"]


def test_an_empty_channel_explains_itself(workspace: Workspace) -> None:
    seat = sit(workspace, {"as": "U0MO", "channel": "C0CLASSES"})
    words = [("room list", "See the rooms."), ("room lock <room>", "Close a room.")]
    log = fragments(Scene(workspace, words=words, tries=("/hms room lock yoga", "/hms dance")), seat)["log"]
    assert "This is #classes." in log
    assert 'data-says="/hms room lock yoga">/hms room lock yoga <small>Close a room.</small></button>' in log
    assert 'data-says="/hms dance">/hms dance</button>' in log


def test_a_second_tab_is_offered_as_a_moderator_who_is_somebody_else(workspace: Workspace) -> None:
    assert (
        '<a href="/?as=U0MAX&amp;channel=C0CLASSES" target="_blank">be Max' in seen(workspace, "U0MO")["log"]
    )
    assert (
        '<a href="/?as=U0MO&amp;channel=C0CLASSES" target="_blank">be Mo' in seen(workspace, "U0MAX")["log"]
    )


def test_the_sidebar_lists_only_what_this_person_is_in(workspace: Workspace) -> None:
    assert "mods" in seen(workspace, "U0MO")["places"]
    assert "mods" not in seen(workspace, "U0VI")["places"]
    assert 'data-place="C0CLASSES" data-last="" aria-current=page' in seen(workspace, "U0VI")["places"]


def test_group_messages_are_called_by_who_is_in_them(workspace: Workspace) -> None:
    group = workspace.gathers("U0MO", "U0MAX").id
    assert "Max, hms</a>" in seen(workspace, "U0MO")["places"].replace('<span class="unread">new</span>', "")
    assert sit(workspace, {"as": "U0MO", "channel": group}).title == "Max, hms"
    assert "Max, hms" not in seen(workspace, "U0VI")["places"]


async def test_a_closed_channel_says_so(workspace: Workspace) -> None:
    assert "closed" not in seen(workspace, "U0MO")["places"]
    await workspace.archives("C0CLASSES")
    assert "classes · closed" in seen(workspace, "U0MO")["places"]


def test_the_messages_of_the_app_and_its_home_have_places_of_their_own(workspace: Workspace) -> None:
    workspace.state.app.posts("U0MO", "Three checks are green.")
    assert "Three checks are green." in seen(workspace, "U0MO", "app")["log"]
    assert "has not shown anything" in seen(workspace, "U0MO", "home")["home"]
    workspace.state.app.publishes("U0MO", {"type": "home", "blocks": [section("*Your rooms*")]})
    assert "<strong>Your rooms</strong>" in seen(workspace, "U0MO", "home")["home"]


async def test_the_form_on_top_is_shown_to_whom_it_was_opened(workspace: Workspace, app: ScriptedApp) -> None:
    await workspace.says("U0MO", "C0CLASSES", "/hms remove")
    workspace.state.app.opens(app.last["trigger_id"], FORM)
    views = seen(workspace, "U0MO")["views"]
    assert "Remove somebody</h2>" in views
    assert '<button class="button primary">Ask for it</button>' in views
    assert seen(workspace, "U0MAX")["views"] == ""


def test_a_room_shows_its_people_and_what_one_can_do_for_them(workspace: Workspace, world: World) -> None:
    room = world.room_named("standup")
    assert room
    gus = room.join('Gus "the voice"')
    room.mute(gus, "video", mute=True)
    gus.raise_hand()
    rooms = seen(workspace, "U0MO", world=world)["rooms"]
    assert 'aria-label="Live room standup"' in rooms
    assert "Live · 2" in rooms
    assert 'aria-label="Mute Gus &#34;the voice&#34;"' in rooms
    assert 'aria-label="Turn on the camera of Gus' in rooms
    assert 'aria-label="Lower the hand of Gus' in rooms
    assert "microphone on, camera off, hand raised" in rooms


def test_what_was_said_to_somebody_who_has_left_names_them(workspace: Workspace, world: World) -> None:
    room = world.room_named("standup")
    assert room
    gus = room.join("Gus")
    room.messages.append(Message(text="stop", type="chat", at=world.now(), peer_id=gus.id, name=gus.name))
    room.leave(gus)

    rooms = seen(workspace, "U0MO", world=world)["rooms"]

    assert "<q>stop</q> <small>to Gus</small>" in rooms
    assert gus.id not in rooms


def test_a_role_that_sends_nothing_cannot_be_unmuted(workspace: Workspace, world: World) -> None:
    room = world.room_named("standup")
    assert room
    room.join("Gus", role="muted")
    rooms = seen(workspace, "U0MO", world=world)["rooms"]
    assert "mute Gus" not in rooms
    assert "Let Gus leave" in rooms


def test_what_runs_and_what_is_closed_has_a_badge(workspace: Workspace, world: World) -> None:
    room = world.room_named("standup")
    assert room
    room.start(Order(kind=Kind.RECORDING, meeting_url="https://a.example"))
    world.add_room("lecture", enabled=False)
    rooms = seen(workspace, "U0MO", world=world)["rooms"]
    assert ">Recording</span>" in rooms
    assert 'aria-label="Room lecture"' in rooms
    assert "Locked</span>" in rooms
    assert rooms.count("Join somebody") == 1


def test_what_a_room_is_asked_can_be_answered_by_whoever_is_in(workspace: Workspace, world: World) -> None:
    questions = [Question(text="Where <to>?", options=[Option(text="Oslo")]), Question(type="short-answer")]
    poll = world.polls.make(PollBody(title="A trip", questions=questions))
    room = world.room_named("standup")
    assert room
    assert "Vote" not in seen(workspace, "U0MO", world=world)["rooms"]
    world.change_room(room, polls=[poll.id, "nothing"])
    rooms = seen(workspace, "U0MO", world=world)["rooms"]
    assert rooms.count("Vote: A trip") == 1
    assert f'data-post="/_sim/rooms/{room.id}/vote"' in rooms
    assert f'data-body="{{&#34;poll_id&#34;: &#34;{poll.id}&#34;, &#34;question&#34;: 1}}"' in rooms
    assert "Where &lt;to&gt;?</label>" in rooms
    assert '<option value="[1]">Oslo</option>' in rooms
    assert "Question 2</label>" in rooms
    room.end()
    assert "Vote" not in seen(workspace, "U0MO", world=world)["rooms"]


def test_without_rooms_there_is_no_window_on_them(workspace: Workspace) -> None:
    assert "rooms" not in seen(workspace, "U0MO")


def test_a_raised_hand_keeps_what_else_the_metadata_says() -> None:
    assert with_hand('{"seat": 4}', up=True) == '{"seat": 4, "isHandRaised": true}'
    assert with_hand("no json", up=False) == '{"isHandRaised": false}'
    assert with_hand("[1]", up=True) == '{"isHandRaised": true}'


def small(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


WAITS = [
    section("*Asked by:* <@U0MO>"),
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "yes",
                "style": "danger",
                "text": {"type": "plain_text", "text": "Remove “Gus”"},
            }
        ],
    },
    small("<@U0MAX> or <@U0ADA> decide · 10 minutes left"),
]


def test_beside_a_card_stands_whom_to_act_as_to_decide_it(workspace: Workspace) -> None:
    card = workspace.state.app.posts("C0CLASSES", "Remove Gus?", WAITS)
    link = 'href="/?as=U0MAX&amp;channel=C0CLASSES">Act as Max to decide</a>'

    assert link in seen(workspace, "U0MO")["log"]
    assert link in seen(workspace, "U0VI")["log"]
    assert "to decide" not in seen(workspace, "U0MAX")["log"]  # who can, does it there
    assert "to decide" not in seen(workspace, "U0ADA")["log"]

    admins = [*WAITS[:-1], small("<@U0ADA> decides · 10 minutes left")]
    workspace.state.app.edits("C0CLASSES", card.ts, "Remove Hana, a host?", admins)
    assert "Act as Ada to decide" in seen(workspace, "U0MAX")["log"]

    workspace.state.app.edits("C0CLASSES", card.ts, "Removed Gus.", [section("Removed Gus.")])
    assert "to decide" not in seen(workspace, "U0MO")["log"]


def test_what_a_moderator_has_to_confirm_alone_is_decided_by_nobody_else(workspace: Workspace) -> None:
    workspace.state.app.whispers("C0CLASSES", "U0MO", "End it?", WAITS)
    assert "to decide" not in seen(workspace, "U0MO")["log"]


def test_who_is_muted_while_others_decide_is_shown_so(workspace: Workspace, world: World) -> None:
    room = world.room_named("standup")
    assert room
    gus = room.join("Gus", role="muted")
    assert "while others decide" not in seen(workspace, "U0MO", world=world)["rooms"]
    card = workspace.state.app.posts("C0CLASSES", "Remove Gus?", WAITS)
    assert "muted while others decide" in seen(workspace, "U0MO", world=world)["rooms"]

    room.change(gus, role="guest")
    assert "while others decide" not in seen(workspace, "U0MO", world=world)["rooms"]
    room.change(gus, role="muted")
    workspace.state.app.deletes("C0CLASSES", card.ts)
    assert "while others decide" not in seen(workspace, "U0MO", world=world)["rooms"]


def test_a_lost_line_is_shown_and_who_lost_it_can_come_back(workspace: Workspace, world: World) -> None:
    room = world.room_named("standup")
    assert room
    gus = room.join("Gus", user_id="gus-1")
    room.change(gus, role="muted")
    assert 'aria-label="Drop the line of Gus"' in seen(workspace, "U0MO", world=world)["rooms"]

    room.drop(gus)

    rooms = seen(workspace, "U0MO", world=world)["rooms"]
    assert "line lost" in rooms
    back = (
        "{&#34;name&#34;: &#34;Gus&#34;, &#34;role&#34;: &#34;guest&#34;, &#34;user_id&#34;: &#34;gus-1&#34;}"
    )
    assert back in rooms
    assert "Drop the line of Gus" not in rooms
