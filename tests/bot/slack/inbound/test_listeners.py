"""What comes in from Slack: who is heard, where they are answered, and that they always are."""

from dataclasses import replace

import pytest

from sandbox.slack.delivery import Ack, Payload
from tests.chat import Chat

MO = "U0MO"


async def delivered(chat: Chat, kind: str, body: dict[str, object]) -> Ack:
    """Hand the bot a payload as it stands."""
    ack = await chat.workspace.state.delivery.deliver(Payload(kind, body))
    await chat.bot.idle()
    return ack


def command(chat: Chat, text: str, **changed: object) -> dict[str, object]:
    """Mo's line as Slack sends it."""
    state = chat.workspace.state
    place = state.directory.channel("C0CLASSES")
    url = state.respond_at(state.response_urls.issue(MO, place.id))
    person, trigger = state.directory.person(MO), state.triggers.issue(MO)
    return state.payloads.slash_command(person, place, text, trigger_id=trigger, response_url=url) | changed


def mention(chat: Chat, text: str, **changed: object) -> dict[str, object]:
    """Mo's mention of the bot as Slack sends it."""
    event = {
        "type": "app_mention",
        "user": MO,
        "text": f"<@U0HMS> {text}",
        "ts": "1.0",
        "channel": "C0CLASSES",
    }
    return chat.workspace.state.payloads.event(event | changed, "Ev1", int(chat.clock.now.timestamp()))


async def test_a_mention_in_a_thread_is_answered_there_and_only_to_who_asked(chat: Chat) -> None:
    root = (await chat.workspace.says("U0VI", "C0CLASSES", "Good morning") or True) and chat.reads(
        "vi"
    ).messages[-1]
    await chat.workspace.says(MO, "C0CLASSES", "@hms room list", thread_ts=root.ts)
    await chat.bot.idle()
    answer = chat.reads("mo").messages[-1]
    assert (answer.thread_ts, answer.only_for) == (root.ts, MO)


@pytest.mark.parametrize("text", ["@hms: who", "@hms, who", "@hms who?", "@hms - who!", "@hms who classes?"])
async def test_the_bot_is_spoken_to_as_people_are(chat: Chat, text: str) -> None:
    room = chat.world.add_room("classes", live=True)
    room.join("Gus")
    await chat.binds("classes", room)

    assert "2 people in classes." in (await chat.says("mo", text)).text


async def test_a_mention_that_is_edited_does_not_act_again(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    edited = mention(chat, "end-room standup --yes", edited={"user": MO, "ts": "1.1"})
    assert (await delivered(chat, "events_api", edited)).error is None
    assert chat.calls("active_rooms.end_room") == []


async def test_an_event_that_slack_repeats_acts_once(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    for _ in range(2):
        await delivered(chat, "events_api", mention(chat, "end-room standup --yes"))
    assert len(chat.calls("active_rooms.end_room")) == 1


async def test_the_bot_does_not_hear_itself(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    for changed in ({"user": "U0HMS"}, {"bot_id": "B0OTHER"}):
        await delivered(chat, "events_api", mention(chat, "end-room standup --yes", **changed))
    assert chat.calls("active_rooms.end_room") == []
    assert chat.reads("mo").messages == ()


async def test_a_line_from_another_workspace_is_refused_with_a_sentence(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    ack = await delivered(chat, "slash_commands", command(chat, "end-room standup --yes", team_id="T0OTHER"))
    assert ack.body["text"] == "This hms-bot serves another workspace, so nothing was done here."
    assert chat.calls("active_rooms.end_room") == []


async def test_a_click_of_somebody_from_another_workspace_is_refused_with_a_sentence(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    card = await chat.says("mo", "/hms end-room standup")
    chat.workspace.directory.put(replace(chat.workspace.directory.person(MO), team="T0OTHER"))
    await chat.passes("61s")  # what Slack said of somebody counts for a minute
    said = await chat.clicks("mo", card.buttons[0], card)
    assert "You are from another workspace here" in said.text
    assert chat.calls("active_rooms.end_room") == []


async def test_what_slack_tells_another_workspace_of_the_app_is_refused(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    elsewhere = mention(chat, "end-room standup --yes")
    elsewhere["authorizations"] = [{"team_id": "T0OTHER"}]
    await delivered(chat, "events_api", elsewhere)
    assert "serves another workspace" in chat.reads("mo").text
    assert chat.calls("active_rooms.end_room") == []


async def test_a_line_in_another_shape_than_slacks_is_answered_by_that(chat: Chat) -> None:
    broken = command(chat, "help")
    del broken["channel_id"]
    ack = await delivered(chat, "slash_commands", broken)
    assert ack.error is None
    assert ack.body["text"].startswith("Slack told me this in a way that I cannot read")


@pytest.mark.parametrize("event", ["message", "reaction_added", "team_join"])
async def test_events_of_no_concern_are_acked(chat: Chat, event: str) -> None:
    assert (await delivered(chat, "events_api", mention(chat, "help", type=event))).error is None
    assert chat.reads("mo").messages == ()


async def test_tokens_in_a_line_are_read_as_slack_means_them(chat: Chat) -> None:
    said = await chat.says("ada", "/hms can @mo end-room")
    assert "Mo" in said.text
    chat.world.add_room("standup")
    said = await chat.says("mo", "/hms status <@U0ADA>")
    assert "&lt;@U0ADA&gt;" in said.messages[-1].text  # only the letters somebody typed
