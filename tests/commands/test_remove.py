"""``remove``: a second moderator decides, and exactly those people go who were shown.

Long because whom it hits, by every way of naming somebody, is one story.
"""

import pytest

from bot.dispatch import ledger
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat
from tests.patience import comes_true


async def test_a_removal_waits_for_a_second_moderator(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    gus = room.join("Gus")

    card = await chat.says("mo", "/hms remove Gus --reason spam --room standup")
    await chat.clicks("mo", "Remove “Gus”", card)
    assert gus in room.peers  # nobody approves their own request

    done = await chat.clicks("max", "Remove “Gus”", card)
    assert "Approved by Max" in done.text
    assert gus not in room.peers
    assert chat.request(card).states == ["asked", "waiting", "running", "done"]


async def test_who_asked_reads_why_their_own_click_does_not_count(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming the chat")

    said = await chat.clicks("mo", "Remove “Gus”", card)

    assert (said.text, said.buttons) == ("Max or Ada decide this one.", ("Withdraw",))
    assert chat.calls("active_rooms.remove_peers") == []


async def test_the_reason_reaches_the_person_who_is_removed(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming the chat")
    await chat.clicks("max", "Remove “Gus”", card)

    (call,) = chat.calls("active_rooms.remove_peers")
    assert call.body["reason"] == "spamming the chat"


async def test_a_denied_removal_removes_nobody(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")

    said = await chat.clicks("max", "Deny", card)

    assert "Denied by Max. Nothing was done." in said.text
    assert "Mo asked: Remove “Gus” from standup?" in said.text
    assert chat.calls("active_rooms.remove_peers") == []
    assert chat.request(card).states == ["asked", "waiting", "denied"]


async def test_no_answer_means_no(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")

    await chat.passes("11m")

    assert "Nobody decided in time" in chat.channel("classes")[0]
    assert chat.calls("active_rooms.remove_peers") == []
    assert chat.request(card).states == ["asked", "waiting", "expired"]


async def test_a_viewer_can_neither_ask_nor_decide(chat: Chat, standup: Room) -> None:
    refused = await chat.says("vi", "/hms remove Gus spamming")
    assert "Only moderators can do this" in refused.text

    card = await chat.says("mo", "/hms remove Gus spamming")
    said = await chat.clicks("vi", "Remove “Gus”", card)

    assert said.text == "Only a moderator can do this. Max or Ada decide this one."
    assert said.buttons == ("Ask Max",)
    assert chat.calls("active_rooms.remove_peers") == []


async def test_a_guest_cannot_decide_by_clicking(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")

    said = await chat.clicks("gia", "Remove “Gus”", card)

    assert "guest" in said.text
    assert chat.calls("active_rooms.remove_peers") == []


async def test_somebody_who_is_not_there_is_not_guessed(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms remove Nobody spamming")

    assert "in standup" in said.text
    assert chat.calls("active_rooms.remove_peers") == []


async def test_two_people_of_one_name_make_a_choice_and_no_call(chat: Chat, standup: Room) -> None:
    other = standup.join("Gus", user_id="another-gus")

    choice = await chat.says("mo", "/hms remove Gus spamming")
    assert len(choice.buttons) == 2
    assert "That names several people" in choice.text

    card = await chat.clicks("mo", choice.buttons[1], choice)
    await chat.clicks("max", "Remove “Gus”", card)

    assert other not in standup.peers
    assert [peer.name for peer in standup.peers] == ["Hana", "Gus", "Ivy"]


async def test_somebody_who_left_meanwhile_is_not_removed(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    standup.leave(next(peer for peer in standup.peers if peer.name == "Gus"))

    said = await chat.clicks("max", "Remove “Gus”", card)

    assert "“Gus” is no longer in standup. Nothing was done." in said.text
    assert chat.calls("active_rooms.remove_peers") == []
    assert "“Gus” is no longer in standup. Nothing was done." in chat.channel("classes")[0]
    assert "Mo asked: Remove “Gus” from standup?" in chat.channel("classes")[0]
    assert chat.reads("ada").buttons == ()
    assert chat.request(card).states == ["asked", "waiting", "moot"]
    entry = chat.request(card).entries[-1]
    assert (entry.actor, entry.text) == ("U0MAX", "“Gus” is no longer in standup. Nothing was done.")


async def test_what_is_moot_blames_nobody_and_waits_for_nobody(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    standup.leave(next(peer for peer in standup.peers if peer.name == "Gus"))
    await chat.clicks("max", "Remove “Gus”", card)

    late = await chat.clicks("ada", "Remove “Gus”", card)
    withdrawn = await chat.says("mo", "/hms withdraw 1")

    assert late.text == "“Gus” is no longer in standup. Nothing was done."
    assert withdrawn.text == "Request 1: “Gus” is no longer in standup. Nothing was done."
    assert (await chat.says("ada", "/hms approvals")).text == "Nothing waits for you."
    assert await ledger.waiting_for(chat.bot.dispatcher, "U0MO") == []
    log = (await chat.says("ada", "/hms audit tail")).text
    assert "moot" in log
    assert "took this back" not in log
    assert "withdrawn" not in log


async def test_who_was_removed_by_another_request_meanwhile_is_said_so(chat: Chat, standup: Room) -> None:
    await chat.grants("max", chat.ADMIN)
    card = await chat.says("mo", "/hms remove Gus spamming")
    policy = await chat.says("ada", "/hms policy set none remove")
    await chat.clicks("max", "Let it wait so", policy)
    await chat.says("max", "/hms remove Gus shouting")

    said = await chat.clicks("ada", "Remove “Gus”", card)

    assert said.text == "Max removed “Gus” from standup 1s ago (#3). Nothing more was done."
    assert len(chat.calls("active_rooms.remove_peers")) == 1
    assert chat.request(card).states == ["asked", "waiting", "moot"]


async def test_the_removal_of_somebody_else_was_not_faster(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    other = await chat.says("max", "/hms remove Ivy shouting")
    await chat.clicks("ada", "Remove “Ivy”", other)
    standup.leave(next(peer for peer in standup.peers if peer.name == "Gus"))

    said = await chat.clicks("ada", "Remove “Gus”", card)

    assert "“Gus” is no longer in standup." in said.text
    assert "faster" not in said.text


async def test_somebody_who_leaves_in_that_very_moment_is_not_said_to_be_removed(
    chat: Chat, standup: Room
) -> None:
    gus = next(peer for peer in standup.peers if peer.name == "Gus")
    card = await chat.says("mo", "/hms remove Gus spamming")
    standup.leave(gus)
    still = {"peers": {gus.id: {"id": gus.id, "name": "Gus", "role": "guest", "user_id": gus.user_id}}}
    hana = next(iter(standup.peers))
    still["peers"][hana.id] = {"id": hana.id, "name": "Hana", "role": "host", "user_id": hana.user_id}
    chat.world.fault(f"/active-rooms/{standup.id}/peers", status=200, body=still, times=3)

    said = await chat.clicks("max", "Remove “Gus”", card)

    assert "“Gus” is no longer in standup." in said.text
    assert "removed “Gus”" not in said.text


async def test_a_404_about_somebody_who_is_still_there_is_no_removal(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    chat.world.fault(f"/active-rooms/{standup.id}/remove-peers", status=404)

    said = await chat.clicks("max", "Remove “Gus”", card)

    assert "100ms does not know this" in said.text
    assert "Gus" in [peer.name for peer in standup.peers]


async def test_somebody_who_came_back_meanwhile_is_followed(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    standup.leave(next(peer for peer in standup.peers if peer.name == "Gus"))
    again = standup.join("Gus")

    await chat.clicks("max", "Remove “Gus”", card)

    (call,) = chat.calls("active_rooms.remove_peers")
    assert call.body["peer_id"] == again.id
    assert again not in standup.peers


async def test_a_session_that_ended_meanwhile_leads_to_no_call(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    standup.end(by="Hana")

    said = await chat.clicks("max", "Remove “Gus”", card)

    assert "Nobody is in standup" in said.text
    assert chat.calls("active_rooms.remove_peers") == []


async def test_a_changed_role_is_shown_before_it_is_decided(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    standup.change(next(peer for peer in standup.peers if peer.name == "Gus"), role="stage")

    said = await chat.clicks("max", "Remove “Gus”", card)
    assert "“Gus” is now stage, was guest." in said.text
    assert chat.calls("active_rooms.remove_peers") == []

    old = await chat.clicks("max", "Remove “Gus”", card)
    assert "This card has changed since" in old.text
    await chat.clicks("max", "Remove “Gus”", chat.reads("max"))
    assert len(chat.calls("active_rooms.remove_peers")) == 1


async def test_a_role_is_removed_person_by_person_and_hosts_stay(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove --role guest --reason 'the lesson begins'")
    assert "Remove 2 people from standup?" in card.text

    done = await chat.clicks("max", "Remove 2 people", card)

    assert "removed 2 people from standup." in done.text
    assert [peer.name for peer in standup.peers] == ["Hana"]
    assert all(
        call.body.get("peer_id") and not call.body.get("role")
        for call in chat.calls("active_rooms.remove_peers")
    )


async def test_somebody_who_joins_after_the_card_is_not_removed_with_the_role(
    chat: Chat, standup: Room
) -> None:
    card = await chat.says("mo", "/hms remove --role guest --reason 'the lesson begins'")
    standup.join("Lea")

    said = await chat.clicks("max", "Remove 2 people", card)

    assert "New among them: “Lea”." in said.text
    assert chat.calls("active_rooms.remove_peers") == []


async def test_hosts_are_never_removed_by_their_role(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms remove --role host --reason 'all of them'")

    assert "hosts are protected" in said.text


async def test_a_role_that_nobody_has_is_said_so(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms remove --role stage --reason 'all of them'")

    assert "Nobody in standup has the role stage." in said.text


async def test_somebody_sits_in_the_muted_role_while_others_decide(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults standup --muted-role muted")
    gus = next(peer for peer in standup.peers if peer.name == "Gus")

    card = await chat.says("mo", "/hms remove Gus spamming")
    assert "muted meanwhile, in the role muted" in card.text
    assert gus.role == "muted"
    await chat.clicks("max", "Deny", card)

    assert gus.role == "guest"


async def test_a_denial_that_comes_while_somebody_is_being_muted_gives_their_role_back(
    chat: Chat, standup: Room
) -> None:
    await chat.says("ada", "/hms room defaults standup --muted-role muted")
    gus = next(peer for peer in standup.peers if peer.name == "Gus")
    chat.way.hold(f"/v2/active-rooms/{standup.id}/peers/{gus.id}", method="POST")
    asked = await chat.begins(chat.says("mo", "/hms remove Gus spamming"))

    await comes_true(lambda: "Deny" in chat.reads("max").buttons)
    message, deny = chat.reads("max").button("Deny")
    await chat.workspace.clicks(PEOPLE["max"], message, deny)
    await comes_true(lambda: "Denied" in chat.reads("max").text)
    chat.way.let_go()
    await asked

    assert gus.role == "guest"


async def test_who_could_not_be_muted_meanwhile_is_said_to_be_heard_and_nobody_waits(
    chat: Chat, standup: Room
) -> None:
    await chat.says("ada", "/hms room defaults standup --muted-role muted")
    gus = next(peer for peer in standup.peers if peer.name == "Gus")
    chat.world.fault(f"/active-rooms/{standup.id}/peers/{gus.id}", method="POST", status=403, times=9)

    card = await chat.says("mo", "/hms remove Gus spamming")

    assert gus.role == "guest"
    assert "100ms did not confirm that “Gus” is muted meanwhile" in chat.channel("classes")[-1]
    await chat.clicks("max", "Remove “Gus”", card)
    assert "Approved by Max" in "\n".join(chat.channel("classes"))


async def test_who_comes_back_while_others_decide_is_muted_again(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults standup --muted-role muted")
    card = await chat.says("mo", "/hms remove Gus spamming")
    standup.leave(next(peer for peer in standup.peers if peer.name == "Gus"))
    again = standup.join("Gus")

    await chat.says("mo", "/hms status")  # the bot looks
    assert again.role == "muted"
    await chat.clicks("max", "Deny", card)

    assert again.role == "guest"


@pytest.mark.parametrize("status", [403, 500])
async def test_a_removal_that_fails_gives_the_role_back(chat: Chat, standup: Room, status: int) -> None:
    await chat.says("ada", "/hms room defaults standup --muted-role muted")
    gus = next(peer for peer in standup.peers if peer.name == "Gus")
    card = await chat.says("mo", "/hms remove Gus spamming")
    path = f"/v2/active-rooms/{standup.id}/remove-peers"
    chat.world.fault(path, status=status, body={"code": status, "message": "not allowed"}, times=9)

    await chat.clicks("max", "Remove “Gus”", card)

    assert gus.role == "guest"


async def test_a_host_keeps_their_role_while_others_decide(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults standup --muted-role muted")

    card = await chat.says("mo", "/hms remove Hana unfair")

    assert "muted meanwhile" not in card.text
    assert standup.peers[0].role == "host"


async def test_being_muted_meanwhile_is_no_reason_to_decide_again(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults standup --muted-role muted")
    card = await chat.says("mo", "/hms remove Gus spamming")

    done = await chat.clicks("max", "Remove “Gus”", card)

    assert "removed “Gus” from standup." in done.text


async def test_expiry_gives_the_role_back_unless_somebody_changed_it(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults standup --muted-role muted")
    gus, ivy = (next(peer for peer in standup.peers if peer.name == name) for name in ("Gus", "Ivy"))
    await chat.says("mo", "/hms remove Gus spamming")
    await chat.says("mo", "/hms remove Ivy spamming")
    standup.change(ivy, role="stage")

    await chat.passes("11m")

    assert gus.role == "guest"
    assert ivy.role == "stage"


async def test_a_removal_that_nobody_can_decide_is_refused_at_once(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @max --yes")
    await chat.says("ada", "/hms access revoke @mo --yes")

    said = await chat.says("ada", "/hms remove Gus spamming")

    assert "there is none here" in said.text
    assert "What works alone" in said.text


async def test_who_comes_second_reads_who_decided(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.clicks("max", "Remove “Gus”", card)

    late = await chat.clicks("ada", "Remove “Gus”", card)

    assert "Already decided by Max." in late.text
    assert len(chat.calls("active_rooms.remove_peers")) == 1


async def test_words_that_name_two_people_are_a_picker(chat: Chat, standup: Room) -> None:
    both = standup.join("Gus spamming")

    choice = await chat.says("mo", "/hms remove Gus spamming the chat")
    assert set(choice.buttons) == {"“Gus spamming” · guest", "“Gus” · guest"}

    card = await chat.clicks("mo", "“Gus” · guest", choice)
    assert "Remove “Gus” from standup?" in card.text
    assert "spamming the chat" in card.text
    assert both in standup.peers


async def test_who_is_chosen_from_a_picker_without_a_reason_is_asked_for_one(
    chat: Chat, standup: Room
) -> None:
    standup.join("Gus spamming")

    choice = await chat.says("mo", "/hms remove Gus spamming")
    said = await chat.clicks("mo", "“Gus spamming” · guest", choice)
    assert "/hms remove still needs: reason." in said.text

    await chat.clicks("mo", "Open the form", said)
    [form] = chat.workspace.views_of("U0MO")
    assert form.body["title"]["text"] == "Remove “Gus spamming”"
    assert [block["block_id"] for block in form.body["blocks"] if block["type"] == "input"] == ["reason"]


async def test_a_form_for_a_role_says_whom_it_would_remove(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms remove all guests")
    assert "/hms remove still needs: reason." in said.text

    await chat.clicks("mo", "Open the form", said)
    [form] = chat.workspace.views_of("U0MO")
    assert "In *standup*, everybody with the role *guest*." in str(form.body["blocks"][0])


async def test_a_name_without_its_accents_is_offered(chat: Chat, standup: Room) -> None:
    standup.join("Zoë")

    choice = await chat.says("mo", "/hms remove Zoe spamming")
    assert choice.buttons == ("“Zoë” · guest",)

    card = await chat.clicks("mo", "“Zoë” · guest", choice)
    assert "Remove “Zoë” from standup?" in card.text


async def test_a_role_is_hit_whatever_the_case_it_is_typed_in(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove --role GUEST the lesson begins")

    assert "Remove 2 people from standup?" in card.text


async def test_a_room_behind_the_name_is_where_somebody_is_removed(chat: Chat, standup: Room) -> None:
    yoga = chat.world.add_room("yoga", live=True)
    rio = yoga.join("Rio")

    card = await chat.says("mo", "/hms remove Rio from yoga because he shouts")
    await chat.clicks("max", "Remove “Rio”", card)

    assert rio not in yoga.peers
    assert [call.body["reason"] for call in chat.calls("active_rooms.remove_peers")] == ["he shouts"]


@pytest.mark.parametrize("where", ["from yoga", "in yoga", "in #yoga,", "From YOGA"])
async def test_of_two_who_are_called_so_it_is_the_one_in_the_room_that_was_named(
    chat: Chat, standup: Room, where: str
) -> None:
    yoga = chat.world.add_room("yoga", live=True)
    yoga.join("Gus")

    card = await chat.says("mo", f"/hms remove Gus {where} he shouts")

    assert card.text.startswith("Remove “Gus” from yoga?\nMo: he shouts")


async def test_a_room_among_the_words_of_a_reason_is_a_part_of_it(chat: Chat, standup: Room) -> None:
    chat.world.add_room("yoga", live=True).join("Rio")

    card = await chat.says("mo", "/hms remove Gus in yoga he shouted too")

    assert card.text.startswith("Remove “Gus” from standup?\nMo: in yoga he shouted too")
