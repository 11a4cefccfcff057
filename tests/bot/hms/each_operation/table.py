"""The rows of all operations."""

from tests.bot.hms.each_operation import beams, others, polls, rooms, templates

TABLE = {
    **rooms.ROOMS,
    **rooms.CODES_AND_KEYS,
    **rooms.SESSIONS,
    **rooms.LEGACY,
    **beams.RECORDINGS,
    **beams.FILES,
    **beams.LIVE,
    **beams.EXTERNAL,
    **polls.POLLS,
    **polls.ANSWERS,
    **templates.TEMPLATES,
    **others.ANALYTICS,
    **others.SIP,
}
