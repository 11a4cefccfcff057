"""What the documentation of 100ms leaves open is no trap, whichever way it turns out."""

import pytest

from sandbox.hms.state.room.recording_order import recording
from sandbox.hms.state.room.room import Room
from tests.chat import Chat


@pytest.fixture
def only_open(chat: Chat) -> None:
    """A list that does not say which rooms it means shows those that are open."""
    chat.world.settings.list_default = "enabled"


# --- lists that leave locked rooms out


@pytest.mark.usefixtures("only_open")
async def test_a_locked_room_stays_in_the_list(chat: Chat, standup: Room) -> None:
    chat.world.add_room("webinar")
    await chat.says("mo", "/hms room lock standup --yes")

    said = await chat.says("vi", "/hms room list")

    assert "2 rooms." in said.text
    assert said.text.index("webinar · open") < said.text.index("standup · locked")


async def test_a_room_that_is_locked_in_that_moment_is_listed_once(chat: Chat, standup: Room) -> None:
    shown = {"id": standup.id, "name": "standup", "enabled": False}
    chat.world.fault("/rooms", status=200, body={"limit": 100, "data": [shown], "last": ""}, times=2)

    assert "1 room." in (await chat.says("vi", "/hms room list")).text


@pytest.mark.usefixtures("only_open")
async def test_a_locked_room_is_unlocked_by_its_name(chat: Chat) -> None:
    room = chat.world.add_room("webinar")
    await chat.says("mo", "/hms room lock webinar --yes")

    said = await chat.says("mo", "/hms room unlock webinar", "webinars")
    await chat.passes("1m")  # whatever was remembered of it
    again = await chat.says("mo", "/hms room unlock webinar", "webinars")

    assert "unlocked webinar." in said.text
    assert "webinar is open already" in again.text
    assert room.enabled


@pytest.mark.usefixtures("only_open")
async def test_a_locked_room_is_not_written_over(chat: Chat) -> None:
    room = chat.world.add_room("webinar", enabled=False, description="Thursdays")

    said = await chat.says("ada", "/hms room create Webinar --template classroom")

    assert "There is a room webinar already." in said.text
    assert chat.calls("rooms.create") == []
    assert room.description == "Thursdays"


@pytest.mark.usefixtures("only_open")
async def test_a_locked_room_can_be_chosen(chat: Chat) -> None:
    chat.world.add_room("webinar", enabled=False)

    said = await chat.says("ada", "/hms room show webinr")

    assert said.buttons == ("webinar",)


# --- a name that is only a part of one


async def test_a_name_means_the_room_that_is_called_so(chat: Chat) -> None:
    chat.world.settings.name_filter = "contains"
    meant = chat.world.add_room("math", enabled=False)
    for number in range(110):  # newer, and more than 100ms gives in one page
        chat.world.add_room(f"math-{number}", enabled=False)

    said = await chat.says("mo", "/hms room unlock Math")
    taken = await chat.says("ada", "/hms room create math")
    free = await chat.says("ada", "/hms room create mat")

    assert "unlocked math." in said.text
    assert meant.enabled
    assert "There is a room math already." in taken.text
    assert "Make the room mat?" in free.text


# --- acts that have not happened yet when they are answered


async def test_an_end_that_comes_later_is_one_end(chat: Chat, standup: Room) -> None:
    chat.world.settings.acts_lag_s = 20
    card = await chat.says("mo", "/hms end-room --lock")

    done = await chat.clicks("mo", "End and lock for 3 people", card)
    await chat.passes("30s")

    assert "Mo ended standup for 3 people, after 1 second, and locked it." in done.text.splitlines()
    assert (standup.session, standup.enabled) == (None, False)
    assert len(chat.calls("active_rooms.end_room")) == 1
    assert "Locked by Mo" in (await chat.says("mo", "/hms status")).text


async def test_an_end_that_comes_later_and_whose_answer_is_lost_is_not_called_undone(
    chat: Chat, standup: Room
) -> None:
    chat.world.settings.acts_lag_s = 20
    card = await chat.says("mo", "/hms end-room")
    chat.world.fault(f"/active-rooms/{standup.id}/end-room", drop=True)

    said = await chat.clicks("mo", "End for 3 people", card)
    await chat.passes("30s")

    assert "may have been done or not" in said.text
    assert len(chat.calls("active_rooms.end_room")) == 1
    assert standup.session is None


async def test_a_removal_that_comes_later_is_one_removal(chat: Chat, standup: Room) -> None:
    chat.world.settings.acts_lag_s = 20
    card = await chat.says("mo", "/hms remove --role guest --reason 'the lesson begins'")

    done = await chat.clicks("max", "Remove 2 people", card)
    await chat.passes("30s")

    assert "removed 2 people from standup." in done.text
    assert [peer.name for peer in standup.peers] == ["Hana"]
    assert len(chat.calls("active_rooms.remove_peers")) == 2


# --- recorders in a role that people have too


