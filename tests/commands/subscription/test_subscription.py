"""``subscription``: a channel follows a room, in what and how much; who may not look there learns nothing."""

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


def cards(chat: Chat, channel: str = "classes") -> list[str]:
    return [one for one in chat.channel(channel) if "at most at once" in one]


async def test_a_moderator_lets_a_channel_follow_its_room_and_the_card_is_there_at_once(
    chat: Chat, standup: Room
) -> None:
    said = await chat.says("mo", "/hms subscribe")
    await chat.passes("1s")

    assert "Mo let <#C0CLASSES> follow standup." in said.text
    assert "sessions, recordings, streams, and schedule · normal: the card and its thread" in said.text
    [card] = cards(chat)
    assert card.splitlines() == [
        "standup · 3 people · open",
        "Since 09:00 UTC: 2 guest and 1 host; 3 people at most at once.",
        "Mo lets this channel follow standup: the card and its thread.",
    ]


async def test_without_a_session_nothing_is_posted_until_the_next_one(chat: Chat) -> None:
    yoga = chat.world.add_room("yoga")
    await chat.says("mo", "/hms subscription add yoga")
    await chat.passes("5m")
    assert cards(chat) == []

    yoga.join("Gus")
    await chat.says("mo", "/hms subscription add yoga peers")
    await chat.passes("1s")
    assert len(cards(chat)) == 1


async def test_where_100ms_refuses_the_look_nothing_is_followed(chat: Chat, standup: Room) -> None:
    chat.world.fault("/v2/sessions", status=403, times=1)
    said = await chat.says("mo", "/hms subscribe")
    await chat.passes("1s")

    assert "Nothing was done." in said.text
    assert cards(chat) == []
    assert "Mo let <#C0CLASSES> follow standup." in (await chat.says("mo", "/hms subscribe")).text


