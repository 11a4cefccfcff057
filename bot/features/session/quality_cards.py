"""Somebody's line as people read it: one sentence that says whose it was, and a picture with its words."""

from bot.command import PersonRef, RoomRef
from bot.features.session.quality import MeasuredLine, Stretch
from bot.reply import Chart, DataSeries, Phrase, Reply, Term, TimeOfDay


def said(line: MeasuredLine, person: PersonRef, room: RoomRef) -> Reply:
    """Whether it was their line, and how it was."""
    verdict = _verdict(line, person)
    if not line.moments:
        return verdict
    return verdict + Reply(
        "On average they sent {rate} kbit/s, lost {loss} % and waited {trip} ms for an answer.",
        rate=round(sum(one.bitrate for one in line.moments) / len(line.moments)),
        loss=_tenths(sum(one.loss for one in line.moments) / len(line.moments)),
        trip=round(sum(one.round_trip for one in line.moments) / len(line.moments)),
        chart=_chart(line),
        person=person,
        room=room,
    )


def _verdict(line: MeasuredLine, person: PersonRef) -> Reply:
    if not line.measured:
        return Reply(
            "100ms measured nothing of {person}: they sent nothing, and nobody sent them anything.",
            person=person,
        )
    if line.sent_badly and line.received_badly:
        return Reply(
            "It was the line of {person}: bad both ways, so what others did was not it.", person=person
        )
    if line.sent_badly:
        return Reply("It was the line of {person}: what they sent was lost, or took too long.", person=person)
    if line.received_badly:
        return Reply("It was the line of {person}: from most of the others it came badly.", person=person)
    if line.heard_badly:
        return Reply(
            "It was not the line of {person}: of {heard} they heard {badly} came badly, the others well.",
            person=person,
            heard=line.heard,
            badly=line.heard_badly,
        )
    return Reply("It was not the line of {person}: it was good all the time that counts.", person=person)


def _chart(line: MeasuredLine) -> Chart:
    """Three lines that fit one scale: what is lost in thousandths, the words say it in per cent."""
    return Chart(
        "The line of {person} in {room}",
        "line",
        tuple(TimeOfDay(one.at) for one in line.moments),
        (
            DataSeries(Term("Sent, kbit/s"), tuple(round(one.bitrate) for one in line.moments)),
            DataSeries(Term("Lost, per mille"), tuple(round(10 * one.loss) for one in line.moments)),
            DataSeries(Term("Round trip, ms"), tuple(round(one.round_trip) for one in line.moments)),
        ),
        tuple(_words(one) for one in line.moments),
    )


def _words(moment: Stretch) -> tuple[object, ...]:
    return (
        TimeOfDay(moment.at),
        Phrase("{rate} kbit/s", rate=round(moment.bitrate)),
        Phrase("{loss} % lost", loss=_tenths(moment.loss)),
        Phrase("{trip} ms there and back", trip=round(moment.round_trip)),
    )


def _tenths(value: float) -> str:
    return f"{value:.1f}"
