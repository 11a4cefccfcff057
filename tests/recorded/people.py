"""Conversations about people: who is removed, who may decide, who is refused, what each sees at Home."""

from tests.recorded.stage import Stage


async def remove(stage: Stage) -> None:
    """A removal that waits for a second moderator, and who comes too late or may not decide."""
    await stage.says("vi", "/hms remove Gus spamming")
    card = await stage.says("mo", "/hms remove Gus spamming the chat")
    for who in ("mo", "vi", "gia"):
        await stage.clicks(who, "Remove “Gus”", card)
    await stage.passes("40s")
    await stage.clicks("max", "Remove “Gus”", card)
    await stage.clicks("ada", "Deny", card)


async def remove_denied(stage: Stage) -> None:
    """Denied by button and by words, taken back, and who reads it in direct messages."""
    card = await stage.says("mo", "/hms remove Gus spamming")
    await stage.clicks("max", "Deny", card)
    await stage.says("mo", "/hms remove Gus spamming")
    await stage.says("max", "/hms deny 2 --reason 'he has apologised'")
    await stage.says("mo", "/hms remove Gus spamming --room standup", "dm")
    await stage.says("max", "/hms withdraw 4")
    await stage.says("mo", "/hms withdraw 4")


async def remove_expired(stage: Stage) -> None:
    """Nobody decides: somebody sits in the muted role meanwhile, the admins are named at half time."""
    await stage.says("ada", "/hms room defaults standup --muted-role muted")
    card = await stage.says("mo", "/hms remove Gus spamming")
    await stage.passes("5m")
    await stage.passes("5m")
    await stage.clicks("max", "Remove “Gus”", card)


async def remove_overtaken(stage: Stage) -> None:
    """What is shown on the card is no longer so: a role changed, the person is gone, the session is over."""
    card = await stage.says("mo", "/hms remove Gus spamming")
    stage.happens("Gus becomes host")
    stage.room.change(stage.peer("Gus"), role="host")
    await stage.clicks("max", "Remove “Gus”", card)
    await stage.clicks("max", "Remove “Gus”", card)
    gone = await stage.says("mo", "/hms remove Ivy spamming")
    stage.happens("Ivy leaves")
    stage.room.leave(stage.peer("Ivy"))
    await stage.clicks("max", "Remove “Ivy”", gone)
    over = await stage.says("mo", "/hms remove Hana spamming")
    stage.happens("Hana ends the session")
    stage.room.end(by="Hana")
    await stage.clicks("ada", "Remove “Hana”", over)


async def remove_role(stage: Stage) -> None:
    """Everybody of a role; a role that is protected, and one that nobody has."""
    await stage.says("mo", "/hms remove --role host --reason 'all of them'")
    await stage.says("mo", "/hms remove --role stage --reason 'all of them'")
    card = await stage.says("mo", "/hms remove --role guest --reason 'the lesson begins'")
    stage.happens("Lea comes")
    stage.room.join("Lea")
    await stage.clicks("max", "Remove 2 people", card)
    await stage.clicks("max", "Remove 3 people", stage.chat.reads("max"))


async def remove_whom(stage: Stage) -> None:
    """A person by number, two of one name, nobody of that name."""
    stage.happens("another Gus comes")
    stage.room.join("Gus", user_id="another-gus")
    choice = await stage.says("mo", "/hms remove Gus spamming")
    await stage.clicks("mo", choice.buttons[1], choice)
    await stage.says("mo", "/hms remove #1 spamming")
    await stage.says("mo", "/hms who")
    await stage.says("mo", "/hms remove #3 spamming")
    await stage.says("mo", "/hms remove Nobody spamming")


async def access(stage: Stage) -> None:
    """A level is given, counts from then on, and is taken back."""
    asked = await stage.says("mo", "/hms remove Gus spamming")
    await stage.passes("1m")
    await stage.says("mo", "/hms access grant @vi moderator")
    card = await stage.says("ada", "/hms access grant @vi moderator")
    await stage.clicks("ada", "Make Vi a moderator", card)
    await stage.clicks("vi", "Remove “Gus”", asked)
    await stage.says("vi", "/hms access list")
    await stage.clicks("ada", "Make Vi a viewer again", stage.chat.reads("ada"))
    await stage.says("ada", "/hms access grant @gia viewer")
    await stage.says("ada", "/hms access revoke @mo --yes")
    await stage.clicks("max", "Remove “Gus”", asked)


async def approval(stage: Stage) -> None:
    """What waits, decided by words."""
    await stage.says("max", "/hms approval list")
    await stage.says("mo", "/hms remove Gus spamming")
    await stage.says("max", "/hms approval list")
    await stage.says("mo", "/hms approval list")
    await stage.says("mo", "/hms approve 1")
    await stage.says("max", "/hms approve 1")
    await stage.says("ada", "/hms approve 1")


async def asked_wrongly(stage: Stage) -> None:
    """Help, lines that cannot be read, and people who may not."""
    await stage.says("vi", "/hms help")
    await stage.says("mo", "/hms help end-room")
    await stage.says("mo", "/hms help dance")
    await stage.says("mo", "/hms end-rom")
    await stage.says("mo", "/hms dance")
    await stage.says("mo", "/hms end-room --loud")
    await stage.says("mo", "/hms end-room --in soon")
    await stage.says("mo", "/hms end-room --rooms 'stand*'")
    await stage.says("vi", "/hms end-room")
    await stage.says("gia", "/hms end-room")
    await stage.says("mo", "/hms end-room standup", "lobby-talk")


async def failing(stage: Stage) -> None:
    """100ms refuses, and gives no answer."""
    stage.chat.world.fault(f"/active-rooms/{stage.room.id}/remove-peers", status=404)
    card = await stage.says("mo", "/hms remove Gus spamming")
    await stage.clicks("max", "Remove “Gus”", card)
    stage.chat.world.fault(f"/active-rooms/{stage.room.id}/send-message", drop=True)
    await stage.says("mo", "/hms say We start now")


async def home(stage: Stage) -> None:
    """Home for a guest, a viewer, who asked and who decides, before and after."""
    for who in ("gia", "vi", "mo"):
        await stage.looks(who)
    await stage.says("mo", "/hms remove Gus spamming")
    await stage.says("mo", "/hms end-room")
    for who in ("mo", "max"):
        await stage.looks(who)
    await stage.says("max", "/hms approve 1")
    for who in ("mo", "max"):
        await stage.looks(who)


SCENES = (
    remove,
    remove_denied,
    remove_expired,
    remove_overtaken,
    remove_role,
    remove_whom,
    access,
    approval,
    asked_wrongly,
    failing,
    home,
)
