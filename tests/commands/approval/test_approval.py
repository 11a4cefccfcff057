"""``approval list``, ``approve``, ``deny`` and ``withdraw``: the text twins of a card's buttons."""

from dataclasses import replace

from bot.dispatch import ledger
from bot.dispatch.considering import consider
from bot.people import Actor
from bot.reply import Invocation
from bot.request.facts import NeedsYes
from bot.request.request import Origin, Request, State
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat, Said


async def remove_gus_by_two(chat: Chat) -> Said:
    """The card of a removal that two others must say yes to: no policy can ask for that yet."""
    road, mo = chat.bot.dispatcher, Actor(PEOPLE["mo"], "Mo")
    room, gus = {"words": "standup"}, {"words": "Gus"}
    invocation = Invocation("remove", room=room, person=gus, reason="spamming")
    here, now = Origin("slack", "by two", channel="C0CLASSES"), chat.clock()
    asked = Request(0, "by-two", invocation, "remove Gus spamming", mo, here, State.ASKED, now)
    async with road.db.write() as tx:
        request = await road.requests.ask(tx, asked)
    assert request
    known = await consider(road, request, mo)
    assert isinstance(known, NeedsYes)
    await ledger.move(road, request.id, replace(known, needed=2))
    await chat.bot.idle()
    return chat.reads("mo")


