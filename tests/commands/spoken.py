"""Lines as people type them, and what each has to be taken for: add whatever a moderator would type.

Behind each line stands how it is read: ``=`` as it stands, ``~`` loosely (a card first, whatever the
command says; a look answers at once), ``?`` a question with buttons that carry the rest of it. Then what it
means: the request that was asked for, the form that opened, or the buttons that were offered; of a look what
it shows.
"""

from typing import NamedTuple


class Spoken(NamedTuple):
    """One line: ``needs`` names its command where that may not be there yet, ``before`` is said before it."""

    typed: str
    how: str
    asked: str = ""
    form: str = ""
    shows: str = ""
    offers: tuple[str, ...] = ()
    needs: str = ""
    before: str = ""


END = "end-room standup"
PLANNED = "end-room --in 30m --yes"
HOURS = "schedule window daily 08:00-20:00 --yes"
RECORDED = "record start"
POLL = 'poll create "lunch?" pizza salad'
PEOPLE = "people in standup"

LINES = (
    Spoken("end-room.", "=", END),
    Spoken("end-room!", "=", END),
    Spoken("/end-room", "=", END),
    Spoken('"end-room"', "=", END),
    Spoken("end\u2011room", "=", END),
    Spoken("/hms end-room", "=", END),
    Spoken("End-Room", "=", END),
    Spoken("pls end the room", "~", END),
    Spoken("please end the room now", "~", END),
    Spoken("end room", "~", END),
    Spoken("end-room now", "~", END),
    Spoken("close room", "~", END),
    Spoken("stop", "~", END),
    Spoken("stop", "?", offers=("End for 9 people", "Stop recording"), before=RECORDED),
    Spoken("stop the class", "~", END),
    Spoken("ende-room", "?", offers=("end-room",)),
    Spoken("end-rom", "?", offers=("end-room",)),
    Spoken("end-room in 5m", "~", f"{END} --in 5m"),
    Spoken("end-room in 5 minutes", "~", f"{END} --in 5m"),
    Spoken("end-room --in 5", "=", f"{END} --in 5m"),
    Spoken("end-room --in 5 min", "=", f"{END} --in 5m"),
    Spoken("end-room lock", "~", f"{END} --lock"),
    Spoken("end-room and lock it", "~", f"{END} --lock"),
    Spoken("end room in 5 min", "~", f"{END} --in 5m"),
    Spoken("end room in 10", "~", f"{END} --in 10m"),
    Spoken("end room at 17:30", "~", f"{END} --lock --at 2026-03-02T17:30:00+00:00"),
    Spoken("end room yoga in 5 min", "~", "end-room yoga --in 5m"),
    Spoken("end room now", "~", END),
    Spoken("end room lock", "~", f"{END} --lock"),
    Spoken("end room and lock it", "~", f"{END} --lock"),
    Spoken("end room sturdup", "?", offers=("standup",)),
    Spoken("end-room the yoga room", "~", "end-room yoga"),
    Spoken("end-room yoga now", "~", "end-room yoga"),
    Spoken("end-room sturdup", "?", offers=("standup",)),
    Spoken("end-room #standup", "~", END),
    Spoken("who is here?", "~", shows=PEOPLE),
    Spoken("who is here rn", "~", shows=PEOPLE),
    Spoken("whos in", "~", shows=PEOPLE),
    Spoken("people", "=", shows=PEOPLE),
    Spoken("who is Gus", "~", shows="1 of the 9 people in standup."),
    Spoken("who guests", "~", shows="8 of the 9 people in standup."),
    Spoken("status of yoga", "~", shows="yoga · 2 people"),
    Spoken("rooms", "=", shows="2 rooms."),
    Spoken("kick out gus", "~", form="remove"),
    Spoken("boot gus he is shouting", "~", 'remove "Gus" he is shouting --room standup'),
    Spoken("remvoe gus spam", "?", offers=("remove gus spam",)),
    Spoken("remove gsu spamming", "?", offers=("“Gus” · guest",)),
    Spoken("remove 4 spamming", "~", 'remove "Tom" spamming --room standup', before="who"),
    Spoken("remove gus from standup", "~", form="remove"),
    Spoken("remove Tom reason: camera", "=", 'remove "Tom" camera --room standup'),
    Spoken("remove Uma -- rude", "=", 'remove "Uma" rude --room standup'),
    Spoken("remove muller spamming", "?", offers=("“Müller Jürgen” · guest",)),
    Spoken("remove Jürgen Müller spamming", "?", offers=("“Müller Jürgen” · guest",)),
    Spoken("remove anna maria rude", "?", offers=("“Anna Maria Lopez” · guest", "“Anna” · guest")),
    Spoken("remove tom uma hana rude", "?", offers=("“Tom” · guest", "“Uma” · guest", "“Hana” · host")),
    Spoken("remove role guest too loud", "~", "remove --room standup --role guest too loud"),
    Spoken("remove all guests", "~", form="remove"),
    Spoken("remove everybody", "?", offers=("end-room",)),
    Spoken("remove everybody now", "?", offers=("end-room",)),
    Spoken("kick everyone now!", "?", offers=("end-room",)),
    Spoken("throw everybody out quick", "?", offers=("end-room",)),
    Spoken("remove gus now", "~", form="remove"),
    Spoken("remove gus from standup right now pls", "~", form="remove"),
    Spoken("ban gus spam", "?", offers=("remove gus spam",)),
    Spoken("lock", "=", "room lock standup"),
    Spoken("lock the room", "~", "room lock standup"),
    Spoken("lock quick", "~", "room lock standup"),
    Spoken("asap lock the room", "~", "room lock standup"),
    Spoken("lokc", "?", offers=("room lock",)),
    Spoken("room lock until 18:30", "~", "room lock standup --until 2026-03-02T18:30:00+00:00"),
    Spoken("room lock --until 6pm", "=", "room lock standup --until 2026-03-02T18:00:00+00:00"),
    Spoken("room lock --until 18.30", "=", "room lock standup --until 2026-03-02T18:30:00+00:00"),
    Spoken("room lock --until tomorrow", "?", offers=("tomorrow 00:00", "tomorrow 09:00")),
    Spoken(
        "room lock --until tomorrow",
        "?",
        offers=("tomorrow 07:59, with its hours", "tomorrow 00:00", "tomorrow 09:00"),
        before=HOURS,
    ),
    Spoken("lock until 9", "?", offers=("today 21:00", "tomorrow 09:00")),
    Spoken("lock --until 9", "?", offers=("today 21:00", "tomorrow 09:00")),
    Spoken("lock until 20", "~", "room lock standup --until 2026-03-02T20:00:00+00:00"),
    Spoken("lock for 1h", "~", "room lock standup --until 2026-03-02T10:00:00+00:00"),
    Spoken("lock for 5", "~", "room lock standup --until 2026-03-02T09:05:00+00:00"),
    Spoken("lock at 18:30", "~", "schedule once --room standup 2026-03-02T18:30:00+00:00 room lock standup"),
    Spoken("open at 9", "?", offers=("today 21:00", "tomorrow 09:00")),
    Spoken("open in 5", "~", "schedule once --room standup 2026-03-02T09:05:00+00:00 room unlock standup"),
    Spoken("close at 9", "?", offers=("today 21:00", "tomorrow 09:00")),
    Spoken("unlock", "=", "room unlock standup", before="room lock --yes"),
    Spoken("open", "~", "room unlock standup", before="room lock --yes"),
    Spoken(
        "say please use --mute when you join", "=", 'say "please use --mute when you join" --room standup'
    ),
    Spoken("say @gus stop it", "?", offers=("To “Gus” only", "To all 9 people")),
    Spoken("tell gus to stop", "~", "say stop --room standup --to Gus"),
    Spoken("announce break", "~", "say break --room standup"),
    Spoken("message everybody: break", "~", "say break --room standup"),
    Spoken("yes", "?", shows="Nothing waits for you."),
    Spoken("approve", "?", shows="Nothing waits for you."),
    Spoken("ok do it", "?", shows="Nothing waits for you."),
    Spoken("no", "?", shows="Nothing waits for you."),
    Spoken("deny", "?", shows="Nothing waits for you."),
    Spoken("approve 12", "=", "approval approve 12"),
    Spoken("cancel", "~", shows="Nothing waits for you."),
    Spoken("cancel", "~", offers=("Call off the end",), before=PLANNED),
    Spoken("never mind", "~", offers=("Call off the end",), before=HOURS),
    Spoken("?", "=", shows="What is it about?"),
    Spoken("hilfe", "=", shows="What is it about?"),
    Spoken("help me", "=", shows="What is it about?"),
    Spoken("help how do i lock the room", "~", shows="/hms room lock"),
    Spoken("can i end the room", "~", shows="can run /hms end-room here."),
    Spoken("https://app.100ms.live/meeting/nosuch-code", "?", offers=("standup", "yoga")),
    Spoken("hey can you end the room please", "~", END),
    Spoken("10 more minutes", "~", 'schedule extend "standup" 10m', before=PLANNED),
    Spoken("5 more min please", "~", 'schedule extend "standup" 5m', before=PLANNED),
    Spoken(
        "open tomorrow at 9",
        "~",
        "schedule once --room standup 2026-03-03T09:00:00+00:00 room unlock standup",
    ),
    Spoken("lock every day at 5pm", "~", form="schedule window"),
    Spoken("close at 17:30", "~", f"{END} --lock --at 2026-03-02T17:30:00+00:00"),
    Spoken("no class tomorrow", "~", "schedule skip 2026-03-03 --room standup", before=HOURS),
    Spoken("skip tomorrow", "~", "schedule skip 2026-03-03 --room standup", before=HOURS),
    Spoken("record", "~", "record start standup"),
    Spoken("record now", "~", "record start standup"),
    Spoken("start recording", "~", "record start standup"),
    Spoken("rec", "~", "record start standup"),
    Spoken("stop recording", "~", "record stop standup", before=RECORDED),
    Spoken("where is the recording", "~", shows="standup has no files."),
    Spoken("recording link", "~", shows="standup has no files."),
    Spoken("link", "~", shows="standup has no files."),
    Spoken("go live", "~", "live start standup", needs="live start"),
    Spoken("stream to youtube", "~", "stream start youtube --room standup", needs="stream start"),
    Spoken(
        "stop the stream",
        "~",
        "stream stop standup",
        needs="stream stop",
        before="stream start youtube --yes",
    ),
    Spoken("poll dinner? pizza, salad", "~", "poll create dinner? pizza salad --room standup", before=POLL),
    Spoken("poll Go on? yes no", "~", 'poll create "Go on?" yes no --room standup', before=POLL),
    Spoken('poll "Go on" "yes" "no"', "~", 'poll create "Go on" yes no --room standup', before=POLL),
    Spoken('poll "lunch?"', "=", shows="“lunch?” is a poll with 1 question", before=POLL),
    Spoken("poll show dinner? pizza, salad", "=", shows="standup has no poll", before=POLL),
    Spoken(
        "poll lunch? pizza, salad", "~", "poll create lunch? pizza salad --room standup", needs="poll create"
    ),
    Spoken("results", "~", shows="lunch?", needs="poll results", before=POLL),
    Spoken("rm -rf /", "?", offers=("All commands",)),
)
