"""Files: with an answer to the channel where everybody reads it, else to somebody's direct messages.

Those are sent at once, after the answer, and never written down. What a post carries goes with the post.
"""

from collections.abc import Iterator

import structlog
from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.dispatch.awaited import Whom, waiting_for
from bot.reply import Code, File, Message, Place, Plain, Reply
from bot.request.request import Origin
from bot.settings import proxy_for
from bot.slack import refusals
from bot.slack.outbound.direct import Direct

log = structlog.get_logger()

UNREACHED = "no answer"
FOLLOWS = Reply("\nThe file follows in our direct messages, where you alone read it.")


class UploadFailed(Exception):  # noqa: N818 - what happened
    """The place that Slack named for a file did not take it."""


class Files:
    """Uploads what answers carry, and says what did not get there."""

    def __init__(self, session: ClientSession, client: AsyncWebClient, direct: Direct) -> None:
        self._session = session
        self._client = client
        self._direct = direct

    async def send(self, origin: Origin, who: str, message: Message, plain: Plain) -> Reply | None:
        """Send every file of an answer; the sentences about those that are not where they were expected."""
        told = [await self._told(origin, who, message, said, plain) for said in message.reply.files()]
        sentences = [reply for reply in told if reply]
        return sum(sentences[1:], start=sentences[0]) if sentences else None

    async def _told(
        self, origin: Origin, who: str, message: Message, said: tuple[Reply, File], plain: Plain
    ) -> Reply | None:
        sentence, file = said
        title = plain.sentence(sentence, file.title)
        first, *others = _places(origin, who, message)
        why = await self._shared(first, file, title)
        if why in refusals.NOT_THERE and others:
            elsewhere = Reply(
                "I am not in this channel, so {name} is in our direct messages.", name=file.name
            )
            why = await self._shared(others[0], file, title)
            return _missing(file, why) if why else elsewhere
        return _missing(file, why) if why else None

    async def _shared(self, place: Place, file: File, title: str) -> str:
        """Send it there; answers Slack's word for why it is not, or UNREACHED."""
        try:
            await self._share(place, file, title)
        except SlackApiError as error:
            why = refusals.word(error) or UNREACHED
        except (UploadFailed, ClientError, TimeoutError):
            why = UNREACHED
        else:
            return ""
        log.warning("a file was not taken", reason=why)
        return why

    async def _share(self, place: Place, file: File, title: str) -> None:
        """Send it, then say where it belongs: two of the three steps that Slack wants are nothing to see."""
        sent = await self.send_in(file)
        channel = await self._direct.place(place.channel)
        await self.put(sent, title, channel, place.thread or None)

    async def send_in(self, file: File) -> str:
        """Bring a file to Slack, where nobody sees it yet; answers its id.

        Raises SlackApiError, and UploadFailed where the place that Slack names does not take it.
        """
        wanted = await self._client.files_getUploadURLExternal(filename=file.name, length=len(file.data))
        await self._upload(str(wanted["upload_url"]), file)
        return str(wanted["file_id"])

    async def put(self, sent: str, title: str, channel: str, thread: str | None) -> None:
        """Let a file be seen where it belongs, once. Raises SlackApiError."""
        await self._client.files_completeUploadExternal(
            files=[{"id": sent, "title": title}], channel_id=channel, thread_ts=thread
        )

    async def _upload(self, address: str, file: File) -> None:
        """Raises UploadFailed where it is not taken."""
        kind = {"Content-Type": file.kind}
        with waiting_for(Whom.SLACK):
            async with self._session.post(
                address, data=file.data, headers=kind, proxy=proxy_for(address)
            ) as answer:
                if answer.status != 200:
                    raise UploadFailed(str(answer.status))


def announced(origin: Origin, message: Message) -> Reply:
    """What an answer says, and where its file will be if that is somewhere else."""
    here = message.public or Place(origin.channel).direct
    if here or not message.reply.files():
        return message.reply
    said = list(message.reply.sentences())
    behind = 1 + next(at for at, sentence in enumerate(said) if sentence.file)
    return sum((FOLLOWS, *said[behind:]), start=sum(said[1:behind], start=said[0]))


def _places(origin: Origin, who: str, message: Message) -> Iterator[Place]:
    """Where to send a file, the best first: an answer that one person reads in a channel can hold none."""
    if origin.channel and (message.public or origin.place.direct):
        yield origin.place
    if not origin.place.direct:
        yield Place(who)


def _missing(file: File, why: str) -> Reply:
    if why == UNREACHED:
        return Reply(
            "Slack's store of files does not answer, so {name} is missing. Try again.", name=file.name
        )
    if why == "missing_scope":
        return Reply(
            "I may not send files here yet, so {name} is missing. An admin has to install me again.",
            name=file.name,
        )
    return Reply("Slack did not take {name} ({reason}).", name=file.name, reason=Code(why))
