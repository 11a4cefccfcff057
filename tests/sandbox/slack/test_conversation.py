"""One conversation between people and a bot made with Slack's own libraries, at both doors."""

MENU = {
    "type": "modal",
    "callback_id": "remove",
    "title": {"type": "plain_text", "text": "Remove somebody"},
    "submit": {"type": "plain_text", "text": "Remove"},
    "blocks": [
        {
            "type": "input",
            "block_id": "person",
            "label": {"type": "plain_text", "text": "Person"},
            "element": {"type": "external_select", "action_id": "pick", "min_query_length": 0},
        },
        {
            "type": "input",
            "block_id": "reason",
            "label": {"type": "plain_text", "text": "Reason"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
    ],
}
CARD = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Ends the session for *2* people."}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "yes",
                "value": "request-1",
                "text": {"type": "plain_text", "text": "End for 2"},
            }
        ],
    },
]


async def test_a_command_arrives_escaped_and_is_answered_in_private(connected, bot) -> None:
    heard = []

    @bot.command("/hms")
    async def command(ack, command) -> None:
        heard.append(command)
        await ack("Gus is *out*.")

    outcome = await connected.workspace.says("U0MO", "C0CLASSES", "/hms remove @gia <now> & #webinars")

    assert outcome.error is None
    assert heard[0]["text"] == "remove <@U0GIA|gia> &lt;now&gt; &amp; <#C0WEBINARS|webinars>"
    (answer,) = connected.workspace.sees("U0MO", "C0CLASSES")
    assert (answer.text, answer.only_for, answer.by_app) == ("Gus is *out*.", "U0MO", True)
    assert connected.workspace.sees("U0MAX", "C0CLASSES") == []


async def test_a_card_is_clicked_and_replaced_in_place(connected, bot) -> None:
    clicks = []

    @bot.command("/hms")
    async def command(ack, respond) -> None:
        await ack()
        await respond(text="Ends the session", blocks=CARD)

    @bot.action("yes")
    async def yes(ack, body, action, respond) -> None:
        await ack()
        clicks.append((body, action))
        await respond(text="Ended standup.", replace_original=True)

    await connected.workspace.says("U0MO", "C0CLASSES", "/hms end-room")
    (card,) = connected.workspace.sees("U0MO", "C0CLASSES")
    await connected.workspace.clicks("U0MO", card, "yes")

    body, action = clicks[0]
    assert action["value"] == "request-1"
    assert "message" not in body
    assert body["container"]["is_ephemeral"] is True
    (card,) = connected.workspace.sees("U0MO", "C0CLASSES")
    assert (card.text, card.blocks) == ("Ended standup.", ())


async def test_a_click_on_a_public_card_carries_the_message_and_the_card_is_edited(connected, bot) -> None:
    @bot.action("yes")
    async def yes(ack, body, client) -> None:
        await ack()
        message = body["message"]
        await client.chat_update(channel=body["channel"]["id"], ts=message["ts"], text="Approved by Max")

    posted = await connected.client.chat_postMessage(channel="C0CLASSES", text="Remove Gus?", blocks=CARD)
    (card,) = connected.workspace.sees("U0VI", "C0CLASSES")
    assert card.ts == posted["ts"]

    await connected.workspace.clicks("U0MAX", card, "yes")

    (card,) = connected.workspace.sees("U0VI", "C0CLASSES")
    assert (card.text, card.edited_ts is not None) == ("Approved by Max", True)


async def test_a_form_is_opened_filled_corrected_and_handed_in(connected, bot) -> None:
    handed_in = []

    @bot.command("/hms")
    async def command(ack, command, client) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=MENU)

    @bot.options("pick")
    async def options(ack, payload) -> None:
        await ack(
            options=[{"text": {"type": "plain_text", "text": "Gus"}, "value": f"gus {payload['value']}"}]
        )

    @bot.view("remove")
    async def submitted(ack, view) -> None:
        values = view["state"]["values"]
        short = values["reason"]["text"]["value"] == "x"
        handed_in.extend([] if short else [values])
        await (ack(response_action="errors", errors={"reason": "Say a little more."}) if short else ack())

    mo = connected.workspace
    await mo.says("U0MO", "C0CLASSES", "/hms remove")
    (form,) = mo.views_of("U0MO")
    assert (await mo.submits("U0MO", form.id)).errors == {
        "person": "Please complete this required field.",
        "reason": "Please complete this required field.",
    }

    found = await mo.searches("U0MO", form, "pick", "g")
    assert [option["value"] for option in found.options] == ["gus g"]
    filled = {"person": {"pick": "gus g"}, "reason": {"text": "x"}}
    assert (await mo.submits("U0MO", form.id, filled)).errors == {"reason": "Say a little more."}
    assert mo.views_of("U0MO") != []

    outcome = await mo.submits("U0MO", form.id, {"reason": {"text": "spam"}})
    assert (outcome.error, outcome.errors, mo.views_of("U0MO")) == (None, {}, [])
    assert handed_in[0]["person"]["pick"]["selected_option"]["value"] == "gus g"
    assert handed_in[0]["reason"]["text"] == {"type": "plain_text_input", "value": "spam"}


async def test_home_is_published_when_somebody_opens_it(connected, bot) -> None:
    @bot.event("app_home_opened")
    async def opened(event, client) -> None:
        text = {"type": "mrkdwn", "text": f"Hello <@{event['user']}>"}
        home = {"type": "home", "blocks": [{"type": "section", "text": text}]}
        await client.views_publish(user_id=event["user"], view=home)

    home = await connected.workspace.opens_home("U0GIA")

    assert home is not None
    assert home.body["blocks"][0]["text"]["text"] == "Hello <@U0GIA>"
    assert connected.workspace.home("U0MO") is None


async def test_a_mention_in_a_thread_is_heard_and_answered_there(connected, bot) -> None:
    @bot.event("app_mention")
    async def mentioned(event, say) -> None:
        await say(f"Heard {event['text']}", thread_ts=event["thread_ts"])

    mo = connected.workspace
    await mo.says("U0MO", "C0CLASSES", "Is anybody there?")
    (question,) = mo.sees("U0MO", "C0CLASSES")
    await mo.says("U0MAX", "C0CLASSES", "@hms status", thread_ts=question.ts)

    answer = mo.sees("U0MO", "C0CLASSES")[-1]
    assert (answer.text, answer.thread_ts) == ("Heard <@U0HMS> status", question.ts)


async def test_a_shortcut_on_a_message_opens_a_form(connected, bot) -> None:
    @bot.shortcut("case")
    async def shortcut(ack, shortcut, client) -> None:
        await ack()
        assert shortcut["message"]["text"] == "spam spam"
        await client.views_open(trigger_id=shortcut["trigger_id"], view=MENU)

    mo = connected.workspace
    await mo.says("U0GIA", "C0CLASSES", "spam spam")
    (message,) = mo.sees("U0MO", "C0CLASSES")
    await mo.shortcut("U0MO", "case", message)

    assert len(mo.views_of("U0MO")) == 1
