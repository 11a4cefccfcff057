"""Who is who in a room: apps choose the user ids, and some give everybody the same.

An id that connections of another name or role claim too names nobody: then each connection stands for itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.command.matching import folded
from bot.command.references import PersonRef


def identified(people: Iterable[PersonRef]) -> tuple[PersonRef, ...]:
    """The same people, with those told apart who share their user id with somebody else."""
    here = tuple(people)
    claims: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for someone in here:
        claims[someone.user_id].add((folded(someone.name), someone.role))
    return tuple(_alone(someone) if len(claims[someone.user_id]) > 1 else someone for someone in here)


def connections(person: PersonRef, here: Iterable[PersonRef]) -> tuple[PersonRef, ...]:
    """Somebody as often as they are connected, also after a reconnect; nobody who only claims their id."""
    return tuple(someone for someone in here if _is_same(person, someone))


def persons(here: Iterable[PersonRef]) -> tuple[tuple[PersonRef, ...], ...]:
    """Everybody once, with each of their devices, in the order in which they came."""
    found: dict[str | tuple[str, ...], list[PersonRef]] = {}
    for someone in here:
        found.setdefault(_who(someone), []).append(someone)
    return tuple(map(tuple, found.values()))


def claiming(person: PersonRef, here: Sequence[PersonRef]) -> tuple[PersonRef, ...]:
    """The others who have this person's user id."""
    mine = {someone.peer_id for someone in connections(person, here)}
    others = (someone for someone in here if person.user_id and someone.user_id == person.user_id)
    return tuple(someone for someone in others if someone.peer_id not in mine)


def _is_same(person: PersonRef, other: PersonRef) -> bool:
    """Whether it is who was meant, also if the id was shared only after that."""
    if person.key == other.key or (person.peer_id and person.peer_id == other.peer_id):
        return True
    if not person.user_id or person.user_id != other.user_id or folded(person.name) != folded(other.name):
        return False
    return person.role == other.role


def _who(someone: PersonRef) -> str | tuple[str, ...]:
    """What the devices of one person have in common, as ``_is_same`` tells it, and nobody else has."""
    if not someone.shared:
        return someone.key
    return (someone.user_id, folded(someone.name), someone.role)


def _alone(someone: PersonRef) -> PersonRef:
    return someone.model_copy(update={"shared": True}) if someone.user_id else someone