async def test_to_follow_again_says_what_changed(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms subscribe standup recordings")

    again = await chat.says("mo", "/hms subscribe standup peers --style verbose")
    assert "Mo changed how <#C0CLASSES> follows standup." in again.text
    assert "also peers now · verbose now, was normal" in again.text

    told = len(chat.channel("classes"))
    for line in ("subscribe standup peers", "please subscribe standup peers"):
        same = await chat.says("mo", f"/hms {line}")
        assert "<#C0CLASSES> follows standup already." in same.text
        assert same.buttons == ()
    assert len(chat.channel("classes")) == told


async def test_a_feature_is_no_room(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms subscribe recordings streams")

    assert "Mo let <#C0CLASSES> follow standup.\nrecordings and streams" in said.text


async def test_one_feature_can_be_left_and_taken_back(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms subscribe")

    left = await chat.says("mo", "/hms unsubscribe recordings")
    assert "Mo let <#C0CLASSES> hear no more of recordings in standup." in left.text
    assert "sessions, streams, and schedule" in left.text

    await chat.clicks("mo", "Follow it again", left)
    listed = await chat.says("vi", "/hms subscription list")
    assert "sessions, recordings, streams, and schedule" in listed.text


async def test_only_who_may_end_it_has_its_button_in_the_list(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms subscribe")

    assert (await chat.says("vi", "/hms subscription list")).buttons == ()
    assert (await chat.says("mo", "/hms subscription list")).buttons == ("Stop",)


async def test_what_is_not_followed_of_a_room_is_not_left_for_everybody_to_read(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms subscribe standup polls")
    await chat.says("mo", "/hms subscribe standup sessions")
    await chat.says("mo", "/hms unsubscribe standup polls")
    told = chat.channel("classes")

    said = await chat.says("mo", "/hms unsubscribe standup polls")

    assert said.text.startswith("<#C0CLASSES> does not follow polls of standup.")
    assert chat.channel("classes") == told


async def test_the_card_of_a_channel_that_follows_no_more_says_so(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms subscribe")
    await chat.passes("1s")

    await chat.says("max", "/hms unsubscribe")
    standup.join("Uma")
    await chat.passes("2m")

    assert cards(chat) == []
    assert "Max had this channel stop following standup." in chat.channel("classes")


async def test_a_channel_hears_of_recordings_until_it_says_otherwise(chat: Chat, standup: Room) -> None:
    left = await chat.says("mo", "/hms unsubscribe")
    assert "Mo let <#C0CLASSES> stop following standup." in left.text

    await chat.says("mo", "/hms record start")
    await chat.passes("10m")
    standup.end()
    for _ in range(8):
        await chat.passes("1m")
    assert [one for one in chat.channel("classes") if "was recorded" in one] == []

    again = await chat.says("mo", "/hms unsubscribe")
    assert "<#C0CLASSES> does not follow standup." in again.text


async def test_every_room_takes_the_right_to_every_room(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @max --yes")
    await chat.grants("max", Chat.MODERATOR, standup.id)
    chat.world.add_room("yoga").join("Uma")

    assert "Only moderators can do this" in (await chat.says("max", "/hms subscribe *")).text

    said = await chat.says("mo", "/hms subscribe *", "webinars")
    await chat.passes("1s")
    assert "Mo let <#C0WEBINARS> follow every room." in said.text
    assert sorted(one.split(" · ")[0] for one in cards(chat, "webinars")) == ["standup", "yoga"]

    one_less = await chat.says("mo", "/hms unsubscribe yoga", "webinars")
    assert "Mo let <#C0WEBINARS> stop following yoga." in one_less.text
    assert [one.split(" · ")[0] for one in cards(chat, "webinars")] == ["standup"]


async def test_all_is_every_room_unless_one_is_called_so(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms subscribe all recordings", "webinars")
    assert "Mo let <#C0WEBINARS> follow every room.\nrecordings" in said.text
    left = await chat.says("mo", "/hms unsubscribe all", "webinars")
    assert "Mo let <#C0WEBINARS> stop following every room." in left.text

    chat.world.add_room("all")
    said = await chat.says("mo", "/hms subscribe all recordings", "webinars")
    assert "Mo let <#C0WEBINARS> follow all.\nrecordings" in said.text


async def test_everything_can_be_left_at_once(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms subscribe")
    chat.world.add_room("yoga")
    await chat.says("mo", "/hms subscribe yoga")

    said = await chat.says("mo", "/hms unsubscribe *")
    assert "Mo let <#C0CLASSES> stop following standup and yoga." in said.text
    assert "No channel follows a room of yours." in (await chat.says("mo", "/hms subscription list")).text

    told = len(chat.channel("classes"))
    again = await chat.says("mo", "/hms unsubscribe *")
    assert again.text == "<#C0CLASSES> follows nothing already."
    assert len(chat.channel("classes")) == told


async def test_a_channel_that_speaks_for_a_room_can_hear_nothing_of_it(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms unsubscribe *")
    again = await chat.says("mo", "/hms unsubscribe *")

    assert "Mo let <#C0CLASSES> follow nothing." in said.text
    assert again.text == "<#C0CLASSES> follows nothing already."


async def test_rooms_that_somebody_may_not_look_into_are_not_listed(chat: Chat, standup: Room) -> None:
    chat.world.add_room("secret")
    await chat.says("mo", "/hms subscribe")
    await chat.says("mo", "/hms subscribe secret", "webinars")
    await chat.says("ada", "/hms access revoke @vi --yes")
    await chat.grants("vi", Chat.VIEWER, standup.id)

    seen = (await chat.says("vi", "/hms subscription list")).text
    assert "<#C0CLASSES> follows standup · sessions" in seen
    assert "secret" not in seen
    assert "<#C0WEBINARS> follows secret" in (await chat.says("mo", "/hms subscription list")).text


async def test_a_viewer_lets_nothing_follow(chat: Chat, standup: Room) -> None:
    assert "Only moderators can do this" in (await chat.says("vi", "/hms subscribe")).text
    assert "Only moderators can do this" in (await chat.says("vi", "/hms unsubscribe")).text


async def test_a_room_that_is_not_there_is_not_followed(chat: Chat, standup: Room) -> None:
    assert "There is no room called “nosuch”." in (await chat.says("mo", "/hms subscribe nosuch")).text


async def test_direct_messages_follow_nothing(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "subscribe standup", "dm")
    assert "This works in a channel" in said.text


async def test_to_bind_a_room_offers_to_follow_it(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    bound = await chat.says("ada", "/hms room bind standup")

    said = await chat.clicks("ada", "Follow its sessions", bound)
    await chat.passes("1s")

    assert "Ada let <#C0CLASSES> follow standup." in said.text
    assert len(cards(chat)) == 1


async def test_who_follows_approvals_reads_each_card_through_its_life_and_can_decide_it(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms subscription add standup approvals", channel="webinars")
    await chat.says("mo", "/hms remove Gus spamming")
    assert "Remove “Gus” from standup?" in chat.channel("webinars")[-1]

    card = chat.reads("max", "webinars")
    await chat.clicks("max", "Remove “Gus”", card)

    assert "Mo removed “Gus” from standup. Approved by Max" in chat.channel("webinars")[-1]
    assert "Mo removed “Gus” from standup. Approved by Max" in "\n".join(chat.channel("classes"))
    assert "Gus" not in {peer.name for peer in standup.peers}


async def test_who_follows_polls_reads_what_is_done_with_them(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms subscription add standup polls", channel="webinars")

    await chat.says("mo", "/hms poll create 'Ready?' Yes No --yes")
    await chat.says("mo", "/hms poll-question add Ready? 'Why?' This That --yes")
    await chat.says("mo", "/hms poll-option edit Ready? 2 1 'Because of this' --yes")
    await chat.says("mo", "/hms end-room --yes")

    read = "\n".join(chat.channel("webinars"))
    assert "Ready?" in read
    assert "Mo added 1 question to the poll “Ready?” of standup." in read
    assert "Because of this" in read
    assert "ended standup" not in read


async def test_who_follows_neither_reads_neither(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms subscription add standup recordings", channel="webinars")
    before = chat.channel("webinars")

    await chat.says("mo", "/hms remove Gus spamming")
    await chat.says("mo", "/hms poll create 'Ready?' Yes No --yes")

    assert chat.channel("webinars") == before
