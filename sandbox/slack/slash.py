"""Lines that start with a slash."""

from sandbox.slack.conversations import Channel
from sandbox.slack.delivery import Ack
from sandbox.slack.escaping import as_command, escaped
from sandbox.slack.people import Person
from sandbox.slack.refusal import Refusal
from sandbox.slack.state import Outcome, State
from sandbox.slack.tickets import ResponseUrl


async def command(
    state: State, person: Person, channel: Channel, line: str, thread_ts: str | None = None
) -> Outcome:
    """Run a typed command: the app's, Slack's own ``/invite``, or nothing that anybody knows.

    Whoever is there by Slack Connect has the commands of the apps of their own workspace only.
    """
    name, _, text = line.partition(" ")
    if thread_ts is not None:
        state.slackbot_tells(
            person, channel, f"{escaped(name)} is not supported in threads. Sorry!", thread_ts
        )
        return Outcome(error="command_in_thread")
    if name == "/invite":
        return _invite(state, person, channel, text.strip())
    if name != state.installation.command or not state.organisation.is_ours(person):
        state.slackbot_tells(person, channel, f"{escaped(name)} is not a valid command.")
        return Outcome(error="invalid_command")
    return await _ask_app(state, person, channel, text.strip())


def _invite(state: State, person: Person, channel: Channel, handle: str) -> Outcome:
    names = {account.name: account for account in state.directory.people()}
    invited = names.get(handle.removeprefix("@"))
    if invited is None or channel.is_im:
        state.slackbot_tells(person, channel, f"There is nobody called {escaped(handle)} to invite here.")
        return Outcome(error="user_not_found")
    state.directory.invite(channel.id, invited.id)
    state.changes.tell("members", channel=channel.id)
    return Outcome()


async def _ask_app(state: State, person: Person, channel: Channel, text: str) -> Outcome:
    token = state.response_urls.issue(person.id, channel.id)
    payload = state.payloads.slash_command(
        person,
        channel,
        as_command(text, state.directory, person.id),
        trigger_id=state.triggers.issue(person.id),
        response_url=state.respond_at(token),
    )
    error = _shown(state, await state.deliver_command(payload), person, channel)
    if error is not None:
        name = state.installation.command
        state.slackbot_tells(person, channel, f'{name} failed with the error "{error}"')
    return Outcome(error=error)


def _shown(state: State, ack: Ack, person: Person, channel: Channel) -> str | None:
    """Show what came with the acknowledgement; what Slack would not show is an error too."""
    body = {"text": ack.body} if isinstance(ack.body, str) else ack.body
    if ack.error is not None or not (body.get("text") or body.get("blocks")):
        return ack.error
    try:
        state.app.answers(ResponseUrl(person.id, channel.id, None, None, state.clock()), body)
    except Refusal as refusal:
        return f"invalid_command_response ({refusal})"
    return None
