"""What words mean where they were typed; never a guess.

Long because each kind of reference has its own ways to be meant.
"""

from datetime import UTC, datetime
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command import Ambiguous, Command, Incomplete, PersonRef, Registry, RoomRef, matching, read
from bot.errors import UserError
from bot.reply import Plain, Reply
from tests.bot.command.place import BIG_HALL, GUS, IVY, STANDUP, Place, person

ANNEX = RoomRef(id="r3", name="annex")
NAMES = ("Anna", "Maria", "Lopez", "Gus")
names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3)
GUS_MILLER = PersonRef(peer_id="p3", user_id="u3", name="Gus Miller", role="guest")


class Pinning:
    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    async def __call__(self, line: str, place: Place | None = None) -> Command:
        return await read(self.registry, line).command.pin(place or Place())

    async def choices(self, line: str, place: Place) -> dict[str, Command]:
        with pytest.raises(Ambiguous) as asked:
            await self(line, place)
        return {button.label: self.registry.load(button.invocation) for button in asked.value.buttons}

    async def refusal(self, line: str, place: Place | None = None) -> str:
        with pytest.raises(UserError) as refused:
            await self(line, place)
        return Plain().text(Reply.of(refused.value))


@pytest.fixture
def pin(registry: Registry) -> Pinning:
    return Pinning(registry)


async def test_a_command_without_a_room_acts_on_the_room_of_the_channel(pin: Pinning) -> None:
    command = await pin("end-room --lock")
    assert (command.room.id, command.room.name) == ("r1", "standup")


async def test_a_room_is_named_in_any_case_without_quotes(pin: Pinning) -> None:
    assert (await pin("end-room big hall")).room.id == BIG_HALL.id
    assert (await pin('say hello --room "Big Hall"')).room.id == BIG_HALL.id


async def test_words_left_over_are_quoted_in_the_error(pin: Pinning) -> None:
    assert "no room called “nosuch”" in await pin.refusal("end-room nosuch")


async def test_an_option_without_its_dashes_is_recognised(pin: Pinning) -> None:
    said = await pin.refusal("end-room in 5m")
    assert said == "There is no room called “in 5m”. An option has two dashes: --in 5m."


async def test_what_would_not_read_as_an_option_is_not_advised(pin: Pinning) -> None:
    assert await pin.refusal("end-room in 5 minutes") == (
        "There is no room called “in 5 minutes”. An option has two dashes: --in 5 minutes."
    )
    for line in ("end-room in a moment", "end-room lock big hall", "end-room in"):
        assert "two dashes" not in await pin.refusal(line)


async def test_a_misspelt_room_is_offered_and_never_taken(pin: Pinning) -> None:
    choices = await pin.choices("end-room standpu --lock", Place())
    assert list(choices) == ["standup"]
    assert choices["standup"] == await pin("end-room standup --lock")


async def test_a_channel_without_a_room_asks_which(pin: Pinning) -> None:
    choices = await pin.choices("end-room --lock", Place(here=None))
    assert list(choices) == ["standup", "Big Hall"]
    assert choices["Big Hall"] == await pin("end-room 'Big Hall' --lock")


async def test_a_workspace_without_rooms_says_how_to_make_one(pin: Pinning) -> None:
    assert "/hms room create" in await pin.refusal("end-room", Place(here=None, known=()))


async def test_the_text_begins_where_the_name_ends(pin: Pinning) -> None:
    removed = await pin("remove Gus Miller spamming the chat", Place(inside=[IVY, GUS_MILLER]))
    assert (removed.person.key, removed.reason) == ("u3", "spamming the chat")
    removed = await pin("remove gus spamming", Place(inside=[GUS, GUS_MILLER]))
    assert (removed.person.key, removed.reason) == ("u1", "spamming")


async def test_words_that_name_two_people_are_no_guess(pin: Pinning) -> None:
    choices = await pin.choices("remove Gus Miller spamming the chat", Place(inside=[GUS, GUS_MILLER]))
    assert {label: (chosen.person.key, chosen.reason) for label, chosen in choices.items()} == {
        "“Gus Miller” · guest": ("u3", "spamming the chat"),
        "“Gus” · guest": ("u1", "Miller spamming the chat"),
    }


async def test_words_that_begin_a_longer_name_are_no_guess(pin: Pinning) -> None:
    anna, lopez = person("Anna"), person("Anna María Lopez")
    choices = await pin.choices("remove anna maria rude", Place(inside=[anna, lopez]))
    assert {chosen.person.name: chosen.reason for chosen in choices.values()} == {
        "Anna María Lopez": "rude",
        "Anna": "maria rude",
    }
    assert (await pin("remove anna rude", Place(inside=[anna, lopez]))).person.name == "Anna"


