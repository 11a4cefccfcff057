"""What is live in a room, and what a yes to ending it is given to."""

from bot.command import PersonRef
from bot.command.identity import connections
from bot.features.person.acts import with_role
from bot.features.room.live import Live
from bot.reply import Counted

HANA = PersonRef(peer_id="p1", user_id="hana", name="Hana", role="host")
GUS = PersonRef(peer_id="p2", user_id="gus", name="Gus", role="guest")
IVY = PersonRef(peer_id="p3", user_id="", name="Ivy", role="guest")
NOW = Live("s1", None, (HANA, GUS, IVY), frozenset({"host"}), runs={"r1": "recording"})


def test_what_runs_is_counted_by_kind_and_silence_is_left_out() -> None:
    assert NOW.running == (Counted(1, "recording", "recordings"),)
    assert Live("s1").running == ()


def test_the_stakes_name_the_session_its_hosts_and_what_runs() -> None:
    stakes = NOW.stakes()

    assert (stakes.session, stakes.people) == ("s1", 3)
    assert stakes.hosts == {"hana"}
    assert stakes.running == {"r1": "recording"}
    assert stakes.targets == {}


def test_targets_are_known_by_user_id_or_else_by_peer_id() -> None:
    assert NOW.stakes([GUS, IVY]).targets == {"gus": "guest", "p3": "guest"}


def test_a_bulk_act_leaves_hosts_alone() -> None:
    assert with_role(NOW, "host").hit == ()
    assert with_role(NOW, "host").spared == (HANA,)
    assert with_role(NOW, "guest").hit == (GUS, IVY)


def test_somebody_who_came_back_is_found_by_their_user_id() -> None:
    again = PersonRef(peer_id="p9", user_id="gus", name="Gus", role="guest")

    assert connections(GUS, (HANA, again)) == (again,)
    assert connections(IVY, (HANA, again)) == ()


def test_a_crowd_is_told_apart_without_holding_everybody_against_everybody() -> None:
    compared = 0

    class Compared(PersonRef):
        def __eq__(self, other: object) -> bool:
            nonlocal compared
            compared += 1
            return super().__eq__(other)

        __hash__ = None

    crowd = [Compared(peer_id=str(number), role="host") for number in range(2500)]

    assert (
        len(with_role(Live("s1", here=tuple(crowd), host_roles=frozenset({"host"})), "host").spared) == 2500
    )
    assert compared == 0
