"""Every word with which Slack documents that it refuses what is shown: somebody hears of each.

Source: Slack docs, errors of chat.postMessage, chat.update, views.open, views.publish, conversations.open.
"""

import logging
from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from bot.slack import refusals
from bot.slack.drawing.drawable import Drawable
from bot.slack.outbound.direct import Direct
from bot.slack.outbound.form_opening import CLOSED
from bot.slack.outbound.outbox import PostLost, Sender
from bot.work import Later
from sandbox.hms.state.room.room import Room
from tests.chat import Chat


def documented(words: str) -> tuple[str, ...]:
    """Slack's words as its pages list them."""
    return tuple(words.split())


EVERYWHERE = documented("""
    access_denied account_inactive accesslimited deprecated_endpoint ekm_access_denied
    enterprise_is_restricted fatal_error internal_error invalid_arg_name invalid_arguments
    invalid_array_arg invalid_auth invalid_charset invalid_form_data invalid_post_type
    method_deprecated missing_post_type missing_scope no_permission not_allowed_token_type
    not_authed org_login_required ratelimited request_timeout service_unavailable
    team_access_not_granted team_added_to_org token_expired token_revoked two_factor_setup_required
""")
OF_A_POST = documented("""
    as_user_not_supported attachment_payload_limit_exceeded cannot_reply_to_message channel_not_found
    duplicate_channel_not_found duplicate_message_not_found invalid_blocks invalid_blocks_format
    invalid_metadata_format invalid_metadata_schema is_archived markdown_text_conflict
    message_limit_exceeded messages_tab_disabled metadata_must_be_sent_from_app metadata_too_large
    msg_blocks_too_long msg_too_long no_text not_in_channel rate_limited restricted_action
    restricted_action_non_threadable_channel restricted_action_read_only_channel
    restricted_action_thread_locked restricted_action_thread_only_channel
    slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked
    slack_connect_lists_sharing_blocked team_not_found too_many_attachments too_many_contact_cards
""")
OF_AN_EDIT = documented("""
    as_user_not_supported block_mismatch cant_broadcast_message cant_update_message channel_not_found
    edit_window_closed external_channel_migrating invalid_attachments invalid_blocks invalid_blocks_format
    is_inactive message_not_found msg_too_long no_dual_broadcast_content_update no_text
    streaming_state_conflict team_not_found too_many_attachments update_failed
""")
OF_A_FORM = documented("""
    duplicate_external_id exchanged_trigger_id expired_trigger_id invalid_trigger_id trigger_expired
    view_too_large not_found hash_conflict
""")
OF_HOME = documented("duplicate_external_id hash_conflict not_enabled view_too_large")
OF_DIRECT_MESSAGES = documented("""
    channel_not_found invalid_user_combination method_not_supported_for_channel_type not_enough_users
    too_many_users user_disabled user_not_found user_not_visible users_list_not_supplied
""")

# Nobody need hear of these: what is shown waits, and is there once Slack has it or lets the bot in again.
WAITS = (*sorted(refusals.TOKEN), "ratelimited", "rate_limited")
LOST = refusals.SLACKS_OWN
CHUNK = 12
BODY = {"text": "Ended standup.", "blocks": []}


def chunks(*words: str) -> list[Sequence[str]]:
    return [words[first : first + CHUNK] for first in range(0, len(words), CHUNK)]


def first(words: Sequence[str]) -> str:
    return words[0]


def final(*words: str) -> list[str]:
    """Those after which asking once more is of no use."""
    return [word for word in words if word not in {*WAITS, *LOST}]


def refuse(chat: Chat, method: str, word: str, channel: str | None = None, times: int | None = None) -> None:
    chat.workspace.switches.refuse_next(method, word, channel=channel, times=times, retry_after=0)