@pytest.mark.parametrize(
    ("typed", "other", "reason"),
    [
        ("anna mria lopez rude", "Anna Maria Lopez", "rude"),  # a slip in the second word
        ("anna m rude", "Anna Maria Lopez", "rude"),
        ("anna maria rude", "Anna-Maria Lopez", "rude"),
        ("anna maria, rude", "Anna Maria Lopez", "rude"),
        ("anna bel rude", "Annabel", "rude"),
        ("Anna Ivy said so", "Ivy", "said so"),  # the words behind name somebody too
        ("anna and ivy rude", "Ivy", "rude"),
        ("anna & ivy rude", "Ivy", "rude"),
    ],
)
async def test_words_that_go_on_like_somebody_else_are_no_guess(
    pin: Pinning, typed: str, other: str, reason: str
) -> None:
    choices = await pin.choices(f"remove {typed}", Place(inside=[person("Anna"), person(other)]))
    assert {chosen.person.name for chosen in choices.values()} == {"Anna", other}
    assert reason in [chosen.reason for chosen in choices.values() if chosen.person.name == other]


@pytest.mark.parametrize("typed", ["tom uma zoe rude", "tom, uma and zoe rude", "tom & uma, zoe: rude"])
async def test_names_in_a_row_are_all_offered_and_no_reason(pin: Pinning, typed: str) -> None:
    here = [person("Tom"), person("Uma"), person("Zoe"), person("Ivy")]
    choices = await pin.choices(f"remove {typed}", Place(inside=here))

    assert {label: chosen.reason for label, chosen in choices.items()} == {
        "“Tom” · guest": "rude",
        "“Uma” · guest": "rude",
        "“Zoe” · guest": "rude",
    }


@pytest.mark.parametrize(
    "typed", ["anna rude", "anna made a mess", "anna is rude to maria", "anna lopez said so"]
)
async def test_a_text_that_only_mentions_a_part_of_a_longer_name_asks_nothing(
    pin: Pinning, typed: str
) -> None:
    command = await pin(f"remove {typed}", Place(inside=[person("Anna"), person("Anna Maria Lopez")]))
    assert command.person.name == "Anna"


@given(
    people=st.lists(names, min_size=1, max_size=4, unique_by=" ".join),
    called=names,
    text=st.lists(st.sampled_from([*NAMES, "Mar", "Loopez", "rude"]), min_size=1, max_size=3),
)
async def test_nobody_is_taken_where_the_words_say_more_of_another(
    people: list[list[str]], called: list[str], text: list[str]
) -> None:
    typed = [*called, *text]
    found = await matching.called(
        " ".join(typed), [person(" ".join(name)) for name in people], holds_text=True
    )
    if not found.exact or len(found.people) > 1:
        return
    [(taken, _)] = found.people
    size = len(taken.name.split())
    assert typed[:size] == taken.name.split()
    others = [name for name in people if name != taken.name.split()]
    assert all(_alike(typed, name) <= size for name in others)
    assert all(typed[size : size + len(name)] != name for name in others)


def _alike(typed: list[str], name: list[str]) -> int:
    """How many of the words begin a name, also when the last of them is cut short."""
    pairs = zip(typed, name, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[1].startswith(pair[0]), pairs))


async def test_the_text_behind_a_name_is_kept_as_it_was_typed(pin: Pinning) -> None:
    removed = await pin('remove Gus he said "go  away" — twice\nand <@U1|mo> heard it')
    assert removed.reason == 'he said "go  away" — twice\nand @mo heard it'
    assert (await pin('remove Gus "--lock"')).reason == "--lock"


async def test_a_whole_name_is_not_taken_before_a_shorter_one_with_a_reason(pin: Pinning) -> None:
    choices = await pin.choices("remove Gus Miller", Place(inside=[GUS, GUS_MILLER]))
    assert {chosen.person.key: chosen.reason for chosen in choices.values()} == {"u3": "", "u1": "Miller"}


