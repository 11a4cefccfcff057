"""SIP: telephones in a room. Not every account has it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TypedDict, Unpack

from pydantic import ConfigDict, Field, SecretStr

from bot.hms.call import Call, at
from bot.hms.objects import Object
from bot.hms.resource import Resource

RINGING = timedelta(minutes=1)


class Trunk(Object):
    """An account with a telephone company; ``address`` is its server, ``from_number`` who is seen to call.

    Source: 100ms docs, how-to-guides/SIP-Outbound.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    username: str
    password: SecretStr
    address: str
    from_number: str = Field(alias="from")


class SipId(Object):
    """The id of a trunk or of a call."""

    id: str


class CallOptions(TypedDict, total=False):
    """How the one who is called appears in the room; ``headers`` go along to the telephone company."""

    name: str
    user_id: str
    video: bool
    headers: Mapping[str, str]


class Sip(Resource):
    """Calling people by telephone."""

    async def create_trunk(self, trunk: Trunk) -> SipId:
        """Register a trunk to call through.

        Raises Invalid for a trunk without its parts. Source: 100ms docs, how-to-guides/SIP-Outbound.
        """
        return await self._post_whole("sip.create_trunk", "/sip/outbound/trunks", SipId, trunk)

    async def update_trunk(self, trunk_id: str, trunk: Trunk) -> SipId:
        """Replace what is known of a trunk.

        Raises NotFound, Invalid. Source: 100ms docs, how-to-guides/SIP-Outbound.
        """
        path = at("/sip/outbound/trunks/{trunk_id}", trunk_id=trunk_id)
        return await self._post_whole("sip.update_trunk", path, SipId, trunk)

    async def start_call(
        self,
        to: str,
        *,
        room_code: SecretStr,
        trunk_id: str,
        ringing: timedelta = RINGING,
        **options: Unpack[CallOptions],
    ) -> SipId:
        """Call somebody into the room of a code, with its role; answers when they pick up or decline.

        ``ringing`` is how long to wait for that. Raises HmsError with status 408 when 100ms gave up waiting,
        Unknown when we did, Invalid for a call without its parts.
        Source: 100ms docs, how-to-guides/SIP-Outbound.
        """
        body = {"to": to, "room_code": room_code, "trunk_id": trunk_id, **options}
        call = Call("sip.start_call", "POST", "/sip/outbound/call", body=body)
        return await self._connection.within(ringing).perform(call, SipId.model_validate_json)

    async def send_dtmf(self, digits: Sequence[str], *, app_token: SecretStr) -> Object:
        """Press keys for the telephones in a room: each of ``0`` to ``9``, ``*``, ``#``, ``a`` to ``d``.

        ``app_token`` is a client's (``room_codes.auth_token``) and tells the room. Raises Invalid for other
        keys or none. Source: 100ms docs, how-to-guides/SIP-DTMF-transmission.
        """
        body = {"digits": tuple(digits)}
        # The one that is documented to be answered with nothing.
        call = Call("sip.send_dtmf", "POST", "/sip/dtmf", body=body, bearer=app_token)
        return await self._ask(call, Object)
