"""Forms and Homes as Slack's own client opens, changes and publishes them."""

MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Form"},
    "blocks": [{"type": "divider"}],
}


async def test_a_trigger_opens_one_form_within_three_seconds(served, clock, refused) -> None:
    triggers = served.workspace.state.triggers
    used, old, fresh = triggers.issue("U0MO"), triggers.issue("U0MO"), triggers.issue("U0MO")
    await served.client.views_open(trigger_id=used, view=MODAL)
    clock.advance(seconds=2.9)
    await served.client.views_open(trigger_id=fresh, view=MODAL)
    clock.advance(seconds=0.2)

    errors = [
        (await refused(served.client.views_open(trigger_id=trigger, view=MODAL)))["error"]
        for trigger in (used, old, "never.was.one")
    ]

    assert errors == ["exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id"]


async def test_a_form_is_updated_only_where_it_stands_as_it_was(served, refused) -> None:
    client = served.client
    opened = await client.views_open(trigger_id=served.workspace.state.triggers.issue("U0MO"), view=MODAL)
    view_id, first = opened["view"]["id"], opened["view"]["hash"]

    await client.views_update(view_id=view_id, view=MODAL, hash=first)

    stale = await refused(client.views_update(view_id=view_id, view=MODAL, hash=first))
    gone = await refused(client.views_update(view_id="V0NONE", view=MODAL))
    assert (stale["error"], gone["error"]) == ("hash_conflict", "not_found")


async def test_forms_are_found_by_their_external_id_which_is_taken_once(served, refused) -> None:
    client, triggers = served.client, served.workspace.state.triggers
    named = {**MODAL, "external_id": "request-1"}
    await client.views_open(trigger_id=triggers.issue("U0MO"), view=named)

    await client.views_update(external_id="request-1", view={**named, "callback_id": "changed"})

    assert served.workspace.views_of("U0MO")[0].body["callback_id"] == "changed"
    data = await refused(client.views_open(trigger_id=triggers.issue("U0MAX"), view=named))
    assert data["error"] == "duplicate_external_id"


async def test_three_forms_may_lie_over_each_other(served, refused) -> None:
    client, triggers = served.client, served.workspace.state.triggers
    await client.views_open(trigger_id=triggers.issue("U0MO"), view=MODAL)
    for _ in range(2):
        await client.views_push(trigger_id=triggers.issue("U0MO", "V01"), view=MODAL)

    data = await refused(client.views_push(trigger_id=triggers.issue("U0MO", "V01"), view=MODAL))

    assert data["error"] == "push_limit_reached"
    assert len(served.workspace.views_of("U0MO")) == 3


async def test_a_home_is_published_to_somebody_who_exists(served, refused) -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}]}

    assert (await refused(served.client.views_publish(user_id="U0NOBODY", view=home)))[
        "error"
    ] == "user_not_found"
    published = await served.client.views_publish(user_id="U0MO", view=home)
    stale = await served.client.views_publish(user_id="U0MO", view=home)
    assert stale["view"]["id"] == published["view"]["id"]
    data = await refused(
        served.client.views_publish(user_id="U0MO", view=home, hash=published["view"]["hash"])
    )
    assert data["error"] == "hash_conflict"
