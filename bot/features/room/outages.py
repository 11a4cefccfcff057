"""Why a recording or a stream broke, as 100ms says it, in words that somebody can do something with."""

from bot.reply import Term

CAUSES = {
    "INTERNAL_ERROR": Term("something broke at 100ms"),
    "MAX_RETRIES_REACHED": Term("its recorder could not open the link of the room"),
    "UPLOAD_ERROR": Term("its files could not be stored where they were to go"),
    "BEAM_STOPPED": Term("it was stopped before it had begun"),
    "CLOUD_ACCESS_ERROR": Term("its files could not be stored where they were to go"),
    "CONFIG_ERROR": Term("how recordings are set up in its template is wrong"),
}