@pytest.fixture(autouse=True)
def nothing_breaks(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Nothing that is logged or printed meanwhile is a traceback."""
    caplog.set_level(logging.INFO)
    yield
    printed = capfd.readouterr()
    assert "Traceback" not in printed.out + printed.err + caplog.text


def hall(chat: Chat, number: int) -> Room:
    room = chat.world.add_room(f"room-{number}", live=True)
    room.join("Gus")
    return room


def heals(chat: Chat) -> None:
    chat.workspace.switches.faults.heal()


@pytest.mark.parametrize("words", chunks(*final(*EVERYWHERE, *OF_A_POST), *sorted(LOST)), ids=first)
async def test_a_card_that_is_not_taken_is_read_elsewhere(chat: Chat, words: Sequence[str]) -> None:
    for number, word in enumerate(words):
        room = hall(chat, number)
        refuse(chat, "chat.postMessage", word, "C0CLASSES")

        await chat.says("mo", f"/hms remove Gus spamming --room {room.name}")

        told = chat.reads("mo", "dm").text
        if word in LOST:
            assert told.count("Slack broke while I wrote to <#C0CLASSES>") == sum(
                one in LOST for one in words[: number + 1]
            )
        else:
            assert f"Slack does not let me write in <#C0CLASSES> ({word})." in told, word
            assert room.name in chat.reads("max", "dm").text, word
        heals(chat)


@pytest.mark.parametrize("words", chunks(*final(*EVERYWHERE, *OF_AN_EDIT)), ids=first)
async def test_an_outcome_that_cannot_be_edited_in_is_read_elsewhere(
    chat: Chat, words: Sequence[str]
) -> None:
    for number, word in enumerate(words):
        room = hall(chat, number)
        card = await chat.says("mo", f"/hms remove Gus spamming --room {room.name}")
        refuse(chat, "chat.update", word, "C0CLASSES")

        await chat.clicks("max", "Remove “Gus”", card)

        assert f"removed “Gus” from {room.name}." in chat.reads("mo", "dm").text, word
        assert len(chat.calls("active_rooms.remove_peers")) == number + 1
        heals(chat)


async def test_what_says_nothing_of_the_message_is_waited_for_or_left_open(chat: Chat) -> None:
    slack = chat.bot.connection
    sender = Sender(slack.session, slack.once, Direct(slack.client), Drawable(chat.clock))
    there = await sender.post("C0CLASSES", BODY, None)
    for word in (*WAITS, *LOST):
        for method in ("chat.postMessage", "chat.update", "conversations.open"):
            refuse(chat, method, word)
        with pytest.raises(PostLost if word in LOST else Later):
            await sender.post("C0CLASSES", BODY, None)
        with pytest.raises(PostLost if word in LOST else Later):
            await sender.update("C0CLASSES", there, BODY)
        with pytest.raises(Later):
            await sender.post("U0MO", BODY, None)
        heals(chat)


@pytest.mark.parametrize("words", chunks(*EVERYWHERE, *OF_A_FORM), ids=first)
async def test_a_form_that_does_not_open_can_be_asked_for_again(chat: Chat, words: Sequence[str]) -> None:
    for word, method in product(words, ("views.open", "views.update")):
        refuse(chat, method, word)

        said = await chat.says("mo", "/hms remove")

        assert "broke" not in said.text, (method, word)
        assert "Open the form" in said.buttons or word in CLOSED, (method, word)
        heals(chat)


@pytest.mark.parametrize("words", chunks(*EVERYWHERE, *OF_A_FORM), ids=first)
async def test_so_can_one_that_a_button_opens(chat: Chat, words: Sequence[str]) -> None:
    refuse(chat, "views.open", "expired_trigger_id")
    offer = await chat.says("mo", "/hms remove")
    for word in words:
        refuse(chat, "views.open", word)

        said = await chat.clicks("mo", "Open the form", offer)

        assert "Open the form" in said.buttons, word
        assert "broke" not in said.text, word
        heals(chat)


@pytest.mark.parametrize("words", chunks(*EVERYWHERE, *OF_HOME), ids=first)
async def test_who_opens_home_and_is_not_shown_it_is_told(chat: Chat, words: Sequence[str]) -> None:
    for word in words:
        refuse(chat, "views.publish", word)

        await chat.workspace.opens_home("U0MO")
        await chat.bot.idle()

        assert f"Slack does not let me show you Home ({word})." in chat.reads("mo", "dm").text, word
        heals(chat)


@pytest.mark.parametrize("words", chunks(*final(*EVERYWHERE, *OF_DIRECT_MESSAGES)), ids=first)
async def test_where_direct_messages_do_not_open_who_asked_reads_it_where_they_asked(
    chat: Chat, words: Sequence[str]
) -> None:
    for number, word in enumerate(words):
        room = hall(chat, number)
        refuse(chat, "chat.postMessage", "restricted_action", "C0CLASSES")
        refuse(chat, "conversations.open", word)

        said = await chat.says("mo", f"/hms remove Gus spamming --room {room.name}")

        assert "Slack does not let me write in <#C0CLASSES> (restricted_action)." in said.text, word
        heals(chat)