async def test_a_whole_name_lacks_a_reason(pin: Pinning) -> None:
    with pytest.raises(Incomplete) as lacking:
        await pin("remove Gus Miller", Place(inside=[IVY, GUS_MILLER]))
    assert lacking.value.missing == ("reason",)
    assert lacking.value.given["person"] == "user:u3"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Zoe", "Zoë"),
        ("lukasz", "Łukasz"),
        ("Jurgen Muller", "Jürgen Müller"),
        ("JURGEN", "Jürgen"),
        ("gsu", "Gus"),
        ("Ivvy", "Ivy"),
    ],
)
async def test_who_is_nearly_called_so_is_offered_and_never_taken(
    pin: Pinning, typed: str, name: str
) -> None:
    choices = await pin.choices(
        f"remove {typed} spamming the chat", Place(inside=[person("Hana"), person(name)])
    )
    assert [(chosen.person.name, chosen.reason) for chosen in choices.values()] == [
        (name, "spamming the chat")
    ]


async def test_who_is_called_exactly_so_is_taken_before_who_has_an_accent_more(pin: Pinning) -> None:
    place = Place(inside=[person("Zoë"), person("Zoe")])
    assert (await pin("remove zoe spamming", place)).person.name == "Zoe"
    assert (await pin("remove zoë spamming", place)).person.name == "Zoë"


async def test_quotes_end_a_name(pin: Pinning) -> None:
    removed = await pin("remove “Gus” Miller said so", Place(inside=[GUS, GUS_MILLER]))
    assert (removed.person.key, removed.reason) == ("u1", "Miller said so")


async def test_a_name_is_matched_as_the_eye_reads_it(pin: Pinning) -> None:
    place = Place(inside=[PersonRef(peer_id="p1", user_id="u1", name="Siobhán\u2060  O'Brien", role="guest")])
    assert (await pin("mute siobhán O’Brien", place)).person.key == "u1"  # noqa: RUF001 -- a phone's apostrophe
    assert (await pin("mute STRASSE", Place(inside=[person("Straße")]))).person.name == "Straße"
    assert (await pin("mute ｇｕｓ")).person.name == "Gus"  # noqa: RUF001 -- wide letters


async def test_two_people_of_one_name_are_offered_by_role(pin: Pinning) -> None:
    other = PersonRef(peer_id="p9", user_id="u9", name="gus", role="host")
    choices = await pin.choices("remove Gus spamming", Place(inside=[GUS, other]))
    assert list(choices) == ["“Gus” · guest", "“gus” · host"]
    assert [(chosen.person.key, chosen.reason) for chosen in choices.values()] == [
        ("u1", "spamming"),
        ("u9", "spamming"),
    ]
    assert choices["“Gus” · guest"].room.id == STANDUP.id


async def test_two_people_who_read_alike_are_told_apart_by_id(pin: Pinning) -> None:
    other = PersonRef(peer_id="p9", user_id="u9", name="Gus", role="guest")
    choices = await pin.choices("mute Gus", Place(inside=[GUS, other]))
    assert list(choices) == ["“Gus” · guest · u1", "“Gus” · guest · u9"]


async def test_one_person_with_two_devices_is_one_person(pin: Pinning) -> None:
    assert (
        await pin(
            "mute Gus", Place(inside=[GUS, PersonRef(peer_id="p9", user_id="u1", name="Gus", role="guest")])
        )
    ).person.peer_id == "p1"


async def test_half_a_name_is_offered_and_never_taken(pin: Pinning) -> None:
    choices = await pin.choices("remove Gus spamming the chat", Place(inside=[GUS_MILLER]))
    assert list(choices) == ["“Gus Miller” · guest"]
    assert choices["“Gus Miller” · guest"].reason == "spamming the chat"


async def test_nobody_of_that_name_is_an_error_that_says_where_to_look(pin: Pinning) -> None:
    said = await pin.refusal("mute Zoe")
    assert "“Zoe”" in said
    assert "/hms who" in said
    assert "no session is running there" in await pin.refusal("mute Gus", Place(inside=()))


@pytest.mark.parametrize("words", ["user:u1", "peer:p1", "#3", "<@U5|gus>"])
async def test_a_person_can_be_pointed_at(pin: Pinning, words: str) -> None:
    place = Place(rows={3: "u1"}, links={"U5": "u1"})
    removed = await pin(f"remove {words} spamming", place)
    assert (removed.person.name, removed.reason) == ("Gus", "spamming")


@pytest.mark.parametrize("words", ["user:u7", "peer:p7", "#3", "<@U5>"])
async def test_pointing_at_nobody_is_an_error(pin: Pinning, words: str) -> None:
    assert "/hms who" in await pin.refusal(f"remove {words} spamming")


