"""What people call what stands in a template, by its place as 100ms writes it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.reply import Term

_OF_ROLE = {
    "name": Term("name"),
    "publishParams.allowed.audio": Term("may publish audio"),
    "publishParams.allowed.video": Term("may publish video"),
    "publishParams.allowed.screen": Term("may share the screen"),
    "publishParams.allowed.simulcast": Term("publishes in several sizes"),
    "publishParams.audio.bitRate": Term("audio bitrate, kbit/s"),
    "publishParams.video.bitRate": Term("video, kbit/s"),
    "publishParams.video.frameRate": Term("video, pictures a second"),
    "publishParams.video.width": Term("video, width"),
    "publishParams.video.height": Term("video, height"),
    "publishParams.screen.bitRate": Term("screen, kbit/s"),
    "publishParams.screen.frameRate": Term("screen, pictures a second"),
    "publishParams.screen.width": Term("screen, width"),
    "publishParams.screen.height": Term("screen, height"),
    "subscribeParams.subscribeToRoles": Term("sees and hears"),
    "subscribeParams.maxSubsBitRate": Term("receives at most, kbit/s"),
    "subscribeParams.subscribeDegradation.packetLossThreshold": Term("gives up pictures at a loss of, %"),
    "permissions.endRoom": Term("may end the session"),
    "permissions.removeOthers": Term("may remove others"),
    "permissions.mute": Term("may mute others"),
    "permissions.unmute": Term("may ask others to unmute"),
    "permissions.changeRole": Term("may change roles"),
    "permissions.sendRoomState": Term("may send the state of the room"),
    "permissions.pollRead": Term("may see polls"),
    "permissions.pollWrite": Term("may make polls"),
    "permissions.browserRecording": Term("may record"),
    "permissions.rtmpStreaming": Term("may stream to elsewhere"),
    "permissions.hlsStreaming": Term("may stream live"),
    "priority": Term("priority"),
    "maxPeerCount": Term("people at most"),
}
_OF_SETTINGS = {
    "region": Term("region"),
    "recording.enabled": Term("records"),
    "recording.upload.type": Term("storage"),
    "recording.upload.location": Term("place in the storage"),
    "recording.upload.prefix": Term("folder in the storage"),
    "recording.upload.options.region": Term("region of the storage"),
    "recording.upload.credentials": Term("key of the storage"),
    "roomState.enabled": Term("tells outside who is there"),
    "roomState.messageInterval": Term("tells outside every, seconds"),
    "roomState.sendPeerList": Term("tells outside who they are"),
    "roomState.stopRoomStateOnJoin": Term("tells nobody who has joined"),
}
_OF_DESTINATIONS = {
    "rtmpDestinations.rtmpUrls": Term("address with its key"),
    "rtmpDestinations.width": Term("width"),
    "rtmpDestinations.height": Term("height"),
    "rtmpDestinations.maxDuration": Term("seconds at most"),
    "rtmpDestinations.recordingEnabled": Term("records too"),
    "rtmpDestinations.autoStopTimeout": Term("stops when empty for, seconds"),
    "hlsDestinations.maxDuration": Term("seconds at most"),
    "hlsDestinations.playlistType": Term("kind of list"),
    "hlsDestinations.numPlaylistSegments": Term("pieces in the list"),
    "hlsDestinations.videoFrameRate": Term("pictures a second"),
    "hlsDestinations.enableMetadataInsertion": Term("carries notes"),
    "hlsDestinations.enableStaticUrl": Term("keeps its address"),
    "hlsDestinations.autoStopTimeout": Term("stops when empty for, seconds"),
    "hlsDestinations.recording.hlsVod": Term("leaves a film to watch again"),
    "hlsDestinations.recording.singleFilePerLayer": Term("leaves a file of each size"),
    "transcriptions.role": Term("role"),
    "transcriptions.modes": Term("writes down"),
    "transcriptions.outputModes": Term("kinds of file"),
    "transcriptions.customVocabulary": Term("words of its own"),
    "transcriptions.summary.enabled": Term("sums up"),
}
_OF_RECORDINGS = {
    "role": Term("records as"),
    "maxDuration": Term("seconds at most"),
    "presignDuration": Term("links are good for, seconds"),
    "compositeRecording.browserComposite.enabled": Term("films the room"),
    "compositeRecording.browserComposite.autoStart": Term("begins by itself"),
    "compositeRecording.browserComposite.autoStopTimeout": Term("stops when empty for, seconds"),
    "compositeRecording.browserComposite.width": Term("width"),
    "compositeRecording.browserComposite.height": Term("height"),
    "compositeRecording.customComposite.enabled": Term("films the room in a way of its own"),
    "trackRecording.enabled": Term("records each track"),
    "streamRecording.enabled": Term("records each person"),
}
_WITHIN = {f"settings.{place}": said for place, said in _OF_SETTINGS.items()}

CALLED: Mapping[str, Term] = MappingProxyType(
    _OF_ROLE | _OF_SETTINGS | _OF_DESTINATIONS | _OF_RECORDINGS | _WITHIN
)
# What a number means that is none.
MEANING: Mapping[tuple[str, Any], Term] = MappingProxyType(
    {
        ("maxPeerCount", 0): Term("as many as come"),
        ("maxPeerCount", None): Term("as many as come"),
        ("maxPeerCount", -1): Term("nobody"),
        ("subscribeToRoles", ()): Term("nobody"),
        ("subscribeToRoles", None): Term("nobody"),
    }
)