async def recorded(chat: Chat, room: Room, role: str) -> None:
    """Somebody starts a recording elsewhere, whose bot comes in this role a second later."""
    chat.world.settings.recorder_role = role
    room.start(recording(room, url=f"https://school.app.100ms.live/preview/{room.id}/{role}"))
    await chat.passes("1s")


@pytest.mark.parametrize("role", ["guest", "host", "muted", "beam"])
async def test_a_recorder_is_nobody_in_any_role(chat: Chat, standup: Room, role: str) -> None:
    await chat.passes("1m")
    await recorded(chat, standup, role)
    assert [peer.name for peer in standup.peers] == ["Hana", "Gus", "Ivy", "Recorder"]

    who = await chat.says("vi", "/hms who")
    status = await chat.says("vi", "/hms status")
    card = await chat.says("mo", "/hms end-room")

    assert "3 people in standup." in who.text
    assert "Recorder" not in who.text
    assert "standup · 3 people" in status.text
    assert "● 1 recording" in status.text
    assert card.buttons[0] == "End for 3 people"


async def test_nobody_is_taken_for_a_recorder_by_their_moment_alone(chat: Chat, standup: Room) -> None:
    chat.world.settings.recorder_role = "guest"
    await chat.passes("1m")
    standup.start(recording(standup, url="https://school.app.100ms.live/meeting/abc-defg-hij"))
    await chat.passes("1s")

    assert "4 people in standup." in (await chat.says("vi", "/hms who")).text


async def test_a_recorder_goes_on_when_its_role_is_removed(chat: Chat, standup: Room) -> None:
    await recorded(chat, standup, "guest")

    card = await chat.says("mo", "/hms remove --role guest --reason 'the lesson begins'")
    await chat.clicks("max", "Remove 2 people", card)

    assert "Remove 2 people from standup?" in card.text
    assert [peer.name for peer in standup.peers] == ["Hana", "Recorder"]


async def test_a_recorder_stays_one_when_its_job_is_over(chat: Chat, standup: Room) -> None:
    await recorded(chat, standup, "guest")
    await chat.says("vi", "/hms who")

    chat.world.fault("/recordings", status=200, body={"limit": 10, "data": []}, times=9)
    standup.join("Lea")
    said = await chat.says("vi", "/hms who")

    assert "4 people in standup." in said.text
    assert "Lea" in said.text


async def test_who_came_at_the_same_moment_in_that_role_is_not_overlooked(chat: Chat, standup: Room) -> None:
    chat.world.settings.recorder_role = "guest"
    standup.start(recording(standup, url=f"https://school.app.100ms.live/preview/{standup.id}/guest"))
    await chat.passes("1s")
    standup.join("Lea")

    said = await chat.says("vi", "/hms who")

    assert "5 people in standup." in said.text
    assert "Lea" in said.text


async def test_people_are_seen_also_when_what_runs_is_not(chat: Chat, standup: Room) -> None:
    chat.world.fault("/recordings", status=403, times=9)

    assert "3 people in standup." in (await chat.says("vi", "/hms who")).text


async def test_who_comes_while_a_job_starts_is_somebody(chat: Chat, standup: Room) -> None:
    await chat.passes("1m")
    standup.start(recording(standup, url=f"https://school.app.100ms.live/preview/{standup.id}/guest"))
    assert "3 people in standup." in (await chat.says("vi", "/hms who")).text

    await chat.passes("1s")
    assert "3 people in standup." in (await chat.says("vi", "/hms who")).text

    await chat.passes("10s")
    standup.join("Lea")
    assert "4 people in standup." in (await chat.says("vi", "/hms who")).text


# --- somebody whose line was lost


async def test_who_lost_the_line_and_came_back_is_removed_as_often_as_they_are_there(
    chat: Chat, standup: Room
) -> None:
    gus = next(peer for peer in standup.peers if peer.name == "Gus")
    standup.drop(gus)
    again = standup.join("Gus")

    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.clicks("max", "Remove “Gus”", card)
    await chat.passes("2m")

    assert not {gus, again} & {*standup.peers}


# --- pages and members


@pytest.mark.parametrize("ends", ["empty", "null", "absent"])
@pytest.mark.parametrize("empty", ["null", "list"])
async def test_lists_end_in_every_way(chat: Chat, ends: str, empty: str) -> None:
    chat.world.settings.last_page, chat.world.settings.empty_list = ends, empty
    assert "There is no room yet." in (await chat.says("vi", "/hms room list")).text

    for number in range(100):
        chat.world.add_room(f"room-{number}")

    assert "100 rooms." in (await chat.says("vi", "/hms room list")).text
    assert "unlocked" not in (await chat.says("mo", "/hms room unlock nosuch")).text


@pytest.mark.parametrize("reading", [{"unset": "null"}, {"older_members": False}])
async def test_older_members_and_nulls_change_nothing(
    chat: Chat, standup: Room, reading: dict[str, object]
) -> None:
    lines = ("status", "who", "room list")
    before = [(await chat.says("vi", f"/hms {line}")).text for line in lines]
    chat.world.bend(chat.world.settings.model_copy(update=reading))

    after = [(await chat.says("vi", f"/hms {line}")).text for line in lines]

    assert after == before