async def test_the_list_shows_what_somebody_can_decide(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    assert "Remove “Gus”" in (await chat.says("max", "/hms approvals")).text
    await chat.says("mo", "/hms remove Ivy shouting")
    both = await chat.says("max", "/hms approvals")
    assert both.text.startswith("This waits for you:\nRemove “Gus” from standup?\nMo: spamming\n")
    assert "\nRemove “Ivy” from standup?\nMo: shouting\n" in both.text
    assert [line.rsplit(" · ", 1)[1] for line in both.text.splitlines() if "left" in line] == ["#1", "#2"]
    assert both.buttons == ("Remove “Gus”", "Deny", "Remove “Ivy”", "Deny")
    own = await chat.says("mo", "/hms approval list")
    assert own.text.startswith("Nothing waits for you.")
    assert "You asked for this, and others decide it:" in own.text
    assert own.buttons == ("Withdraw", "Withdraw")


async def test_approving_by_words_does_what_the_button_does(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")

    await chat.says("max", "/hms approve 1")

    assert [peer.name for peer in standup.peers] == ["Hana", "Ivy"]
    assert "Approved by" in chat.channel("classes")[0]
    assert chat.request(card).states == ["asked", "waiting", "running", "done"]


async def test_denying_by_words_says_why(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    await chat.says("max", "/hms deny 1 --reason 'she has apologised'")

    assert "Denied by Max. Nothing was done. Reason: she has apologised." in chat.channel("classes")[0]
    assert len(standup.peers) == 3


async def test_nobody_approves_their_own_request_by_words_either(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    told = await chat.says("mo", "/hms approve 1")

    assert "Request 1: Max or Ada decide this one." in told.text
    assert told.buttons == ("Withdraw",)
    assert len(chat.channel("classes")) == 1  # nobody else is told of it
    assert len(standup.peers) == 3


async def test_what_was_asked_can_be_taken_back(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")

    await chat.says("mo", "/hms withdraw 1")

    assert "Withdrawn by Mo." in chat.channel("classes")[0]
    assert chat.request(card).states == ["asked", "waiting", "withdrawn"]


async def test_another_moderator_cannot_take_it_back(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")

    told = await chat.says("max", "/hms withdraw 1")

    assert "withdraw this" in told.text
    assert chat.request(card).states == ["asked", "waiting"]


async def test_a_viewer_is_refused(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    for line in ("approvals", "approve 1", "deny 1", "withdraw 1"):
        assert "Only moderators can do this" in (await chat.says("vi", f"/hms {line}")).text
    assert len(standup.peers) == 3


async def test_a_request_that_does_not_exist_is_named(chat: Chat) -> None:
    for line in ("approve 99", "deny 99", "withdraw 99"):
        assert "There is no request 99." in (await chat.says("max", f"/hms {line}")).text


async def test_what_is_over_is_named_by_its_number(chat: Chat, standup: Room) -> None:
    asked = await chat.says("mo", "/hms remove Gus spamming")
    await chat.says("max", f"/hms deny #{asked.number}")

    said = await chat.says("ada", f"/hms approve {asked.number}")

    assert f"Request {asked.number}:" in said.text
    assert "enied by Max" in said.text


async def test_what_needs_two_waits_for_both_and_names_them(chat: Chat, standup: Room) -> None:
    card = await remove_gus_by_two(chat)
    assert "It takes 2 yeses." in card.text
    assert "Max or Ada decide" in card.text

    once = await chat.clicks("max", "Remove “Gus”", card)
    assert ", 1 of 2." in once.text
    assert "Approved by Max" in once.text
    assert "Ada decides" in once.text
    assert len(standup.peers) == 3
    done = await chat.clicks("ada", "Remove “Gus”", card)

    assert "Approved by Max and Ada in 1s." in done.text
    assert [peer.name for peer in standup.peers] == ["Hana", "Ivy"]
    assert chat.channel("classes")[1:] == ["Mo: Max and Ada said yes. Mo removed “Gus” from standup."]
    entries = [(entry.state, entry.actor, entry.text) for entry in chat.request(card).entries]
    assert entries == [
        ("waiting", "U0MO", 'remove "Gus" spamming --room standup'),
        ("waiting", "U0MAX", "Approved by Max, 1 of 2."),
        ("running", "U0ADA", "Approved by Ada, 2 of 2."),
        ("done", "U0MO", "Mo removed “Gus” from standup."),
    ]


async def test_one_person_is_not_two(chat: Chat, standup: Room) -> None:
    card = await remove_gus_by_two(chat)
    await chat.clicks("max", "Remove “Gus”", card)

    again = await chat.clicks("max", "Remove “Gus”", card)
    by_words = await chat.says("max", "/hms approve 1")

    told = "You said yes to this already. It waits for 1 more yes, by somebody else."
    assert again.text == told
    assert told in by_words.text
    assert len(standup.peers) == 3
    assert (await chat.says("max", "/hms approvals")).text == "Nothing waits for you."
    assert await ledger.waiting_for(chat.bot.dispatcher, "U0MAX") == []
    assert [one.id for one in await ledger.waiting_for(chat.bot.dispatcher, "U0ADA")] == [1]


async def test_a_no_ends_what_one_of_two_has_said_yes_to(chat: Chat, standup: Room) -> None:
    card = await remove_gus_by_two(chat)
    await chat.clicks("max", "Remove “Gus”", card)

    said = await chat.clicks("ada", "Deny", card)

    assert "Denied by Ada. Nothing was done." in said.text
    assert len(standup.peers) == 3


async def test_one_yes_of_two_in_time_is_no_yes(chat: Chat, standup: Room) -> None:
    card = await remove_gus_by_two(chat)
    await chat.clicks("max", "Remove “Gus”", card)

    await chat.passes("11m")

    assert "Only 1 of 2 said yes in time, so nothing was done." in chat.channel("classes")[0]
    assert chat.request(card).states == ["waiting", "waiting", "expired"]
    assert len(standup.peers) == 3


async def test_a_card_that_changed_says_whose_yes_no_longer_counts(chat: Chat, standup: Room) -> None:
    card = await remove_gus_by_two(chat)
    await chat.clicks("max", "Remove “Gus”", card)
    standup.change(next(peer for peer in standup.peers if peer.name == "Gus"), role="stage")

    changed = await chat.clicks("ada", "Remove “Gus”", card)
    assert "“Gus” is now stage, was guest." in changed.text
    assert "It takes 2 yeses." in changed.text
    assert "Approved before it changed, which no longer counts: Max." in changed.text
    assert chat.request(card).entries[-1].text == "The card has changed, so it is asked for anew."
    once = await chat.clicks("ada", "Remove “Gus”", chat.reads("ada"))
    assert ", 1 of 2." in once.text
    assert "Approved before it changed, which no longer counts: Max." in once.text
    assert len(standup.peers) == 3

    await chat.clicks("max", "Remove “Gus”", chat.reads("max"))
    assert [peer.name for peer in standup.peers] == ["Hana", "Ivy"]


async def test_a_moderator_of_one_room_decides_there_by_words_too(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @max --yes")
    await chat.grants("max", chat.MODERATOR, standup.id)
    card = await chat.says("mo", "/hms remove Gus spamming")
    elsewhere = chat.world.add_room("webinar", live=True)
    elsewhere.join("Zoe")
    other = await chat.says("mo", "/hms remove Zoe spamming --room webinar")

    listed = (await chat.says("max", "/hms approval list")).text
    unknown = (await chat.says("max", f"/hms approve {other.number}")).text
    await chat.says("max", f"/hms approve {card.number}")

    assert "Remove “Gus”" in listed
    assert "Zoe" not in listed
    assert unknown.startswith(f"There is no request {other.number}.")
    assert [peer.name for peer in standup.peers] == ["Hana", "Ivy"]
    assert len(elsewhere.peers) == 2


async def test_people_stand_in_the_list_by_name(chat: Chat) -> None:
    await chat.grants("max", chat.ADMIN)
    await chat.says("ada", "/hms access grant @vi admin")
    await chat.says("ada", "/hms access grant @mo admin")

    said = (await chat.says("max", "/hms approval list")).text

    assert "Make Vi an admin for all rooms?\nAda asks." in said
    assert "U0VI" not in said


async def test_what_waits_names_whom_it_is_about_whichever_way_they_were_named(
    chat: Chat, standup: Room
) -> None:
    gus = next(peer for peer in standup.peers if peer.name == "Gus")
    await chat.says("mo", "/hms who")
    for who in ("#2", f"user:{gus.user_id}", f"peer:{gus.id}"):
        asked = await chat.says("mo", f"/hms remove {who} spamming {who}")
        number = int(asked.text.rsplit(" · #", 1)[1])

        lists = [(await chat.says("max", "/hms approvals")).text]
        await chat.workspace.opens_home(PEOPLE["max"])
        await chat.bot.idle()
        lists.append(str(chat.workspace.home(PEOPLE["max"])))

        assert all("Remove “Gus” from" in each and f"spamming {who}" in each for each in lists)
        logged = chat.story(number).entries[-1].text
        assert f'remove "Gus" spamming {who} --room standup' in logged
        told = [each.lower() for each in (*lists, logged)]
        assert not any(f"remove {who}" in each or standup.id in each for each in told)
        await chat.says("mo", f"/hms withdraw {number}")


async def test_a_refusal_does_not_give_the_words_of_who_is_refused_as_its_cause(
    chat: Chat, standup: Room
) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    early = await chat.says("vi", f"/hms deny {card.number} not now")
    await chat.clicks("max", "Deny", card)

    late = await chat.says("max", f"/hms deny {card.number} too late")
    after = await chat.says("mo", f"/hms approval reason {card.number} afterthought")
    again = await chat.says("max", f"/hms approve {card.number} --reason sure")

    assert f"Request {card.number}: Already denied by Max." in late.text
    assert [said.text for said in (early, late, after, again) if "Why:" in said.text] == []
