"""Each check asks one thing and says how to mend it; none of them ever shows a value."""

from asyncio import gather
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.access import Access
from bot.clock import Clock
from bot.command import Vault
from bot.errors import UserError
from bot.hms import Hms, HmsError, Room, Unauthorized
from bot.reply import Counted, Reply, Term
from bot.request.audit import Audit
from bot.request.proof import UNKEYED
from bot.settings import Problem
from bot.store import Database
from bot.work.inbox import Inbox, Received

SKEW = timedelta(seconds=30)  # so much may our clock differ before signatures and tokens are refused
IN_ORDER = Reply("In order.")
A_DAY = timedelta(days=1)
MOST_ROOMS = 1000  # that are looked through for a webhook of their own
MOST_NAMED = 10

# Asks Slack who we are; answers Slack's time, None when it does not say. Raises UserError.
AskSlack = Callable[[], Awaitable[datetime | None]]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: ``said`` is how to mend it, unless it is in order."""

    name: Term | str
    ok: bool
    said: Reply = IN_ORDER


def settings(problems: Iterable[Problem]) -> tuple[Check, ...]:
    """What is wrong with the environment, one check a variable; one that is in order when nothing is."""
    wrong = tuple(
        Check(
            problem.variable,
            ok=False,
            said=Reply("It {wrong}. {mend}", wrong=problem.wrong, mend=problem.mend),
        )
        for problem in problems
    )
    return wrong or (Check(Term("Settings"), ok=True),)


def clocks(ours: datetime, theirs: datetime | None) -> Check:
    """Whether our clock is right enough for Slack's signatures and the tokens of 100ms."""
    if theirs is None or abs(ours - theirs) <= SKEW:
        return Check(Term("Clock"), ok=True)
    mend = Reply(
        "This machine's clock is {apart} off. Let it follow a time server (NTP).", apart=abs(ours - theirs)
    )
    return Check(Term("Clock"), ok=False, said=mend)


@dataclass(frozen=True)
class Hearing:
    """How the bot hears of what happens at 100ms: kept in an inbox, reported or looked up."""

    inbox: Inbox
    is_reported: bool
    is_looked_up: bool


def secrets(vault: Vault | None) -> Check:
    """Whether stream keys can be kept; without them everything else is in order."""
    if vault and vault.lasts:
        return Check(Term("Secrets"), ok=True)
    nowhere = Reply(
        "SECRET_KEY is not set, so the keys of stream targets cannot be kept. Where somebody streams to "
        "other platforms, set it to what `openssl rand -base64 32` writes."
    )
    return Check(Term("Secrets"), ok=True, said=nowhere)


def came(received: Received) -> Reply:
    """What came from 100ms within a day, and how much of it says nothing to this release."""
    said = Reply(
        "{events} of 100ms within a day, {late} late, {repaired} repaired.",
        events=Counted(received.received, "event", "events"),
        late=received.late,
        repaired=received.repaired,
    )
    if not received.strange:
        return said
    return said + Reply(
        "{strange} I could not read: kept, and told to nobody. A newer hms-bot may know them.",
        strange=Counted(received.strange, "event", "events"),
    )


def heard(hearing: Hearing, received: Received) -> Check:
    """Whether what happens at 100ms is heard of, and how well."""
    if hearing.is_reported and received.repaired and received.received == received.repaired:
        mend = Reply(
            "Of what happened within a day 100ms reported nothing by itself. Enter the address and the "
            "header in its dashboard, Developer, Webhooks."
        )
        return Check(Term("Events"), ok=False, said=came(received) + mend)
    if hearing.is_reported or hearing.is_looked_up:
        return Check(Term("Events"), ok=True, said=came(received) if received.received else IN_ORDER)
    nobody = Reply("Nobody tells what happens at 100ms. Set HMS_WEBHOOK_SECRET, or HMS_BOT_POLL to 30s.")
    return Check(Term("Events"), ok=True, said=nobody)