async def test_a_row_whose_person_left_is_an_error(pin: Pinning) -> None:
    assert "not in standup" in await pin.refusal("mute #3", Place(rows={3: "gone"}))


async def test_a_person_is_looked_for_in_the_room_that_is_named_wherever_it_stands(pin: Pinning) -> None:
    assert "“Zoe” is in Big Hall." in await pin.refusal('mute Zoe --room "big hall"')
    assert "no room called “nosuch”" in await pin.refusal("mute Zoe --room nosuch")


async def test_a_moment_is_pinned_in_the_zone_of_the_place(pin: Pinning) -> None:
    asked = await pin("poll Tea? yes no --until 18:30")
    assert asked.until.at == datetime(2030, 1, 15, 17, 30, tzinfo=UTC)


async def test_a_pinned_command_stays_as_it_is(pin: Pinning, registry: Registry) -> None:
    pinned = await pin("poll Tea? yes no --until 18:30")
    later = Place(here=None, known=(), now=datetime(2031, 1, 1, tzinfo=UTC))
    assert await registry.load(registry.invocation(pinned)).pin(later) == pinned
    removed = await pin("remove Gus spamming")
    assert await registry.load(registry.invocation(removed)).pin(Place(here=None, inside=())) == removed


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("reason: camera", "camera"),
        ("because he shouts", "he shouts"),
        ("because of the noise", "the noise"),
        ("for spamming", "spamming"),
        ("-- rude", "rude"),
        ("— rude", "rude"),
        (": rude", "rude"),
        (", rude", "rude"),
        (", because: for - rude", "rude"),
        ("because", "because"),  # nothing is lost where nothing would be left
        ("for good", "for good"),
        ('"for spamming"', "for spamming"),  # quotes hold what they hold
        ("reasonable doubt", "reasonable doubt"),
        ("forever rude", "forever rude"),
    ],
)
async def test_what_leads_up_to_a_reason_is_no_part_of_it(pin: Pinning, typed: str, reason: str) -> None:
    for who in ("Gus", "user:u1", '"Gus"'):
        assert (await pin(f"remove {who} {typed}")).reason == reason


async def test_a_reason_is_read_alike_behind_its_option(pin: Pinning) -> None:
    assert (await pin("end-room --reason because it is late")).reason == "it is late"
    assert (await pin("end-room --reason 'for the exam'")).reason == "for the exam"


async def test_what_is_said_to_a_room_is_said_as_it_was_typed(pin: Pinning) -> None:
    assert (await pin("say for all of you: hello from Annex", Place(known=[STANDUP, ANNEX]))).text == (
        "for all of you: hello from Annex"
    )


@pytest.mark.parametrize("who", ["Gus", '"Gus"', "#3", "user:u1"])
@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("spamming from annex", "spamming"),
        ("from Annex for spamming", "spamming"),
        ("from annex, spamming", "spamming"),
        ("spamming from <#C1|annex-talk>", "spamming"),
        ("spamming from annex.", "spamming"),
    ],
)
async def test_a_room_behind_a_name_is_the_room(pin: Pinning, who: str, typed: str, reason: str) -> None:
    place = Place(known=[STANDUP, ANNEX], rows={3: "u1"}, spoken_for={"C1": ANNEX})
    removed = await pin(f"remove {who} {typed}", place)
    assert (removed.room.name, removed.person.key, removed.reason) == ("annex", "u1", reason)


async def test_a_name_and_its_room_lack_a_reason(pin: Pinning) -> None:
    with pytest.raises(Incomplete) as lacking:
        await pin("remove gus from annex", Place(known=[STANDUP, ANNEX]))
    assert lacking.value.missing == ("reason",)
    assert lacking.value.given["room"] == "r3"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("he comes from nowhere", "he comes from nowhere"),
        ("stole from annex people", "stole from annex people"),
        ('"stole from annex"', "stole from annex"),
        ("stole from annex --room standup", "stole from annex"),
    ],
)
async def test_a_reason_in_which_no_room_is_named_stays_whole(pin: Pinning, typed: str, reason: str) -> None:
    removed = await pin(f"remove Gus {typed}", Place(known=[STANDUP, ANNEX]))
    assert (removed.room.name, removed.reason) == ("standup", reason)


async def test_somebody_who_is_called_after_a_room_is_no_room(pin: Pinning) -> None:
    place = Place(known=[STANDUP, ANNEX], inside=[person("Gus from annex")])
    with pytest.raises(Incomplete) as lacking:
        await pin("remove gus from annex", place)
    assert lacking.value.given["room"] == "r1"
