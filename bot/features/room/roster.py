"""Who is in a room, a line a person: as what, for how long, and whether they are heard and seen."""

import json
from asyncio import Semaphore, gather, timeout
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.command import Context, PersonRef, RoomRef
from bot.features.room import live
from bot.features.room.cockpit import lasted
from bot.hms import HmsError, Peer
from bot.reply import Button, Counted, Invocation, Reply, Row

AT_ONCE = 10
PATIENCE = 1.0  # seconds; what was typed behind a slash is answered once and cannot be edited
DEVICES = 3  # of one person that are looked at


@dataclass(frozen=True)
class Roster:
    """Everybody who is there now; ``peers`` by id, as 100ms lists them."""

    room: RoomRef
    here: tuple[PersonRef, ...]
    peers: Mapping[str, Peer]
    host_roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entry:
    """One person with all their devices; ``seen`` are those whose microphone and camera were looked at."""

    number: int
    devices: tuple[PersonRef, ...]
    joined: tuple[Peer, ...]
    host: bool = False
    seen: tuple[Peer, ...] = ()

    @property
    def person(self) -> PersonRef:
        """Who it is."""
        return self.devices[0]


async def roster(ctx: Context, room: RoomRef) -> Roster:
    """Look who is there; UserError when nobody is."""
    found, roles = await gather(live.connected(ctx.hms, room.id), live.host_roles(ctx, room))
    peers = found or ()
    here = await live.people(peers, await ctx.names.recorders(room.id, peers))
    if not here:
        raise live.nobody(room)
    return Roster(room, here, {peer.id: peer for peer in peers}, roles)


def entries(roster: Roster, found: Iterable[tuple[PersonRef, ...]], first: int) -> list[Entry]:
    """An entry for each person, who come with all their devices; numbered from ``first``."""
    return [
        Entry(
            number,
            devices,
            tuple(roster.peers[one.peer_id] for one in devices),
            any(one.role in roster.host_roles for one in devices),
        )
        for number, devices in enumerate(found, start=first)
    ]


async def looked_at(ctx: Context, room: RoomRef, shown: Sequence[Entry]) -> list[Entry]:
    """The same with their microphones and cameras, a call a device; what is not there in time is left out."""
    wanted = [one.peer_id for entry in shown for one in entry.devices[:DEVICES]]
    seen: dict[str, Peer] = {}
    turns = Semaphore(AT_ONCE)

    async def look(peer: str) -> None:
        with suppress(HmsError):  # who has just left, too
            async with turns:
                seen[peer] = await ctx.hms.active_rooms.retrieve_peer(room.id, peer)

    with suppress(TimeoutError):
        async with timeout(PATIENCE):
            await gather(*map(look, wanted))
    return [_with(entry, seen) for entry in shown]


def row(entry: Entry, room: RoomRef, now: datetime, *, acts: bool) -> Row:
    """One line, with a menu of what can be done for whoever may do it."""
    return Row(_said(entry, now), tuple(_acts(entry.person, room)) if acts else (), menu=True)


def _with(entry: Entry, seen: Mapping[str, Peer]) -> Entry:
    mine = tuple(seen[one.peer_id] for one in entry.devices if one.peer_id in seen)
    return Entry(entry.number, entry.devices, entry.joined, entry.host, mine)


def _acts(person: PersonRef, room: RoomRef) -> Iterator[Button]:
    """By who they are, never by their number: that is another person's in the next list."""
    yield Button("Remove…", Invocation("remove", person=person.exact, room=room.id), form=True)
    yield Button("Say to…", Invocation("say", to=person.exact, room=room.id), form=True)


def _said(entry: Entry, now: datetime) -> Reply:
    number = Reply("#{number} {person}", number=str(entry.number), person=entry.person)
    return sum(_facts(entry, now), start=number)


def _facts(entry: Entry, now: datetime) -> Iterator[Reply]:
    if len(entry.devices) > 1:
        yield Reply("· {devices}", devices=Counted(len(entry.devices), "device", "devices"))
    if entry.person.role:
        yield Reply("· {role}", role=entry.person.role)
    if entry.host and entry.person.role != "host":
        yield Reply("· a host")
    joined = [peer.joined_at for peer in entry.joined if peer.joined_at]
    if joined:
        yield Reply("· in for {long}", long=lasted(now - min(joined)))
    if any(_hand_up(peer) for peer in entry.joined):
        yield Reply("· hand up")
    if entry.seen:
        yield from _heard(entry)


def _heard(entry: Entry) -> Iterator[Reply]:
    on = {
        (track.type, track.source) for peer in entry.seen for track in peer.tracks.values() if not track.mute
    }
    if ("audio", "regular") in on:
        yield Reply("· microphone on")
    if ("video", "regular") in on:
        yield Reply("· camera on")
    if any(source == "screen" for _, source in on):
        yield Reply("· shares a screen")
    if not on:
        yield Reply("· microphone and camera off")


def _hand_up(peer: Peer) -> bool:
    """As 100ms's own app writes it down."""
    if "isHandRaised" not in peer.metadata:
        return False
    with suppress(ValueError, AttributeError):
        return bool(json.loads(peer.metadata).get("isHandRaised"))
    return False