class Checkup:
    """Looks at everything a running bot needs."""

    def __init__(  # noqa: PLR0913 -- each is a part of the bot that is looked at
        self,
        hms: Hms,
        db: Database,
        access: Access,
        slack: AskSlack,
        clock: Clock,
        audit: Audit,
        hearing: Hearing,
        *,
        vault: Vault | None,
    ) -> None:
        self._hms = hms
        self._db = db
        self._access = access
        self._slack = slack
        self._clock = clock
        self._audit = audit
        self._hearing = hearing
        self._vault = vault

    async def examine(self) -> tuple[Check, ...]:
        """Every check, all at once."""
        database, hms, slack = await gather(self._database(), self._hms_answers(), self._slack_answers())
        ours = (*await self._admins(), await self._log(), *await self._events()) if database.ok else ()
        return (*settings(()), database, hms, *slack, *ours, secrets(self._vault))

    async def _database(self) -> Check:
        try:
            await self._db.answers()
        except SQLAlchemyError:  # its words may hold the address with the password
            mend = Reply(
                "The database takes no writes. See that DATABASE_URL names it, that it runs, "
                "and that its disk has room."
            )
            return Check(Term("Database"), ok=False, said=mend)
        return Check(Term("Database"), ok=True)

    async def _hms_answers(self) -> Check:
        try:
            await self._hms.rooms.list(limit=10)
        except Unauthorized:
            mend = Reply(
                "100ms refuses HMS_ACCESS_KEY or HMS_SECRET. Copy both again from its dashboard, Developer."
            )
            return Check("100ms", ok=False, said=mend)
        except HmsError as error:
            mend = Reply(
                "100ms does not answer as it should: {words}. See HMS_API_URL and the network.",
                words=error.words,
            )
            return Check("100ms", ok=False, said=mend)
        return Check("100ms", ok=True)

    async def _slack_answers(self) -> tuple[Check, ...]:
        try:
            theirs = await self._slack()
        except UserError as error:
            return (Check("Slack", ok=False, said=Reply.of(error)),)
        return (Check("Slack", ok=True), clocks(self._clock(), theirs))

    async def _admins(self) -> tuple[Check, ...]:
        if await self._access.admins():
            return (Check(Term("Admins"), ok=True),)
        mend = Reply("Nobody is admin. Name the first ones in HMS_BOT_ADMINS, by their Slack user ids.")
        return (Check(Term("Admins"), ok=False, said=mend),)

    async def _log(self) -> Check:
        """Without a key it is in order too, and what that leaves open is said."""
        keyed = await self._audit.keyed()
        if keyed is None:
            mend = Reply(
                "The log of who did what is linked with a key that AUDIT_KEY does not hold. Set it again; to "
                "do without one put a comma before it."
            )
            return Check(Term("Log"), ok=False, said=mend)
        return Check(Term("Log"), ok=True, said=IN_ORDER if keyed else UNKEYED)

    async def _events(self) -> tuple[Check, ...]:
        async with self._db.read() as tx:
            received = await self._hearing.inbox.received(tx, self._clock() - A_DAY)
        rooms = await self._deaf() if self._hearing.is_reported else ()
        return (heard(self._hearing, received), *rooms)

    async def _deaf(self) -> tuple[Check, ...]:
        """The rooms that report elsewhere; none where 100ms does not say, which is another check's matter."""
        try:
            rooms = [room.name async for room in self._newest_rooms() if room.webhook and room.webhook.url]
        except HmsError:
            return ()
        if not rooms:
            return ()
        said = Reply(
            "{rooms}, and not here: {names}. Take it away from the room, or let it lead here.",
            rooms=Counted(
                len(rooms), "room reports to a webhook of its own", "rooms report to webhooks of their own"
            ),
            names=tuple(rooms[:MOST_NAMED]),
        )
        return (Check(Term("Webhooks of rooms"), ok=False, said=said),)

    async def _newest_rooms(self) -> AsyncIterator[Room]:
        seen = 0
        async for room in self._hms.rooms.each():
            seen += 1
            if seen > MOST_ROOMS:
                return
            yield room
