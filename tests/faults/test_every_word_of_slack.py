"""Every word with which Slack documents that it refuses what is shown: somebody hears of each.

Source: Slack docs, the errors of chat.postMessage, chat.update, views.open, views.publish, conversations.open.
"""

import logging
from collections.abc import Iterator, Sequence

import pytest

from bot.slack import refusals
from sandbox.hms.state.room.room import Room
from tests.chat import Chat

EVERYWHERE = """
    access_denied account_inactive accesslimited deprecated_endpoint ekm_access_denied enterprise_is_restricted
    fatal_error internal_error invalid_arg_name invalid_arguments invalid_array_arg invalid_auth invalid_charset
    invalid_form_data invalid_post_type method_deprecated missing_post_type missing_scope no_permission
    not_allowed_token_type not_authed org_login_required ratelimited request_timeout service_unavailable
    team_access_not_granted team_added_to_org token_expired token_revoked two_factor_setup_required
""".split()
OF_A_POST = """
    as_user_not_supported attachment_payload_limit_exceeded cannot_reply_to_message channel_not_found
    duplicate_channel_not_found duplicate_message_not_found invalid_blocks invalid_blocks_format
    invalid_metadata_format invalid_metadata_schema is_archived markdown_text_conflict
    message_limit_exceeded messages_tab_disabled metadata_must_be_sent_from_app metadata_too_large
    msg_blocks_too_long msg_too_long no_text not_in_channel rate_limited restricted_action
    restricted_action_non_threadable_channel restricted_action_read_only_channel
    restricted_action_thread_locked restricted_action_thread_only_channel
    slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked
    slack_connect_lists_sharing_blocked team_not_found too_many_attachments too_many_contact_cards
""".split()
OF_AN_EDIT = """
    as_user_not_supported block_mismatch cant_broadcast_message cant_update_message channel_not_found
    edit_window_closed external_channel_migrating invalid_attachments invalid_blocks invalid_blocks_format
    is_inactive message_not_found msg_too_long no_dual_broadcast_content_update no_text
    streaming_state_conflict team_not_found too_many_attachments update_failed
""".split()
OF_A_FORM = """
    duplicate_external_id exchanged_trigger_id expired_trigger_id invalid_trigger_id trigger_expired
    view_too_large not_found hash_conflict
""".split()
OF_HOME = "duplicate_external_id hash_conflict not_enabled view_too_large".split()
OF_DIRECT_MESSAGES = """
    channel_not_found invalid_user_combination method_not_supported_for_channel_type not_enough_users
    too_many_users user_disabled user_not_found user_not_visible users_list_not_supplied
""".split()

PUT_OFF = {"ratelimited", "rate_limited"}
LOST = refusals.SLACKS_OWN
CHUNK = 12


def chunks(words: Sequence[str]) -> list[Sequence[str]]:
    return [words[first : first + CHUNK] for first in range(0, len(words), CHUNK)]


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


async def heals(chat: Chat) -> None:
    """Slack takes everything again, and what waited for that comes."""
    chat.workspace.switches.faults.heal()
    await chat.passes("1m")


@pytest.mark.parametrize("words", chunks([*EVERYWHERE, *OF_A_POST]), ids=lambda words: words[0])
async def test_a_card_that_is_not_taken_is_read_elsewhere_or_later(chat: Chat, words: Sequence[str]) -> None:
    for number, word in enumerate(words):
        room = hall(chat, number)
        chat.workspace.switches.refuse_next("chat.postMessage", word, channel="C0CLASSES", times=None)

        await chat.says("mo", f"/hms remove Gus spamming --room {room.name}")

        told = chat.reads("mo", "dm").text
        if word in refusals.TOKEN | PUT_OFF:
            await heals(chat)
            assert any(room.name in text for text in chat.channel("classes")), word
        elif word in LOST:
            assert "Slack broke while I wrote to <#C0CLASSES>" in told, word
        else:
            assert f"Slack does not let me write in <#C0CLASSES> ({word})." in told, word
            assert room.name in chat.reads("max", "dm").text, word
        await heals(chat)


@pytest.mark.parametrize("words", chunks([*EVERYWHERE, *OF_AN_EDIT]), ids=lambda words: words[0])
async def test_an_outcome_that_cannot_be_edited_in_is_read_elsewhere_or_later(
    chat: Chat, words: Sequence[str]
) -> None:
    for number, word in enumerate(words):
        room = hall(chat, number)
        card = await chat.says("mo", f"/hms remove Gus spamming --room {room.name}")
        chat.workspace.switches.refuse_next("chat.update", word, channel="C0CLASSES", times=None)

        await chat.clicks("max", "Remove Gus", card)

        assert len(chat.calls("active_rooms.remove_peers")) == number + 1
        outcome = f"Removed Gus from {room.name}."
        if word in refusals.TOKEN | PUT_OFF | LOST:
            await heals(chat)
            assert any(outcome in text for text in chat.channel("classes")), word
        else:
            assert outcome in chat.reads("mo", "dm").text, word
        await heals(chat)


@pytest.mark.parametrize("words", chunks([*EVERYWHERE, *OF_A_FORM]), ids=lambda words: words[0])
async def test_a_form_that_does_not_open_is_said_and_can_be_asked_for_again(
    chat: Chat, words: Sequence[str]
) -> None:
    for word in words:
        for method in ("views.open", "views.update"):
            chat.workspace.switches.refuse_next(method, word, times=3)

            said = await chat.says("mo", "/hms remove")

            assert "broke" not in said.text, (method, word)
            opened = chat.workspace.views_of("U0MO")
            assert said.text or opened, (method, word)
            await heals(chat)


@pytest.mark.parametrize("words", chunks([*EVERYWHERE, *OF_A_FORM]), ids=lambda words: words[0])
async def test_so_is_one_that_a_button_opens(chat: Chat, words: Sequence[str]) -> None:
    for word in words:
        chat.workspace.switches.refuse_next("views.open", "expired_trigger_id")
        offer = await chat.says("mo", "/hms remove")
        chat.workspace.switches.refuse_next("views.open", word, times=3)

        said = await chat.clicks("mo", "Open the form", offer)

        assert said.text or chat.workspace.views_of("U0MO"), word
        assert "broke" not in said.text, word
        await heals(chat)


@pytest.mark.parametrize("words", chunks([*EVERYWHERE, *OF_HOME]), ids=lambda words: words[0])
async def test_who_opens_home_and_does_not_see_it_is_told(chat: Chat, words: Sequence[str]) -> None:
    for number, word in enumerate(words):
        chat.workspace.switches.refuse_next("views.publish", word, times=3)

        await chat.workspace.opens_home("U0MO")
        await chat.bot.idle()

        told = chat.reads("mo", "dm").text
        assert f"({word})" in told or chat.workspace.home("U0MO"), (number, word)
        await heals(chat)


@pytest.mark.parametrize("words", chunks([*EVERYWHERE, *OF_DIRECT_MESSAGES]), ids=lambda words: words[0])
async def test_where_direct_messages_do_not_open_who_asked_reads_it_where_they_asked(
    chat: Chat, words: Sequence[str]
) -> None:
    for number, word in enumerate(words):
        room = hall(chat, number)
        chat.workspace.switches.refuse_next(
            "chat.postMessage", "restricted_action", channel="C0CLASSES", times=None
        )
        chat.workspace.switches.refuse_next("conversations.open", word, times=None)

        said = await chat.says("mo", f"/hms remove Gus spamming --room {room.name}")

        if word in refusals.TOKEN | PUT_OFF | LOST:
            await heals(chat)
            assert room.name in chat.reads("max", "dm").text, word
        else:
            assert "Slack does not let me write in <#C0CLASSES> (restricted_action)." in said.text, word
        await heals(chat)
